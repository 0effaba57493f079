import type { Catalog } from "../specs/engine/catalog/types.ts";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import { cacheDirectory } from "./config/paths.ts";
import { profileWarning } from "./config/profiles.ts";
import type { Settings } from "./config/settings.ts";
import { ApiClient } from "./http/api-client.ts";
import { type Credentials, findCredentials, notSignedIn, personaCredentials } from "./http/credentials.ts";
import { TokenSource } from "./http/token-source.ts";
import { Transport } from "./http/transport.ts";
import type { Output } from "./output/output.ts";

/** What a command that talks to an API works with. */
export interface Session {
  readonly settings: Settings;
  readonly catalog: Catalog;
  readonly credentials: Credentials | undefined;
  readonly client: ApiClient;
  readonly transport: Transport;
}

/**
 * The spec set of the settings, compiled; from the cache where its sources have not changed. What an OpenAPI, AsyncAPI
 * or Arazzo document gets wrong is left out with a warning; terms are taken whole or not at all.
 *
 * @param options.tellsUnread whether what documents say and nobody here reads is told too
 * @throws EcoError ECO_SPEC_INVALID, … where a rate card, an agreement, the manifest, … breaks its schema, and where no
 *   document could be read
 */
export async function openCatalog(
  settings: Settings,
  out: Output,
  { tellsUnread = false }: { readonly tellsUnread?: boolean } = {},
): Promise<Catalog> {
  const { assertUsable, isUnread, loadCatalog } = await import("../specs/engine/catalog/load.ts");
  const { catalog, findings } = await loadCatalog(settings.specs.value, { cacheDir: cacheDirectory() });
  const warning = assertUsable(catalog, findings);
  if (warning !== undefined) out.warn(warning);
  for (const { document, line, column, message } of tellsUnread ? findings.filter(isUnread) : [])
    out.warn(`${document}:${line}:${column} ${message}`);
  return catalog;
}

export async function openSession(
  settings: Settings,
  out: Output,
  options: { readonly asOrchestrator?: boolean } = {},
): Promise<Session> {
  const catalog = await openCatalog(settings, out);
  const published =
    options.asOrchestrator === true ? personaCredentials(catalog, catalog.ecosystem.orchestrator) : undefined;
  const credentials = published ?? (await findCredentials(settings, catalog));
  const warning =
    settings.profile === undefined ? undefined : await profileWarning(settings.profileName.value);
  if (warning !== undefined) out.warn(warning);
  const transport = new Transport({ onWait: (message) => out.note(message) });
  return sessionAs({ settings, catalog, transport }, credentials);
}

/** A session with the same API, by other credentials. */
export function sessionAs(
  { settings, catalog, transport }: Pick<Session, "settings" | "catalog" | "transport">,
  credentials: Credentials | undefined,
): Session {
  const baseUrl = settings.sandbox.value;
  const tokens =
    credentials === undefined ? undefined : new TokenSource(credentials, catalog, baseUrl, transport);
  const client = new ApiClient({
    catalog,
    baseUrl,
    transport,
    tokens,
    notSignedIn: () => notSignedIn(settings, catalog),
  });
  return { settings, catalog, credentials, client, transport };
}

/** The party that the credentials belong to, where that is known without asking. */
export function partyOf(session: Session): string | undefined {
  return session.credentials?.party ?? session.settings.profile?.party;
}

/** @throws EcoError ECO_NOT_SIGNED_IN where nobody knows which party this is. */
export function requireParty(session: Session): string {
  const party = partyOf(session);
  if (party !== undefined) return party;
  if (session.credentials === undefined) throw notSignedIn(session.settings, session.catalog);
  throw new EcoError(
    "ECO_INPUT_MISSING",
    `The credentials from ${session.credentials.source} don't say which party they belong to.`,
    {
      fix: "Give the party's id with --party, or use a profile made by `eco onboard`.",
    },
  );
}
