import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import { isObject, object, objects, text, texts } from "./json.ts";
import { toolkitWords } from "./toolkit-words.ts";

export interface CommandFlag {
  readonly name: string;
  readonly char: string;
  readonly value: string;
  readonly summary: string;
  readonly required: boolean;
  readonly fallback: string;
  readonly options: readonly string[];
}

export interface CommandPage {
  /** `deliveries:submit` */
  readonly id: string;
  /** `deliveries submit` */
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly usage: string;
  readonly examples: readonly { description: string; command: string }[];
  readonly args: readonly { name: string; summary: string; required: boolean }[];
  readonly flags: readonly CommandFlag[];
  readonly segment: string;
  readonly href: string;
}

const BIN = "eco";
let read: Promise<readonly CommandPage[]> | undefined;

/** The commands of the CLI from the manifest that its build writes; none where it hasn't been built. */
export function commandPages(): Promise<readonly CommandPage[]> {
  read ??= readManifest(process.env["ECO_ROOT"] ?? ".");
  return read;
}

async function readManifest(root: string): Promise<readonly CommandPage[]> {
  for (const path of ["dist/cli/oclif.manifest.json", "oclif.manifest.json"]) {
    const source = await readFile(join(root, path), "utf8").catch(() => undefined);
    if (source !== undefined) return inOwnNames(pagesOf(JSON.parse(source)));
  }
  return [];
}

async function inOwnNames(pages: readonly CommandPage[]): Promise<readonly CommandPage[]> {
  const { line } = await toolkitWords();
  return pages.map((page) => ({
    ...page,
    examples: page.examples.map((one) => ({ ...one, command: line(one.command) })),
    flags: page.flags.map((flag) => ({ ...flag, summary: line(flag.summary) })),
  }));
}

function pagesOf(manifest: unknown): readonly CommandPage[] {
  const commands = Object.values(object(object(manifest)["commands"])).filter(isObject);
  return commands
    .filter((command) => command["hidden"] !== true)
    .map(pageOf)
    .sort((a, b) => a.id.localeCompare(b.id, "en"));
}

function pageOf(command: { readonly [key: string]: unknown }): CommandPage {
  const id = text(command["id"]);
  const name = id.replaceAll(":", " ");
  const args = Object.values(object(command["args"]))
    .filter(isObject)
    .map((arg) => ({
      name: text(arg["name"]),
      summary: text(arg["description"]),
      required: arg["required"] === true,
    }));
  const flags = Object.values(object(command["flags"])).filter(isObject).map(flagOf);
  const segment = id.replaceAll(":", "-");
  const described = text(command["description"]);
  const words = args.map((arg) => (arg.required ? arg.name.toUpperCase() : `[${arg.name.toUpperCase()}]`));
  return {
    id,
    name,
    summary: plain(text(command["summary"]) || (described.split("\n")[0] ?? ""), name),
    description: plain(described, name),
    usage: [BIN, name, ...words, flags.length > 0 ? "[flags]" : ""].filter(Boolean).join(" "),
    examples: examplesOf(command["examples"], name),
    args,
    flags: flags.sort((a, b) => a.name.localeCompare(b.name, "en")),
    segment,
    href: `/cli/${segment}/`,
  };
}

function flagOf(flag: { readonly [key: string]: unknown }): CommandFlag {
  const fallback = flag["default"];
  return {
    // `--no-input` stands in the manifest as `input` with a label of its own.
    name: text(flag["helpLabel"]).replace(/^--/u, "") || text(flag["name"]),
    char: text(flag["char"]),
    value: flag["type"] === "boolean" ? "" : text(flag["helpValue"]) || "VALUE",
    summary: text(flag["summary"]) || text(flag["description"]),
    required: flag["required"] === true,
    fallback:
      fallback === undefined || fallback === null || typeof fallback === "object" ? "" : String(fallback),
    options: texts(flag["options"]),
  };
}

function examplesOf(examples: unknown, name: string): CommandPage["examples"] {
  const single = typeof examples === "string" ? [examples] : texts(examples);
  const described = objects(examples).map((one) => ({
    description: plain(text(one["description"]), name),
    command: plain(text(one["command"]), name),
  }));
  return [...single.map((command) => ({ description: "", command: plain(command, name) })), ...described];
}

// oclif's own placeholders in help texts.
function plain(source: string, name: string): string {
  return source.replace(/<%=\s*(config\.bin|command\.id)\s*%>/gu, (_, what: string) =>
    what === "config.bin" ? BIN : name,
  );
}

/** The command of the toolkit that calls the operation, where there is one named like its capability. */
export function commandOf(operation: Operation, commands: readonly CommandPage[]): CommandPage | undefined {
  const capability = operation.capability?.name ?? "";
  return commands.find((command) => capability !== "" && command.id === capability.replaceAll(".", ":"));
}
