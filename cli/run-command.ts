import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Config, type Interfaces } from "@oclif/core";
import packageJson from "../package.json" with { type: "json" };
import type { EcoError } from "../specs/engine/errors/eco-error.ts";
import type { EcoCommand } from "./command.ts";
import { toEcoError } from "./errors/usage.ts";
import type { ManifestCommand } from "./manifest.ts";

/** What oclif knows of this program; the build makes the manifest from the same. */
const pjson: Interfaces.PJSON = {
  ...packageJson,
  oclif: { ...packageJson.oclif, commands: "./commands", topicSeparator: " " },
};

/** Of a program without plugins, hooks and themes: what oclif's own runner would load, twice, comes to nothing. */
class PlainConfig extends Config {
  override bin = pjson.oclif.bin ?? pjson.name;
  override pjson = pjson;

  override async runHook(): Promise<Interfaces.Hook.Result<never>> {
    return { failures: [], successes: [] };
  }
}

interface CommandModule {
  readonly default: { new (argv: string[], config: Config): EcoCommand; id: string };
}

/**
 * Runs a command. Commands report their own errors; `onError` hears of those before one could start.
 * @param directory where the commands lie: not the top of the package, since they are built.
 */
export async function runCommand(
  { id, relativePath }: ManifestCommand,
  argv: string[],
  directory: string,
  onError: (error: EcoError) => void,
): Promise<void> {
  try {
    const file = join(directory, ...relativePath);
    const { default: Command }: CommandModule = await import(pathToFileURL(file).href);
    Command.id = id;
    await new Command(argv, new PlainConfig({ root: directory, pjson })).execute();
  } catch (thrown) {
    onError(toEcoError(thrown, id.replaceAll(":", " ")));
  }
}
