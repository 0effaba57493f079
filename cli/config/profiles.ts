import { readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { configDirectory } from "./paths.ts";
import { isReadableByOthers, readPrivateFile, writePrivateFile } from "./private-file.ts";

/** What is kept of a party's access to one sandbox. The secret never leaves the file except to the token operation. */
export interface Profile {
  readonly sandbox?: string;
  readonly specs?: string;
  readonly party?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Webhook endpoints by their id, with the secret that their receiver verifies signatures with. */
  readonly webhooks?: Readonly<Record<string, { readonly url: string; readonly secret: string }>>;
}

export const DEFAULT_PROFILE = "default";

/** Profiles as files, one each: `profiles/NAME.json` in the configuration directory. */
export async function readProfile(name: string): Promise<Profile | undefined> {
  const path = profilePath(name);
  const text = await readPrivateFile(path);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new Error("no JSON object");
    return value;
  } catch (cause) {
    throw new EcoError("ECO_FILE_UNREADABLE", `The profile ${path} is damaged: it is not a JSON object.`, {
      fix: `Remove the file and run \`eco onboard --profile ${name}\` again.`,
      cause,
    });
  }
}

export async function writeProfile(name: string, profile: Profile): Promise<string> {
  const path = profilePath(name);
  await writePrivateFile(path, `${JSON.stringify(profile, null, 2)}\n`);
  return path;
}

/** False where there was none. */
export async function removeProfile(name: string): Promise<boolean> {
  return unlink(profilePath(name)).then(
    () => true,
    () => false,
  );
}

export async function listProfiles(): Promise<string[]> {
  const files = await readdir(join(configDirectory(), "profiles")).catch(() => []);
  return files
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

/** The profile chosen with `eco profile use`. */
export async function currentProfile(): Promise<string | undefined> {
  const text = await readPrivateFile(currentPath());
  return text?.trim() || undefined;
}

export async function useProfile(name: string): Promise<void> {
  profilePath(name);
  await writePrivateFile(currentPath(), `${name}\n`);
}

export function profilePath(name: string): string {
  // The name becomes a file name, so it may hold nothing that leads elsewhere.
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(name))
    throw new EcoError("ECO_USAGE", `\`${name}\` can't be the name of a profile.`, {
      fix: "Use up to 64 letters, digits, dots, dashes and underscores, beginning with a letter or a digit.",
    });
  return join(configDirectory(), "profiles", `${name}.json`);
}

export async function profileWarning(name: string): Promise<string | undefined> {
  const path = profilePath(name);
  if (!(await isReadableByOthers(path))) return undefined;
  return `Others on this machine can read ${path}, which holds credentials. Close it with: chmod 600 ${path}`;
}

function currentPath(): string {
  return join(configDirectory(), "current-profile");
}
