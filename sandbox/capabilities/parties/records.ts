import type { PartyDefinition } from "../../../specs/engine/catalog/types.ts";
import type { Reader, RecordWrite, StoredRecord } from "../../store/store.ts";
import { maySee } from "../access.ts";
import type { Caller, DecisionContext, Refusal } from "../capability.ts";
import { refuse } from "../define.ts";
import { collections, type PartyRecord, partyKey } from "../records.ts";

export const findParty = (read: Reader, id: string): Promise<StoredRecord<PartyRecord> | undefined> =>
  id === "" ? Promise.resolve(undefined) : read.get<PartyRecord>(collections.parties, id);

/** Whether there is such a party, and the caller may see its part. */
export const seesParty = async (party: string, context: DecisionContext): Promise<boolean> =>
  maySee(context, [party]) && (await findParty(context.read, party)) !== undefined;

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

/** Whether a party takes part in what is new: active, or played by the sandbox. */
export const takesPart = ({ status }: PartyRecord): boolean => status === "active" || status === "stand-in";

/** Whether a party takes part in what was agreed before: one that is leaving does, until nothing is open. */
export const mayFinish = (party: PartyRecord): boolean =>
  takesPart(party) || (party.status === "exiting" && party.neverActive !== true);

/** Why a party can't take part in something new, in words that go on: `, and takes no new deliveries`. */
export function standingOf({ id, status }: PartyRecord): string {
  switch (status) {
    case "applied":
      return `${id} is applied: it hasn't finished its onboarding`;
    case "exiting":
      return `${id} is exiting: it finishes what it has`;
    case "exited":
      return `${id} is exited: it has left`;
    case "stand-in":
    case "active":
      return `${id} is ${status}`;
  }
}

/**
 * Refuses the caller what begins something new while it leaves, whatever its token still says.
 *
 * @param what goes on after `and`: `opens no cases`
 */
export async function refuseLeaver(
  { caller, read }: Pick<DecisionContext, "read"> & { readonly caller?: Pick<Caller, "party"> },
  what: string,
): Promise<Refusal | undefined> {
  const party = caller === undefined ? undefined : await findParty(read, caller.party);
  return party === undefined || takesPart(party.value)
    ? undefined
    : refuse("ECO_PARTY_NOT_ACTIVE", `${standingOf(party.value)}, and ${what}.`);
}

/** Refuses a party that has left what needs more than reading: a token outlives the participation that it was issued for. */
export async function refuseWhoLeft({
  caller,
  read,
}: Pick<DecisionContext, "caller" | "read">): Promise<Refusal | undefined> {
  const party = await findParty(read, caller?.party ?? "");
  return party?.value.status === "exited"
    ? refuse(
        "ECO_SCOPE_MISSING",
        `${party.id} has left: it reads and exports its data, and keeps its contacts and credentials.`,
      )
    : undefined;
}

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
