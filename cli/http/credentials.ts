import { readFile } from "node:fs/promises";
import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { didYouMean } from "../../specs/engine/suggest.ts";
import type { Environment } from "../config/paths.ts";
import type { Settings } from "../config/settings.ts";
import { refuseStrangeAddress } from "../config/strange-address.ts";
import { quoted } from "../output/quoted.ts";

/** Who a request is sent as. A token is used as it is; client credentials are exchanged for one. */
export type Credentials =
  | { readonly kind: "token"; readonly token: string; readonly party?: string; readonly source: string }
  | {
      readonly kind: "client";
      readonly clientId: string;
      readonly clientSecret: string;
      readonly party?: string;
      readonly source: string;
    };

/**
 * ECO_TOKEN, then ECO_CLIENT_ID with ECO_CLIENT_SECRET (or ECO_CLIENT_SECRET_FILE), then the profile, then the test credentials
 * that the spec set publishes for a party of the profile's name. Undefined where there are none.
 *
 * @throws EcoError ECO_NOT_SIGNED_IN where only a project file says that they be sent to this sandbox
 */
export async function findCredentials(
  settings: Settings,
  catalog: Catalog,
  env: Environment = process.env,
): Promise<Credentials | undefined> {
  const token = env["ECO_TOKEN"];
  const { profile } = settings;
  if (token) {
    refuseStrangeAddress(settings, { name: "ECO_TOKEN", issuedBy: profile?.sandbox });
    return { kind: "token", token, source: "ECO_TOKEN" };
  }
  const secret = env["ECO_CLIENT_SECRET"] || (await secretFromFile(env["ECO_CLIENT_SECRET_FILE"]));
  const clientId = env["ECO_CLIENT_ID"] || profile?.clientId;
  if (secret && clientId) {
    refuseStrangeAddress(settings, { name: "ECO_CLIENT_SECRET", issuedBy: profile?.sandbox });
    return {
      kind: "client",
      clientId,
      clientSecret: secret,
      ...partyOf(profile?.party),
      source: "ECO_CLIENT_SECRET",
    };
  }
  if (profile?.clientId !== undefined && profile.clientSecret !== undefined) {
    const name = `the secret of the profile ${settings.profileName.value}`;
    refuseStrangeAddress(settings, { name, issuedBy: profile.sandbox });
    return {
      kind: "client",
      clientId: profile.clientId,
      clientSecret: profile.clientSecret,
      ...partyOf(profile.party),
      source: `profile ${settings.profileName.value}`,
    };
  }
  return profile === undefined ? personaCredentials(catalog, settings.profileName.value) : undefined;
}

/** The published test credentials of a party, so that a sandbox can be tried before anyone has registered. */
export function personaCredentials(catalog: Catalog, party: string): Credentials | undefined {
  const persona = personas(catalog).find((candidate) => candidate.party === party);
  if (persona === undefined) return undefined;
  return {
    kind: "client",
    clientId: persona.clientId,
    clientSecret: persona.clientSecret,
    party,
    source: `test credentials published in the specs for ${party}`,
  };
}

interface Persona {
  readonly party: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** `testData.personas` of the ecosystem manifest. */
export function personas(catalog: Catalog): Persona[] {
  const testData = catalog.ecosystem.content["testData"];
  const list = isPlainObject(testData) ? testData["personas"] : undefined;
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    if (!isPlainObject(item)) return [];
    const { party, clientId, clientSecret } = item;
    return typeof party === "string" && typeof clientId === "string" && typeof clientSecret === "string"
      ? [{ party, clientId, clientSecret }]
      : [];
  });
}

export function notSignedIn(settings: Settings, catalog: Catalog): EcoError {
  const { value: name, source } = settings.profileName;
  const known = personas(catalog).map((persona) => persona.party);
  const hint = settings.profile === undefined ? didYouMean(name, known) : undefined;
  const tryOne =
    known.length === 0 ? "" : `, or try it as a party with published test credentials: --profile ${known[0]}`;
  const message =
    settings.profile === undefined
      ? `There is no profile \`${name}\`${source === "default" ? "" : ` (from ${source})`}.`
      : `The profile \`${name}\` holds no credentials yet.`;
  const onboard = `Run \`eco onboard${source === "--profile" ? ` --profile ${quoted(name)}` : ""}\`${tryOne}.`;
  const saved = source === "default" ? "" : " `eco profile list` shows those that are saved.";
  return new EcoError("ECO_NOT_SIGNED_IN", message, { fix: hint ?? `${onboard}${saved}` });
}

async function secretFromFile(path: string | undefined): Promise<string | undefined> {
  if (!path) return undefined;
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (cause) {
    throw new EcoError("ECO_FILE_UNREADABLE", `ECO_CLIENT_SECRET_FILE names ${path}, which can't be read.`, {
      cause,
    });
  }
}

function partyOf(party: string | undefined): { readonly party?: string } {
  return party === undefined ? {} : { party };
}
