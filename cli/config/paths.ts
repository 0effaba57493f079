import { homedir } from "node:os";
import { join } from "node:path";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where profiles are kept: `$XDG_CONFIG_HOME/eco`, `%APPDATA%\eco` on Windows. */
export function configDirectory(env: Environment = process.env): string {
  const base =
    env["XDG_CONFIG_HOME"] || (process.platform === "win32" && env["APPDATA"]) || join(home(env), ".config");
  return join(base, "eco");
}

/** Where compiled catalogues are kept; everything in it can be made again. */
export function cacheDirectory(env: Environment = process.env): string {
  const base =
    env["XDG_CACHE_HOME"] ||
    (process.platform === "win32" && env["LOCALAPPDATA"]) ||
    join(home(env), ".cache");
  return join(base, "eco");
}

/** Where running sandboxes leave how to control them. */
export function stateDirectory(env: Environment = process.env): string {
  const base =
    env["XDG_STATE_HOME"] ||
    (process.platform === "win32" && env["LOCALAPPDATA"]) ||
    join(home(env), ".local", "state");
  return join(base, "eco");
}

function home(env: Environment): string {
  return env["HOME"] || homedir();
}
