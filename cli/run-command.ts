import { Config, type Interfaces } from "@oclif/core";
import packageJson from "../package.json" with { type: "json" };
import type { EcoError } from "../specs/engine/errors/eco-error.ts";
import { toEcoError } from "./errors/usage.ts";

/** What oclif knows of this program; the build makes the manifest from the same. */
const pjson: Interfaces.PJSON = {
  ...packageJson,
  oclif: { ...packageJson.oclif, commands: "./commands", topicSeparator: " " },
};

/**
 * Runs a command by oclif. Commands report their own errors; `onError` hears of those before one could start.
 * @param directory where the manifest and the commands lie: not the top of the package, since they are built.
 */
export async function runCommand(
  id: string,
  argv: string[],
  directory: string,
  onError: (error: EcoError) => void,
): Promise<void> {
  try {
    // There are no plugins, so none are looked for.
    const config = await Config.load({ root: directory, pjson, userPlugins: false, devPlugins: false });
    await config.runCommand(id, argv, config.findCommand(id) ?? null);
  } catch (thrown) {
    onError(toEcoError(thrown, id.replaceAll(":", " ")));
  }
}
