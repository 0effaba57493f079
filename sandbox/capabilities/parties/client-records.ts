import { operationsByCapability } from "../../../specs/engine/catalog/lookup.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import type { Reader, RecordWrite } from "../../store/store.ts";
import type { Caller } from "../capability.ts";
import { digestText } from "../digest.ts";
import { personasOf } from "../manifest.ts";
import { type ClientRecord, collections, partyKey } from "../records.ts";
import { scopesOf } from "../scopes.ts";
import { isBefore } from "../time.ts";
import { findParty } from "./records.ts";

/** What somebody shows to be known by: a client's id and secret, or the secret alone where the scheme has room for no more. */
export interface Presented {
  readonly clientId?: string;
  readonly secret: string;
}

/** Where a client is found by its secret. */
const secretKey = (secretDigest: string): string => `secret:${secretDigest}`;

export function clientRecordWrite(client: ClientRecord, expectedVersion: number): RecordWrite {
  return {
    collection: collections.clients,
    id: client.clientId,
    value: client,
    expectedVersion,
    keys: [partyKey(client.party), secretKey(client.secretDigest)],
  };
}

/** A new client, as its credentials are minted or published. */
export function clientWrite(
  party: string,
  credentials: { readonly clientId: string; readonly clientSecret: string },
  now: string,
): RecordWrite {
  const { clientId, clientSecret } = credentials;
  return clientRecordWrite({ clientId, party, secretDigest: digestText(clientSecret), createdAt: now }, 0);
}

/** What time it is, on the virtual clock. Asked only about secrets that have an end, which few have. */
type Clock = () => string | Promise<string>;

/** Undefined where the id is unknown, the secret is wrong or has ended. */
export async function findClient(
  read: Reader,
  presented: Presented,
  clock: Clock,
): Promise<ClientRecord | undefined> {
  const client = await knownClient(read, presented);
  const ended = client?.expiresAt !== undefined && !counts(client, await clock());
  return ended ? undefined : client;
}

/** Whether its secret is still taken. */
export const counts = ({ expiresAt }: ClientRecord, now: string): boolean =>
  expiresAt === undefined || isBefore(now, expiresAt);

/** As {@link findClient}, whether or not the secret has ended. */
export async function knownClient(
  read: Reader,
  { clientId, secret }: Presented,
): Promise<ClientRecord | undefined> {
  if (clientId === undefined) {
    const [client] = await read.list<ClientRecord>({
      collection: collections.clients,
      key: secretKey(digestText(secret)),
      limit: 1,
    });
    return client?.value;
  }
  const client = await read.get<ClientRecord>(collections.clients, clientId);
  return client?.value.secretDigest === digestText(secret) ? client.value : undefined;
}

/** The party whose credentials these are, with all that its role may do now. */
export async function findCaller(
  read: Reader,
  catalog: Catalog,
  presented: Presented,
  clock: Clock,
): Promise<Caller | undefined> {
  const client = await findClient(read, presented, clock);
  const party = client === undefined ? undefined : await findParty(read, client.party);
  if (party === undefined) return undefined;
  return { party: party.id, role: party.value.role, scopes: scopesOf(catalog, party.value) };
}

/** Whether parties have credentials here at all: published by the manifest, or given at registration. */
export const hasClients = (catalog: Catalog): boolean =>
  personasOf(catalog).length > 0 || operationsByCapability(catalog, "parties.register").length > 0;
