import type { JsonObject, Reader, RecordWrite, StoredRecord } from "../../store/store.ts";
import { isOrchestrator, maySee } from "../access.ts";
import type { Capability, DecisionContext, Refusal } from "../capability.ts";
import {
  answer,
  define,
  notFound,
  optional,
  optionalText,
  pageFields,
  pick,
  refuse,
  required,
  text,
} from "../define.ts";
import { everyRecord, listPage } from "../page.ts";
import { type ClientRecord, collections, partyKey } from "../records.ts";
import { isBefore, plusDuration } from "../time.ts";
import { clientRecordWrite, clientWrite, counts } from "./client-records.ts";
import { findParty } from "./records.ts";

/** How long former credentials count beside the new ones, in virtual time. */
const ROTATION_OVERLAP = "P1D";
const LONGEST_OVERLAP = "P7D";
/** How many a party may have at a time: whoever rotates in a loop is told, before the store is full of them. */
const MAXIMUM_CLIENTS = 20;

export interface Credentials extends JsonObject {
  readonly clientId: string;
  /** Shown once: only its digest is kept. */
  readonly clientSecret: string;
}

/** New credentials of a party, and what to store for them. */
export function mintCredentials(
  party: string,
  context: DecisionContext,
): { credentials: Credentials; write: RecordWrite } {
  const credentials = { clientId: context.newId("client"), clientSecret: context.newSecret() };
  return { credentials, write: clientWrite(party, credentials, context.now) };
}

/** Takes away all credentials that a party has. */
export async function revokeCredentials(read: Reader, party: string): Promise<RecordWrite[]> {
  return (await clientsOf(party, read)).map(removal);
}

const removal = ({ collection, id, version }: StoredClient): RecordWrite => ({
  collection,
  id,
  value: null,
  expectedVersion: version,
});

async function clientsOf(party: string, read: Reader): Promise<StoredClient[]> {
  return Array.fromAsync(everyRecord<ClientRecord>(read, collections.clients, partyKey(party)));
}

type StoredClient = StoredRecord<ClientRecord>;

const isCurrent =
  ({ now }: DecisionContext) =>
  ({ value }: StoredClient): boolean =>
    counts(value, now);

/** Never the secret, nor its digest. */
const viewClient = (client: ClientRecord): JsonObject => pick(client, ["clientId", "createdAt", "expiresAt"]);

const list = define({
  name: "credentials.list",
  summary: "The credentials of a party that still count, without their secrets.",
  input: { ...pageFields, partyId: required("text", "The party.") },
  async decide(input, context) {
    const partyId = text(input, "partyId");
    const party = await findParty(context.read, partyId);
    if (party === undefined || !maySee(context, [partyId])) return notFound("party", partyId);
    return listPage<ClientRecord>({
      context,
      input,
      collection: collections.clients,
      key: partyKey(partyId),
      keep: (client) => counts(client, context.now),
      view: viewClient,
    });
  },
});

const rotate = define({
  name: "credentials.rotate",
  summary: "Gives a party new credentials; the former ones count beside them for a while.",
  input: {
    partyId: required("text", "The party."),
    clientId: optional("text", "The credentials to replace; all that the party has where left out."),
    overlap: optional(
      "text",
      "How long the former ones still count, as an ISO 8601 duration of virtual time, `P7D` at most; `P1D` where left out, `PT0S` for not at all.",
    ),
  },
  async decide(input, context) {
    const partyId = text(input, "partyId");
    const refused = await refuseStranger(partyId, context);
    if (refused !== undefined) return refused;
    const ends = endOf(input, context);
    if (typeof ends !== "string") return ends;
    const all = await clientsOf(partyId, context.read);
    const [current, over] = [all.filter(isCurrent(context)), all.filter((each) => !isCurrent(context)(each))];
    const named = optionalText(input, "clientId");
    const former = current.filter(({ id }) => named === undefined || id === named);
    if (named !== undefined && former.length === 0) return notFound("credentials", named);
    if (current.length >= MAXIMUM_CLIENTS) {
      return refuse(
        "ECO_CONFLICT",
        `${partyId} has ${current.length} credentials that still count: end some of them, or wait until they have ended.`,
      );
    }
    const { credentials, write } = mintCredentials(partyId, context);
    const writes = [...over.map(removal), write];
    const beside: JsonObject[] = [];
    for (const stored of former) {
      const kept = superseded(stored.value, ends, context.now);
      writes.push(kept === undefined ? removal(stored) : clientRecordWrite(kept, stored.version));
      if (kept !== undefined) beside.push(viewClient(kept));
    }
    return answer({ ...credentials, createdAt: context.now, former: beside }, { writes });
  },
});

/** When the former credentials end: RFC 3339. */
function endOf(input: JsonObject, { now, catalog }: DecisionContext): string | Refusal {
  const overlap = optionalText(input, "overlap") ?? ROTATION_OVERLAP;
  const { timeZone } = catalog.ecosystem;
  const ends = plusDuration(now, overlap, timeZone);
  const last = plusDuration(now, LONGEST_OVERLAP, timeZone);
  if (ends !== undefined && last !== undefined && !isBefore(ends, now) && !isBefore(last, ends)) return ends;
  return refuse("ECO_REQUEST_INVALID", `${JSON.stringify(overlap)} is no overlap of two secrets.`, [
    { pointer: "#/overlap", detail: `must be an ISO 8601 duration from PT0S to ${LONGEST_OVERLAP}` },
  ]);
}

/** The credentials with an end, or undefined where that is now. An end that they have already is put off by nothing. */
function superseded(client: ClientRecord, ends: string, now: string): ClientRecord | undefined {
  const { expiresAt = ends } = client;
  const sooner = isBefore(expiresAt, ends) ? expiresAt : ends;
  return isBefore(now, sooner) ? { ...client, expiresAt: sooner } : undefined;
}

const revoke = define({
  name: "credentials.revoke",
  summary: "Ends credentials at once, such as those that were replaced.",
  input: {
    partyId: required("text", "The party."),
    clientId: required("text", "The credentials to end; never the last that nothing ends."),
  },
  async decide(input, context) {
    const [partyId, clientId] = [text(input, "partyId"), text(input, "clientId")];
    const refused = await refuseStranger(partyId, context);
    if (refused !== undefined) return refused;
    const current = (await clientsOf(partyId, context.read)).filter(isCurrent(context));
    const client = current.find(({ id }) => id === clientId);
    if (client === undefined) return notFound("credentials", clientId);
    const stays = current.some(({ id, value }) => id !== clientId && value.expiresAt === undefined);
    if (client.value.expiresAt === undefined && !stays) {
      return refuse(
        "ECO_STATE_TRANSITION",
        `${clientId} are the only lasting credentials of ${partyId}, which would lock it out: rotate them first.`,
      );
    }
    return answer({}, { writes: [removal(client)] });
  },
});

/** Who oversees may read of credentials; only the party itself and the orchestrator may touch them. */
async function refuseStranger(partyId: string, context: DecisionContext): Promise<Refusal | undefined> {
  const party = await findParty(context.read, partyId);
  if (party === undefined || !maySee(context, [partyId])) return notFound("party", partyId);
  if (context.caller?.party === partyId || isOrchestrator(context.catalog, context.caller)) return undefined;
  return refuse("ECO_FORBIDDEN", `Only ${partyId} itself and the orchestrator may change its credentials.`);
}

export const credentialCapabilities: readonly Capability[] = [list, rotate, revoke];
