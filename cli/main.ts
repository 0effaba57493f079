import { writeSync } from "node:fs";
import { join } from "node:path";
import { Config, Help, type Interfaces } from "@oclif/core";
import packageJson from "../package.json" with { type: "json" };
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import { toEcoError, unknownCommand } from "./errors/usage.ts";
import { failureEnvelope, toJsonLine } from "./output/envelope.ts";
import { Output } from "./output/output.ts";
import { packageRoot } from "./package-root.ts";

const helpOptions = {
  all: false,
  docopts: false,
  flagSortOrder: "none",
  maxWidth: 110,
} satisfies Partial<Interfaces.HelpOptions>;
const pjson: Interfaces.PJSON = {
  ...packageJson,
  oclif: { ...packageJson.oclif, commands: "./commands", topicSeparator: " " },
};

/**
 * Runs one command line. Never throws and never exits: it sets the exit status, so that everything printed reaches a slow pipe.
 * @param argv the words after `eco`.
 */
export async function main(argv: string[]): Promise<void> {
  guardStreams(argv);
  try {
    await dispatch(argv);
  } catch (thrown) {
    fail(toEcoError(thrown, ""), argv);
  }
}

async function dispatch(argv: string[]): Promise<void> {
  if (argv[0] === "--version" || argv[0] === "-v") {
    process.stdout.write(
      `eco ${pjson.version} (${process.platform}-${process.arch}, node ${process.versions.node})\n`,
    );
    return;
  }
  const config = await Config.load({
    // The manifest lies beside the bundle and not at the top of the package; user plugins are not supported, so none are looked for.
    root: join(packageRoot(), "dist", "cli"),
    pjson,
    userPlugins: false,
    devPlugins: false,
  });
  const words = argv.slice(0, argv.indexOf("--") === -1 ? argv.length : argv.indexOf("--"));
  const help = argv.length === 0 || argv[0] === "help" || words.includes("--help") || words.includes("-h");
  const { id, rest } = findCommand(argv[0] === "help" ? argv.slice(1) : argv, config);
  if (help || (id !== undefined && config.findCommand(id) === undefined)) {
    await showHelp(id, config, argv);
    return;
  }
  if (id === undefined) throw unknownCommand(plainWords(argv), commandNames(config));
  await config.runCommand(id, rest, config.findCommand(id) ?? null);
}

/** The longest run of leading words that names a command or a topic, and what follows it. */
function findCommand(argv: readonly string[], config: Config): { id: string | undefined; rest: string[] } {
  const leading = plainWords(argv);
  for (let n = leading.length; n > 0; n--) {
    const id = leading.slice(0, n).join(":");
    const command = config.findCommand(id);
    if (command !== undefined) return { id, rest: argv.slice(n) };
    // A topic with a word after it that is none of its commands is a slip, not a call for help.
    if (config.findTopic(id) !== undefined && n === leading.length) return { id, rest: argv.slice(n) };
  }
  return { id: undefined, rest: [...argv] };
}

function plainWords(argv: readonly string[]): string[] {
  const end = argv.findIndex((word) => word.startsWith("-"));
  return argv.slice(0, end === -1 ? argv.length : end);
}

async function showHelp(id: string | undefined, config: Config, argv: readonly string[]): Promise<void> {
  const words = plainWords(argv[0] === "help" ? argv.slice(1) : argv);
  if (id === undefined && words.length > 0) throw unknownCommand(words, commandNames(config));
  await new Help(config, helpOptions).showHelp(id === undefined ? [] : [id, "--help"]);
}

function commandNames(config: Config): string[] {
  return config.commands
    .filter((command) => !command.hidden)
    .map((command) => command.id.replaceAll(":", " "));
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
    // A command that has its own way to stop has its own listener.
    if (process.listenerCount("SIGINT") > 0) return;
    const error = new EcoError("ECO_INTERRUPTED", "Interrupted.");
    if (wantsJson(argv)) writeSync(1, `${toJsonLine(failureEnvelope(error, undefined, []))}\n`);
    process.exit(error.exitCode);
  });
}

function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return (end === -1 ? argv : argv.slice(0, end)).includes("--json");
}
