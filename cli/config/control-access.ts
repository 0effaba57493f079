import { randomBytes } from "node:crypto";
import { unlink } from "node:fs/promises";
import { join } from "node:path";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { isLoopback } from "../../specs/engine/loopback.ts";
import { type Environment, stateDirectory } from "./paths.ts";
import { readPrivateFile, writePrivateFile } from "./private-file.ts";

/** What a running sandbox leaves for the commands of the same user on the same machine. */
export interface ControlAccess {
  /** Of the sandbox, without the control path. */
  readonly url: string;
  /** `/_sandbox`, unless the spec set has that itself. */
  readonly controlPath: string;
  readonly token: string;
}

export interface FoundControl extends ControlAccess {
  /** The token is one of the environment, and no sandbox left it on this machine for its address. */
  readonly isGiven: boolean;
}

const DEFAULT_PATH = "/_sandbox";

/** @throws EcoError ECO_USAGE for a given token that is easily guessed, or can't stand in a header */
export function newControlToken(env: Environment = process.env): string {
  const given = env["ECO_SANDBOX_TOKEN"];
  if (given === undefined || given === "") return randomBytes(32).toString("base64url");
  if (/^[\x21-\x7e]{16,}$/.test(given)) return given;
  throw new EcoError(
    "ECO_USAGE",
    "The control token in ECO_SANDBOX_TOKEN is shorter than 16 characters, or has others than visible ASCII ones.",
    { fix: "Use a random one, like that of `openssl rand -hex 32`, or leave it out: then one is made." },
  );
}

export function rememberControl(access: ControlAccess): Promise<void> {
  return writePrivateFile(fileOf(access.url), JSON.stringify(access));
}

/**
 * Only where it is still this sandbox's: another one may have started on the same port since. Never rejects: whatever
 * stands there now, the sandbox is to close.
 */
export async function forgetControl({ url, token }: ControlAccess): Promise<void> {
  const known = await readAccess(url).catch(() => undefined);
  if (known?.token === token) await unlink(fileOf(url)).catch(() => undefined);
}

/** How to control the sandbox at `url`: ECO_SANDBOX_TOKEN, or what it left on this machine. */
export async function findControl(
  url: string,
  env: Environment = process.env,
): Promise<FoundControl | undefined> {
  const known = await readAccess(url);
  const given = env["ECO_SANDBOX_TOKEN"];
  const token = given || known?.token;
  if (token === undefined) return undefined;
  const isGiven = token !== known?.token;
  return { url, controlPath: known?.controlPath ?? DEFAULT_PATH, token, isGiven };
}

async function readAccess(url: string): Promise<ControlAccess | undefined> {
  const text = await readPrivateFile(fileOf(url));
  if (text === undefined) return undefined;
  try {
    const { url: known, controlPath, token } = JSON.parse(text) as Partial<ControlAccess>;
    if (known === undefined || controlPath === undefined || token === undefined) return undefined;
    return { url: known, controlPath, token };
  } catch {
    // Written whole or not at all: what can't be read is not of this program.
    return undefined;
  }
}

/** One file for each port of this machine, whichever of its names the address has. */
function fileOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  const host = isThisMachine(hostname) ? "localhost" : hostname.replace(/[^a-z0-9.-]/gi, "_");
  return join(stateDirectory(), "sandboxes", `${host}-${port || (protocol === "https:" ? 443 : 80)}.json`);
}

function isThisMachine(hostname: string): boolean {
  // A server that listens on every address of its machine is reached under its own names, too.
  return isLoopback(hostname) || hostname === "[::]" || hostname === "0.0.0.0";
}
