import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { type CanonicalNames, canonicalNames } from "./canonical-fields.ts";
import { assertSound, loadCatalog } from "./catalog/load.ts";
import { documentsOf } from "./catalog/lookup.ts";
import { isPlainObject, resolvePointer } from "./catalog/pointer.ts";
import { emitValidators } from "./catalog/schemas/standalone.ts";
import type { Catalog, SpecDocument } from "./catalog/types.ts";
import { typeFiles } from "./type-files.ts";

/** File name in the target directory → text. */
type Generated = ReadonlyMap<string, string>;

const notice = (path: string, madeBy = "npm run types"): string =>
  `// Made by \`${madeBy}\` from ${path}. Changes here are lost: change the document.\n\n`;

/** TypeScript types of every OpenAPI and AsyncAPI document of a spec set, one file for each. @param madeBy the command that they name */
export async function generateTypes(specs: string, madeBy?: string): Promise<Generated> {
  const { catalog, findings } = await loadCatalog(specs, { cacheDir: false });
  assertSound(findings);
  const names = typeFiles(catalog);
  const files = new Map<string, string>();
  for (const document of documentsOf(catalog, "openapi")) {
    const name = names.get(document.path) ?? "";
    files.set(name, notice(document.path, madeBy) + (await typesOf(document.content)));
  }
  for (const document of documentsOf(catalog, "asyncapi")) {
    const { content, byType } = payloadDocument(catalog, document);
    const types = await typesOf(content);
    const name = names.get(document.path) ?? "";
    files.set(name, `${notice(document.path, madeBy)}${types}\n${messageMap(byType)}`);
  }
  return files;
}

/**
 * Of the API that a sandbox is controlled by: its types; its catalogue as JSON, so that a sandbox need not read YAML; and
 * the check of fault rules, compiled, since a page must not compile one. It is the toolkit's own, beside the spec set.
 */
async function generateControlApi(path: string): Promise<Generated> {
  const { catalog, findings } = await loadCatalog(path, { cacheDir: false });
  assertSound(findings);
  const files = new Map(await generateTypes(path));
  files.set(`${baseName(basename(path))}.catalog.json`, `${JSON.stringify(catalog)}\n`);
  const [document] = documentsOf(catalog, "openapi");
  const rules = { document: document?.path ?? "", pointer: "/components/schemas/FaultRules" };
  files.set("fault-rules.js", notice(rules.document) + emitValidators(catalog, [{ ref: rules }]));
  files.set("fault-rules.d.ts", notice(rules.document) + VALIDATORS_MODULE);
  return files;
}

/** What a module of compiled validators exports, for those who import it. */
const VALIDATORS_MODULE = `import type { CompiledModule } from "../engine/catalog/schemas/precompiled.ts";

export declare const validators: CompiledModule["validators"];
export declare const patternLimits: NonNullable<CompiledModule["patternLimits"]>;
`;

/** Everything in `specs/generated`. */
export async function generateAll(specs: string): Promise<Generated> {
  const own = await generateControlApi(join(specs, "schemas/control-api.yaml"));
  const { catalog } = await loadCatalog(specs, { cacheDir: false });
  return new Map([
    ...(await generateTypes(specs)),
    ...own,
    ["canonical-names.json", namesAsJson(canonicalNames(catalog))],
  ]);
}

/** A line for each capability and event, so that a change shows where it is. */
function namesAsJson({ results, events }: CanonicalNames): string {
  const lines = (of: CanonicalNames["results"]): string =>
    Object.entries(of)
      .map(([name, fields]) => `${JSON.stringify(name)}:${JSON.stringify(fields)}`)
      .join(",\n");
  return `{"results":{\n${lines(results)}\n},"events":{\n${lines(events)}\n}}\n`;
}

const baseName = (file: string): string => file.replace(/\.(ya?ml|json)$/i, "");

async function typesOf(content: SpecDocument["content"]): Promise<string> {
  // The generator changes what it is given.
  return astToString(await openapiTS(JSON.stringify(content), { silent: true }));
}

/** The payloads of an AsyncAPI document as the schemas of an OpenAPI document, so that one generator serves both. */
function payloadDocument(
  catalog: Catalog,
  document: SpecDocument,
): { readonly content: SpecDocument["content"]; readonly byType: ReadonlyMap<string, string> } {
  const components = document.content["components"];
  const shared = isPlainObject(components) ? components["schemas"] : undefined;
  const schemas: Record<string, unknown> = isPlainObject(shared) ? { ...shared } : {};
  const byType = new Map<string, string>();
  for (const message of catalog.messages.filter((candidate) => candidate.document === document.path)) {
    const component = /^\/components\/schemas\/([^/]+)$/.exec(message.payload.pointer)?.[1];
    const name = component ?? (Object.hasOwn(schemas, message.id) ? `${message.id}Message` : message.id);
    if (component === undefined) schemas[name] = { $ref: `#${message.payload.pointer}` };
    byType.set(message.type, name);
  }
  return {
    byType,
    content: {
      openapi: "3.1.0",
      info: document.content["info"],
      paths: {},
      components: { schemas: inlined(schemas, document.content) },
    },
  };
}

/** A payload that isn't a component is put in the place of the reference to it. */
function inlined(
  schemas: Readonly<Record<string, unknown>>,
  content: SpecDocument["content"],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const ref = isPlainObject(schema) ? schema["$ref"] : undefined;
      const moved = typeof ref === "string" && !ref.startsWith("#/components/schemas/");
      return [name, moved ? resolvePointer(content, ref) : schema];
    }),
  );
}

function messageMap(byType: ReadonlyMap<string, string>): string {
  const lines = [...byType].map(
    ([type, name]) => `    ${JSON.stringify(type)}: components["schemas"][${JSON.stringify(name)}];`,
  );
  return `/** Payload of each message, by its CloudEvents type. */\nexport interface messages {\n${lines.join("\n")}\n}\n`;
}

/** Files in the directory that differ from what would be made now, are missing, or shouldn't be there. */
export async function findDrift(directory: string, files: Generated): Promise<string[]> {
  const present = await readdir(directory).catch(() => []);
  const drifted = present.filter((name) => /\.(ts|js|json)$/.test(name) && !files.has(name));
  for (const [name, text] of files) {
    if ((await readFile(join(directory, name), "utf8").catch(() => undefined)) !== text) drifted.push(name);
  }
  return drifted.sort();
}

export async function writeTypes(directory: string, files: Generated): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const name of await findDrift(directory, files)) {
    const text = files.get(name);
    if (text === undefined) await rm(join(directory, name));
    else await writeFile(join(directory, name), text);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const specs = join(import.meta.dirname, "..");
  const directory = join(specs, "generated");
  const files = await generateAll(specs);
  if (!process.argv.includes("--check")) await writeTypes(directory, files);
  const drifted = await findDrift(directory, files);
  if (drifted.length > 0) {
    process.stderr.write(
      `Out of date: ${drifted.join(", ")}. Run \`npm run types\` and commit the result.\n`,
    );
    process.exitCode = 1;
  }
}
