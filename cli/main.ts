import { writeSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import packageJson from "../package.json" with { type: "json" };
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import { unknownCommand } from "./errors/unknown-command.ts";
import { commandHelp, type HelpContext, rootHelp, topicHelp } from "./help.ts";
import { commandResult, commandsResult, type HelpResult } from "./help-json.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { failureEnvelope, toJsonLine } from "./output/envelope.ts";
import { Output } from "./output/output.ts";

/** Beside this bundle lie the manifest and the chunks of the commands. */
const directory = dirname(fileURLToPath(import.meta.url));

/** What the package says of the program and its topics. */
type PackageHelp = Pick<HelpContext, "description" | "topics">;

/**
 * Runs one command line. Never throws and never exits: it sets the exit status, so that everything printed reaches a slow pipe.
 * What can be said without a command (version, help, that there is no such command) is said without loading oclif.
 *
 * @param argv the words after `eco`.
 */
export async function main(argv: string[]): Promise<void> {
  guardStreams(argv);
  if (argv[0] === "--version" || argv[0] === "-v") {
    const { platform, arch, versions } = process;
    const { version } = packageJson;
    const out = new Output({ json: wantsJson(argv) });
    out.data(`eco ${version} (${platform}-${arch}, node ${versions.node})`);
    out.succeed({ version, platform, arch, node: versions.node });
    return;
  }
  const manifest = readManifest(directory);
  const words = plainWords(argv[0] === "help" ? argv.slice(1) : argv);
  const found = findCommand(words, manifest);
  const command = found && manifest.commands[found.id];
  if (found === undefined && words.length > 0) {
    const names = Object.values(manifest.commands).map(({ id }) => id.replaceAll(":", " "));
    fail(unknownCommand(words, names), argv);
  } else if (found === undefined || command === undefined || argv[0] === "help" || wantsHelp(argv)) {
    tellHelp(found?.id, manifest, argv);
  } else {
    const { runCommand } = await import("./run-command.ts");
    await runCommand(command, argv.slice(found.words), directory, (error) => fail(error, argv));
  }
}

/** The longest run of leading words that names a command, or all of them if they name a topic. */
function findCommand(
  words: readonly string[],
  { commands }: Manifest,
): { id: string; words: number } | undefined {
  for (let count = words.length; count > 0; count--) {
    const id = words.slice(0, count).join(":");
    if (Object.hasOwn(commands, id)) return { id, words: count };
    // A topic with a word after it that is none of its commands is a slip, not a call for help.
    const isTopic = Object.keys(commands).some((command) => command.startsWith(`${id}:`));
    if (isTopic && count === words.length) return { id, words: count };
  }
  return undefined;
}

function plainWords(argv: readonly string[]): string[] {
  const end = argv.findIndex((word) => word.startsWith("-"));
  return argv.slice(0, end === -1 ? argv.length : end);
}

function tellHelp(id: string | undefined, manifest: Manifest, argv: readonly string[]): void {
  if (wantsJson(argv)) new Output({ json: true }).succeed(helpResultFor(id, manifest));
  else process.stdout.write(helpFor(id, manifest));
}

function helpResultFor(id: string | undefined, manifest: Manifest): HelpResult {
  const command = id === undefined ? undefined : manifest.commands[id];
  if (command !== undefined) return commandResult(command);
  const { description, topics }: PackageHelp = packageJson.oclif;
  return commandsResult(id, id === undefined ? description : (topics[id]?.description ?? ""), manifest);
}

function helpFor(id: string | undefined, manifest: Manifest): string {
  const { description, topics }: PackageHelp = packageJson.oclif;
  const context: HelpContext = { manifest, bin: "eco", description, topics, stream: process.stdout };
  if (id === undefined) return rootHelp(context);
  const command = manifest.commands[id];
  return command === undefined ? topicHelp(id, context) : commandHelp(command, context);
}

function beforeDashes(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  return end === -1 ? argv : argv.slice(0, end);
}

function wantsHelp(argv: readonly string[]): boolean {
  const words = beforeDashes(argv);
  return words.includes("--help") || words.includes("-h");
}

function wantsJson(argv: readonly string[]): boolean {
  return beforeDashes(argv).includes("--json");
}

function fail(error: EcoError, argv: readonly string[]): void {
  process.exitCode = error.exitCode;
  new Output({ json: wantsJson(argv) }).fail(error);
}

/** `eco … | head` ends quietly; Ctrl-C ends with 130 unless a command has its own way to stop. */
function guardStreams(argv: readonly string[]): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
      throw error;
    });
  }
  process.once("SIGINT", () => {
    if (process.listenerCount("SIGINT") > 0) return;
    const error = new EcoError("ECO_INTERRUPTED", "Interrupted.");
    // The terminal has written ^C into the line, and what comes next begins on its own.
    if (process.stderr.isTTY) writeSync(2, "\n");
    if (wantsJson(argv) && !Output.hasTold)
      writeSync(1, `${toJsonLine(failureEnvelope(error, undefined, []))}\n`);
    process.exit(error.exitCode);
  });
}
