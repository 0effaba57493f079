import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** What `eco onboard` keeps of your access: outside of this folder, readable for you only. */
interface Profile {
  readonly sandbox?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly webhooks?: Readonly<Record<string, { readonly secret: string }>>;
}

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

const env = process.env;

/** Where the API is: `ECO_SANDBOX`, else the sandbox that the profile was onboarded at. Without a slash at its end. */
export async function address(): Promise<string> {
  const found = env["ECO_SANDBOX"] || (await profile()).sandbox;
  if (found === undefined) throw new Error("Set ECO_SANDBOX to the address of the API.");
  return found.replace(/\/+$/, "");
}

/** `ECO_CLIENT_ID` with `ECO_CLIENT_SECRET` or the file `ECO_CLIENT_SECRET_FILE`, else those of the profile. */
export async function credentials(): Promise<Credentials> {
  const secret = env["ECO_CLIENT_SECRET"] || (await textOf(env["ECO_CLIENT_SECRET_FILE"]));
  const { clientId, clientSecret } = env["ECO_CLIENT_ID"] && secret ? {} : await profile();
  const found = { clientId: env["ECO_CLIENT_ID"] || clientId, clientSecret: secret || clientSecret };
  if (found.clientId === undefined || found.clientSecret === undefined)
    throw new Error("There are no credentials: run `npx eco onboard`, or set what .env.example names.");
  return { clientId: found.clientId, clientSecret: found.clientSecret };
}

/**
 * The secrets that events may be signed with; several while one is rotated. `ECO_WEBHOOK_SECRET`, or the file
 * `ECO_WEBHOOK_SECRET_FILE`, with a space or a new line between two; else those of the profile. Read anew for each event,
 * so that a new secret needs no restart.
 */
export async function webhookSecrets(): Promise<readonly string[]> {
  const given = env["ECO_WEBHOOK_SECRET"] || (await textOf(env["ECO_WEBHOOK_SECRET_FILE"]));
  if (given) return given.split(/\s+/).filter((secret) => secret !== "");
  return Object.values((await profile()).webhooks ?? {}).map(({ secret }) => secret);
}

async function profile(): Promise<Profile> {
  const name = env["ECO_PROFILE"] || (await project()).profile || "default";
  const text = await textOf(join(configDirectory(), "profiles", `${name}.json`)).catch(() => "{}");
  return JSON.parse(text ?? "{}") as Profile;
}

/** What this project fixes for everyone who works in it. */
async function project(): Promise<{ readonly profile?: string }> {
  return JSON.parse(await readFile(join(import.meta.dirname, "../eco.config.json"), "utf8"));
}

/** Where `eco` keeps profiles. */
function configDirectory(): string {
  const windows = process.platform === "win32" ? env["APPDATA"] : undefined;
  return join(env["XDG_CONFIG_HOME"] || windows || join(env["HOME"] || homedir(), ".config"), "eco");
}

async function textOf(path: string | undefined): Promise<string | undefined> {
  return path ? (await readFile(path, "utf8")).trim() : undefined;
}
