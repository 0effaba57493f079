import type { PartyDefinition } from "../../../specs/engine/catalog/types.ts";
import type { Reader, RecordWrite, StoredRecord } from "../../store/store.ts";
import { collections, type PartyRecord, partyKey } from "../records.ts";

export const findParty = (read: Reader, id: string): Promise<StoredRecord<PartyRecord> | undefined> =>
  id === "" ? Promise.resolve(undefined) : read.get<PartyRecord>(collections.parties, id);

export function partyWrite(party: PartyRecord, expectedVersion: number): RecordWrite {
  return {
    collection: collections.parties,
    id: party.id,
    value: party,
    expectedVersion,
    keys: [partyKey(party.id), `status:${party.status}`],
  };
}

/** Under which parties on their way out are found. */
export const EXITING_KEY = "status:exiting";

/** Whether a party takes part in deliveries: active, or played by the sandbox. */
export const takesPart = (party: PartyRecord): boolean =>
  party.status === "active" || party.status === "stand-in";

export function standInRecord(definition: PartyDefinition, now: string): PartyRecord {
  return {
    id: definition.id,
    name: definition.name,
    role: definition.role,
    status: definition.standIn ? "stand-in" : "active",
    contacts: [],
    ...(definition.bankAccount === undefined ? {} : { bankAccount: { ...definition.bankAccount } }),
    createdAt: now,
    updatedAt: now,
  };
}
