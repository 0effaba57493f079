import { readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { packageRoot } from "../../specs/engine/package-root.ts";
import { receivedMessages } from "./events.ts";
import type { FirstCall } from "./first-call.ts";
import type { StarterParts } from "./member.ts";

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** What the starter can be certified in from its first day. */
export function partsOf({ catalog }: StarterParts, call: FirstCall | undefined): string[] {
  return [
    ...(call === undefined ? [] : ["client"]),
    ...(receivedMessages(catalog).length === 0 ? [] : ["receiver"]),
    "governance",
  ];
}

/** The files that make it a project: all but its code. */
export function projectFiles(
  starter: StarterParts,
  call: FirstCall | undefined,
): ReadonlyMap<string, string> {
  const { catalog, member, profile, specs } = starter;
  const receives = receivedMessages(catalog).length > 0;
  const manifest = {
    id: member.party,
    role: member.role,
    parts: partsOf(starter, call),
    ...(call === undefined ? {} : { calls: [call.operation.id] }),
    ...(receives ? { events: [...new Set(receivedMessages(catalog).map(({ type }) => type))] } : {}),
    specDigests: Object.fromEntries(
      catalog.documents.filter(({ kind }) => SPECIFIED.has(kind)).map(({ path, digest }) => [path, digest]),
    ),
  };
  return new Map([
    ["package.json", json(packageOf(starter, receives, call !== undefined))],
    ["tsconfig.json", json(TSCONFIG)],
    ["eco.config.json", json({ profile, ...(specs === undefined ? {} : { specs }) })],
    ["eco-partner.json", json(manifest)],
    [".env.example", environment(profile, receives)],
    [".gitignore", "node_modules/\n.data/\n.env\n.eco/\n"],
  ]);
}

const SPECIFIED: ReadonlySet<string> = new Set(["openapi", "asyncapi", "arazzo"]);

function packageOf(starter: StarterParts, receives: boolean, calls: boolean): object {
  const { dependencies, devDependencies } = packageJson;
  const node = "node --env-file-if-exists=.env";
  return {
    name: nameOf(starter.directory),
    version: "0.1.0",
    private: true,
    type: "module",
    engines: packageJson.engines,
    scripts: {
      ...(receives ? { start: `${node} src/main.ts` } : {}),
      ...(calls ? { call: `${node} src/first-call.ts` } : {}),
      test: `${node} --test "test/*.test.ts"`,
      check: "tsc",
      types: "eco specs types --output src/types",
    },
    dependencies: {
      "openapi-fetch": devDependencies["openapi-fetch"],
      ...(receives ? { standardwebhooks: dependencies.standardwebhooks } : {}),
    },
    devDependencies: {
      "@types/node": devDependencies["@types/node"],
      [packageJson.name]: toolkitFrom(starter.directory),
      // Its scripts run on this one, whatever the machine has: an older Node can't run TypeScript as it is.
      node: devDependencies.node,
      "openapi-typescript": devDependencies["openapi-typescript"],
      typescript: devDependencies.typescript,
    },
    allowScripts: { node: true },
  };
}

/** Of a package: the folder's name in what npm takes. */
function nameOf(directory: string): string {
  const name = basename(directory)
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return name === "" ? "partner" : name.slice(0, 100);
}

/**
 * Where the starter gets the toolkit from: where the one that runs here was got. A checkout and a packed file are named by their
 * paths, an address as it is; of a registry it is the release.
 *
 * @param directory of the starter
 * @param root of the package that runs
 */
export function toolkitFrom(directory: string, root = packageRoot()): string {
  const fileAt = (path: string): string => `file:${relative(directory, path).split(sep).join("/")}`;
  const modules = dirname(root);
  if (basename(modules) !== "node_modules") return fileAt(root);
  const resolved = resolvedIn(join(modules, ".package-lock.json"));
  if (resolved?.startsWith("file:")) return fileAt(resolve(dirname(modules), resolved.slice("file:".length)));
  // A registry keeps packed files below `/-/`.
  return resolved === undefined || /^https?:\/\/.*\/-\//.test(resolved) ? packageJson.version : resolved;
}

/** What npm wrote down when it installed the package; undefined where another tool did. */
function resolvedIn(lock: string): string | undefined {
  try {
    const { packages } = JSON.parse(readFileSync(lock, "utf8"));
    const resolved: unknown = packages?.[`node_modules/${packageJson.name}`]?.resolved;
    return typeof resolved === "string" ? resolved : undefined;
  } catch {
    return undefined;
  }
}

const TSCONFIG = {
  compilerOptions: {
    target: "ES2024",
    lib: ["ES2024", "DOM", "DOM.Iterable"],
    module: "NodeNext",
    types: ["node"],
    noEmit: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
  },
  include: ["src", "test"],
};

/** Settings with their usual values. Secrets are not among them: the profile keeps those. */
function environment(profile: string, receives: boolean): string {
  const receiver = `
# Where events are received.
# HOST=127.0.0.1
# PORT=3000
# A file with the secrets that events are signed with, where they don't come from the profile; \`eco events listen\` names its own.
# ECO_WEBHOOK_SECRET_FILE=
`;
  return `# Copy it to .env and change what is different for you. Secrets stay in the profile that \`eco onboard\` has written.
# ECO_PROFILE=${profile}
# Where the API is, where it isn't the sandbox that the profile was onboarded at.
# ECO_SANDBOX=
# In place of the profile, as on a server: your client id, and a file that holds its secret.
# ECO_CLIENT_ID=
# ECO_CLIENT_SECRET_FILE=
${receives ? receiver : ""}`;
}
