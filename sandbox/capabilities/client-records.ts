import { operationsByCapability } from "../../specs/engine/catalog/lookup.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { Reader } from "../store/store.ts";
import type { Caller } from "./capability.ts";
import { digestText } from "./digest.ts";
import { personasOf } from "./manifest.ts";
import { findParty } from "./party-records.ts";
import { type ClientRecord, collections } from "./records.ts";
import { scopesOf } from "./scopes.ts";

/** What somebody shows to be known by: a client's id and secret, or the secret alone where the scheme has room for no more. */
export interface Presented {
  readonly clientId?: string;
  readonly secret: string;
}

/** Where a client is found by its secret. */
export const secretKey = (secret: string): string => `secret:${digestText(secret)}`;

/** Undefined where the id is unknown or the secret is wrong. */
export async function findClient(
  read: Reader,
  { clientId, secret }: Presented,
): Promise<ClientRecord | undefined> {
  if (clientId === undefined) {
    const [client] = await read.list<ClientRecord>({
      collection: collections.clients,
      key: secretKey(secret),
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
): Promise<Caller | undefined> {
  const client = await findClient(read, presented);
  const party = client === undefined ? undefined : await findParty(read, client.party);
  if (party === undefined) return undefined;
  return { party: party.id, role: party.value.role, scopes: scopesOf(catalog, party.value) };
}

/** Whether parties have credentials here at all: published by the manifest, or given at registration. */
export const hasClients = (catalog: Catalog): boolean =>
  personasOf(catalog).length > 0 || operationsByCapability(catalog, "parties.register").length > 0;
