import { harExchangesOf, harOf } from "../sandbox/session/index.ts";
import type { Catalog } from "../specs/engine/catalog/types.ts";
import { type ObservedExchange, recordingFromHar } from "../specs/engine/certification/index.ts";
import { type Credentials, personaCredentials } from "./http/credentials.ts";
import { TokenSource } from "./http/token-source.ts";
import { Transport } from "./http/transport.ts";
import { readJson } from "./read-file.ts";
import { recordedKind } from "./recorded-kind.ts";
import { readRecording } from "./sandbox-files.ts";

/** The exchanges of a HAR file, or of a session or bundle. @throws EcoError ECO_INPUT_INVALID, ECO_EXPORT_INVALID */
export async function readExchanges(file: string): Promise<ObservedExchange[]> {
  if (file.toLowerCase().endsWith(".har") || (await recordedKind(file)) === "har")
    return recordingFromHar(await readJson(file));
  const { session } = await readRecording(file, { unsealed: true });
  // What a handler of the tester's own answered is nothing to compare an answer with.
  const events = session.events.filter(
    (event) => event.kind !== "exchange" || event.answeredBy === undefined,
  );
  return recordingFromHar(harOf(harExchangesOf({ ...session, events }), ""));
}

/**
 * Tokens for the parties that the spec set publishes test credentials of: those of the recording belong elsewhere.
 * @param others who sends what no such party sent
 */
export function personaAuthorization(
  catalog: Catalog,
  baseUrl: string,
  others: Credentials | undefined,
): (party: string | undefined) => Promise<string | undefined> {
  const transport = new Transport();
  const sources = new Map<string | undefined, TokenSource>();
  return async (party) => {
    const published = party === undefined ? undefined : personaCredentials(catalog, party);
    const credentials = published ?? others;
    const operation = catalog.operations.find(({ security }) => security.length > 0);
    if (credentials === undefined || operation === undefined) return undefined;
    const sender = published === undefined ? undefined : party;
    const source = sources.get(sender) ?? new TokenSource(credentials, catalog, baseUrl, transport);
    sources.set(sender, source);
    return (await source.headers(operation))["authorization"];
  };
}
