/**
 * Builds `dist/`: the command line as one bundle with a chunk per command, the library entries of the package, and the manifest by which
 * oclif knows the commands without loading them. Run by `npm run build`.
 */
import { globSync, readFileSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Plugin as OclifPlugin } from "@oclif/core";
import { type Plugin, rolldown } from "rolldown";

/** A page loads by and by what Node has at once: that a dynamic import splits nothing here is no news. */
const checks = { ineffectiveDynamicImport: false };

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const pjson = JSON.parse(await readFile(join(root, "package.json"), "utf8"));

/** Bundled although they are dependencies: finding and reading their many files would cost more than half of the start-up. */
const BUNDLED = new Set([
  "@noble/hashes",
  "@oclif/core",
  "ajv",
  "ajv-formats",
  "canonicalize",
  "jose",
  "standardwebhooks",
  "temporal-polyfill",
  "undici",
  "yaml",
]);
/** Installed beside the package by those who make types; it has an older release of a dependency of its own. */
const PEERS = ["openapi-typescript", "typescript"];
const external = [...Object.keys(pjson.dependencies).filter((name) => !BUNDLED.has(name)), ...PEERS].map(
  packagePattern,
);

/** A package and everything below it: `yaml`, `yaml/…`, not `yaml-lint`. */
function packagePattern(name: string): RegExp {
  return new RegExp(`^${name.replaceAll("/", "\\/")}(\\/|$)`);
}

/** Built beside the old one and put in its place when it is whole: a build that fails leaves the old. */
const target = join(root, "dist/cli");
const staging = join(root, `dist/.cli-${process.pid}`);
const library = join(root, "dist/lib");
const libraryStaging = join(root, `dist/.lib-${process.pid}`);

/**
 * oclif asks for its own package file at run time, which a bundle does not have: the failed lookup alone cost a third of the start.
 */
const oclifVersion: Plugin = {
  name: "oclif-version",
  transform(code, id) {
    if (!/@oclif[\\/]core[\\/]lib[\\/]cache\.js$/.test(id)) return null;
    const { version } = JSON.parse(readFileSync(join(root, "node_modules/@oclif/core/package.json"), "utf8"));
    return code.replace("require('@oclif/core/package.json').version", JSON.stringify(version));
  },
};

/**
 * What is loaded together lies together: in sixty files, the same code took a sandbox 16 ms longer to start. The first
 * group takes a module, with all that it imports.
 */
const GROUPS = [
  {
    name: "start",
    test: /[\\/]cli[\\/](output|errors|help|manifest)|engine[\\/]errors[\\/]|[\\/]package\.json$/,
  },
  {
    name: "command",
    test: /@oclif[\\/]core|[\\/]cli[\\/](command\.ts|flags\.ts|run-command\.ts|config[\\/])/,
  },
  // Small things of many: without a place of their own they would lie with the sandbox, which most commands do without.
  {
    name: "shared",
    test: /[\\/]engine[\\/](?!generate|canonical)[\w-]+\.ts$|[\\/]catalog[\\/](untyped|rights)\.ts$|[\\/]difference[\\/]change\.ts$/,
  },
  { name: "rating", test: /[\\/]sandbox[\\/](rating|ledger)[\\/]/ },
  { name: "session", test: /[\\/]cli[\\/](session|http[\\/])/ },
  {
    name: "sandbox",
    test: /[\\/]sandbox[\\/](index|hosts[\\/]http|certification[\\/](observation|worker)|forwarding[\\/]forwarder|resources[\\/]inferred)\.ts$/,
  },
].map((group, at, all) => ({ ...group, priority: all.length - at }));

/** Programs of threads, which are looked for above the chunks by their names. */
const THREADS = [["sqlite-thread-program", join(root, "sandbox/store/sqlite/thread-program.ts")]] as const;

async function bundleCli(): Promise<void> {
  const commands = globSync("cli/commands/**/*.ts", { cwd: root });
  const input = Object.fromEntries([
    ["main", join(root, "cli/main.ts")],
    ...THREADS,
    ...commands.map((file) => [
      file
        .replaceAll("\\", "/")
        .replace(/^cli\//, "")
        .replace(/\.ts$/, ""),
      join(root, file),
    ]),
  ]);
  const bundle = await rolldown({
    input,
    plugins: [oclifVersion],
    checks,
    platform: "node",
    external: [
      ...external,
      // Loaded by oclif only to run TypeScript sources, which a bundle has none of.
      /(^|[\\/])typescript$/,
      // Whoever wants types installs it; it needs another version of a dependency than eco, so it must find its own.
      packagePattern("openapi-typescript"),
    ],
  });
  await bundle.write({
    dir: staging,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name]-[hash].js",
    codeSplitting: { groups: GROUPS },
    minify: { mangle: { keepNames: true }, compress: true, codegen: true },
  });
}

/** What a program imports from the package: each entry whole, with only its dependencies left outside. */
async function bundleLibrary(): Promise<void> {
  const bundle = await rolldown({
    input: {
      rating: join(root, "sandbox/rating/index.ts"),
      ledger: join(root, "sandbox/ledger/index.ts"),
      sandbox: join(root, "sandbox/index.ts"),
      "sandbox-browser": join(root, "sandbox/browser.ts"),
      testing: join(root, "sandbox/testing/index.ts"),
      "testing-browser": join(root, "sandbox/testing/browser.ts"),
      "testing-vitest": join(root, "sandbox/testing/vitest.ts"),
      catalog: join(root, "specs/engine/catalog/load.ts"),
      portal: join(root, "portal/astro.ts"),
      ...Object.fromEntries(THREADS),
    },
    platform: "neutral",
    checks,
    external: [
      /^node:/,
      ...[...Object.keys(pjson.dependencies), ...Object.keys(pjson.peerDependencies)].map(packagePattern),
    ],
  });
  await bundle.write({ dir: libraryStaging, format: "esm", chunkFileNames: "chunks/[name]-[hash].js" });
}

/** The same as `oclif manifest`, for a CLI that lives below the package's top. */
async function writeManifest(): Promise<number> {
  const plugin = new OclifPlugin({
    errorOnManifestCreate: true,
    ignoreManifest: true,
    isRoot: true,
    pjson: { ...pjson, oclif: { ...pjson.oclif, commands: "./commands", topicSeparator: " " } },
    respectNoCacheDefault: true,
    root: staging,
    type: "core",
  });
  await plugin.load();
  await writeFile(join(staging, "oclif.manifest.json"), JSON.stringify(plugin.manifest));
  return Object.keys(plugin.manifest.commands).length;
}

/** How long files of former builds stay: a program that runs may still load its chunks. */
const KEPT_MS = 3_600_000;

/**
 * Moves a finished build over the former one, file by file, what starts a program last. Nothing is ever missing in between, so that
 * a build disturbs no program that runs or starts meanwhile; what the new build no longer has goes an hour later.
 */
async function putInPlace(from: string, to: string): Promise<void> {
  const files = globSync("**/*.{js,json}", { cwd: from }).sort(
    (a, b) => b.split(sep).length - a.split(sep).length,
  );
  for (const file of files) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    await rename(join(from, file), join(to, file));
  }
  const current = new Set(files);
  for (const file of globSync("**/*.{js,json}", { cwd: to })) {
    if (current.has(file)) continue;
    const isChunk = file.startsWith("chunks");
    const { mtimeMs } = await stat(join(to, file));
    if (!isChunk || Date.now() - mtimeMs > KEPT_MS) await rm(join(to, file));
  }
}

const startedAt = performance.now();
// For a package, which must not carry what a former build left.
if (process.argv.includes("--clean")) await rm(join(root, "dist"), { recursive: true, force: true });
try {
  await Promise.all([bundleCli(), bundleLibrary()]);
  const commands = await writeManifest();
  await putInPlace(staging, target);
  await putInPlace(libraryStaging, library);
  console.log(`dist: ${commands} commands in ${Math.round(performance.now() - startedAt)} ms`);
} finally {
  for (const directory of [staging, libraryStaging]) await rm(directory, { recursive: true, force: true });
}
