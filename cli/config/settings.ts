import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { httpUrl } from "../../specs/engine/http-url.ts";
import { packageRoot } from "../../specs/engine/package-root.ts";
import type { GlobalFlags } from "../flags.ts";
import { currentProfile, DEFAULT_PROFILE, type Profile, readProfile } from "./profiles.ts";
import { findProjectFile } from "./project-file.ts";

/** A value with the place it came from, as `eco doctor` prints it. */
export interface Setting<T = string> {
  readonly value: T;
  readonly source: string;
}

export interface Settings {
  readonly profileName: Setting;
  /** Undefined where no such profile has been saved; its name may still be a party with published test credentials. */
  readonly profile: Profile | undefined;
  /** Origin (and prefix, if any) without a slash at its end. */
  readonly sandbox: Setting;
  /** Absolute path. */
  readonly specs: Setting;
  readonly projectFile: string | undefined;
}

/** Source of the spec set where nobody names one. */
export const OWN_SPECS = "the reference ecosystem of eco";
export const DEFAULT_SANDBOX = "http://127.0.0.1:4010";

/** Precedence: flag, environment, project file, profile, default. */
export async function resolveSettings(flags: Partial<GlobalFlags>, env = process.env): Promise<Settings> {
  const project = await findProjectFile(process.cwd());
  const inProject = project === undefined ? "" : project.path;
  const profileName = pick(
    [flags.profile, "--profile"],
    [env["ECO_PROFILE"], "ECO_PROFILE"],
    [project?.profile, inProject],
  ) ??
    pick([await currentProfile(), "`eco profile use`"]) ?? { value: DEFAULT_PROFILE, source: "default" };
  const profile = await readProfile(profileName.value);
  const inProfile = `profile ${profileName.value}`;
  const sandbox = pick(
    [flags.sandbox, "--sandbox"],
    [env["ECO_SANDBOX"], "ECO_SANDBOX"],
    [project?.sandbox, inProject],
    [profile?.sandbox, inProfile],
  ) ?? { value: DEFAULT_SANDBOX, source: "default" };
  const specs = pick(
    [flags.specs, "--specs"],
    [env["ECO_SPECS"], "ECO_SPECS"],
    [project?.specs, inProject],
    [profile?.specs, inProfile],
  ) ?? { value: join(packageRoot(), "specs"), source: OWN_SPECS };
  return {
    profileName,
    profile,
    sandbox: { ...sandbox, value: checkUrl(sandbox) },
    specs: { ...specs, value: checkSpecs(specs) },
    projectFile: project?.path,
  };
}

function pick(...candidates: readonly (readonly [string | undefined, string])[]): Setting | undefined {
  const found = candidates.find(([value]) => value !== undefined && value !== "");
  return found?.[0] === undefined ? undefined : { value: found[0], source: found[1] };
}

function checkUrl({ value, source }: Setting): string {
  const url = httpUrl(value);
  if (url === undefined)
    throw new EcoError(
      "ECO_USAGE",
      `The sandbox address \`${value}\` (from ${source}) is no http or https URL.`,
      {
        fix: `Give one like ${DEFAULT_SANDBOX}.`,
      },
    );
  if (url.username !== "" || url.password !== "")
    throw new EcoError("ECO_USAGE", `The sandbox address from ${source} holds a user or password.`, {
      fix: "Leave them out of the URL: credentials belong into a profile, ECO_TOKEN or ECO_CLIENT_SECRET.",
    });
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

function checkSpecs({ value, source }: Setting): string {
  const path = resolve(value);
  if (!existsSync(path))
    throw new EcoError("ECO_FILE_UNREADABLE", `The spec set ${path} (from ${source}) does not exist.`, {
      fix: "Give --specs a directory with OpenAPI, AsyncAPI or Arazzo documents, or one OpenAPI file.",
    });
  return path;
}
