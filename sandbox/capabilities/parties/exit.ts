import type { JsonObject, StoredRecord } from "../../store/store.ts";
import { isOrchestrator, maySee } from "../access.ts";
import type { Answer, Capability, DecisionContext, Refusal } from "../capability.ts";
import { answer, define, notFound, objectsIn, refuse, required, text } from "../define.ts";
import { chargeInvolves, type DeliveryRecord, viewCharge, viewDelivery } from "../deliveries/records.ts";
import { type CaseRecord, viewCase } from "../disputes/case-records.ts";
import { type DisputeRecord, viewDispute } from "../disputes/records.ts";
import { type FeedbackRecord, viewFeedback } from "../feedback/records.ts";
import { type IncidentRecord, viewIncident } from "../incidents/records.ts";
import { everyRecord } from "../page.ts";
import { collections, type PartyRecord, partyKey } from "../records.ts";
import { type CommitmentRecord, viewCommitment } from "../settlements/commitment-records.ts";
import { type PrepaidRecord, viewBalance } from "../settlements/prepaid-records.ts";
import type { StatementRecord } from "../statements/records.ts";
import { wholeStatement } from "../statements/statements.ts";
import { withholdFrom } from "../withheld.ts";
import { viewWorkOrder, type WorkOrderRecord } from "../work-orders/records.ts";
import { acceptancesOf, viewAcceptance } from "./agreements.ts";
import { beginExit } from "./leaving.ts";
import { openEndsOf } from "./open-ends.ts";
import { viewParty } from "./parties.ts";
import { findParty } from "./records.ts";

/** How many open ends are listed one by one: enough to see what is to be done. */
const LISTED_ENDS = 100;

const exit = define({
  name: "parties.exit",
  summary: "Ends a participation: nothing new, open ends can be finished, the data stays readable.",
  input: { partyId: required("text", "The party."), reason: required("text", "Why.") },
  events: [
    "party.exited",
    "work-order.declined",
    "work-order.reassigned",
    "certification.lapsed",
    "certification.refused",
  ],
  async decide(input, context) {
    const id = text(input, "partyId");
    const stored = await mayLeave(id, context);
    if ("code" in stored) return stored;
    const { party, changes } = await beginExit(stored, text(input, "reason"), context);
    return answer(viewParty(party, context), { ...changes });
  },
});

/** The party where it may leave and the caller may have it leave; else why not. */
async function mayLeave(id: string, context: DecisionContext): Promise<StoredRecord<PartyRecord> | Refusal> {
  const stored = await findParty(context.read, id);
  if (stored === undefined) return notFound("party", id);
  if (context.caller?.party !== id && !isOrchestrator(context.catalog, context.caller)) {
    return refuse("ECO_FORBIDDEN", `Only ${id} itself and the orchestrator may end its participation.`);
  }
  const { status } = stored.value;
  if (id === context.catalog.ecosystem.orchestrator)
    return refuse("ECO_STATE_TRANSITION", `${id} runs the ecosystem: it can't leave it.`);
  return status === "active" || status === "applied" ? stored : wrongState(id, status);
}

function wrongState(id: string, status: string): Refusal {
  const why =
    status === "stand-in" ? "is played by the sandbox: register in its place first" : `is ${status}`;
  return refuse("ECO_STATE_TRANSITION", `${id} ${why}.`);
}

const previewExit = define({
  name: "parties.preview-exit",
  summary: "What an exit would come to now, without doing it; for a party on its way out, what it waits for.",
  input: { partyId: required("text", "The party.") },
  async decide(input, context) {
    const id = text(input, "partyId");
    const party = await findParty(context.read, id);
    if (party === undefined || !maySee(context, [id])) return notFound("party", id);
    const { status } = party.value;
    if (status === "stand-in") return wrongState(id, status);
    const listed: JsonObject[] = [];
    let count = 0;
    for await (const end of openEndsOf(party.value, context)) {
      if (count++ < LISTED_ENDS) listed.push({ ...end });
    }
    const becomes = status === "exited" || count === 0 ? "exited" : "exiting";
    return answer({ partyId: id, status, becomes, openEnds: listed, openEndsCount: count });
  },
});

const exportData = define({
  name: "parties.export",
  summary: "Everything that the ecosystem holds about a party, in one document.",
  input: { partyId: required("text", "The party.") },
  async decide(input, context) {
    const id = text(input, "partyId");
    const stored = await findParty(context.read, id);
    if (stored === undefined || !maySee(context, [id])) return notFound("party", id);
    // What leaves is what the party itself may see, whoever asks for it.
    const own: DecisionContext = { ...context, caller: { party: id, role: stored.value.role, scopes: [] } };
    const lists = listsOf(id, own);
    const frame = {
      party: viewParty(stored.value, own),
      exportedAt: context.now,
      agreements: (await acceptancesOf(id, context)).map(viewAcceptance),
      ...Object.fromEntries(Object.keys(lists).map((name) => [name, []])),
    };
    const sift = (document: JsonObject): JsonObject =>
      withholdFrom(own.caller, "parties.export", document, context.catalog);
    return { ...answer(sift(frame)), lists: sifted(lists, sift) };
  },
});

type Lists = NonNullable<Answer["lists"]>;

/** All that is kept of a party and grows with what happens, in the order of its export. */
function listsOf(id: string, own: DecisionContext): Lists {
  const { read } = own;
  const all = <T extends JsonObject>(collection: string, view: View<T>) =>
    viewed(everyRecord<T>(read, collection, partyKey(id)), view);
  const deliveries = () => everyRecord<DeliveryRecord>(read, collections.deliveries, { party: id });
  return {
    cases: all<CaseRecord>(collections.cases, viewCase),
    workOrders: all<WorkOrderRecord>(collections.workOrders, (order) => viewWorkOrder(order, own)),
    deliveries: viewed(deliveries(), (delivery) => viewDelivery(delivery, own)),
    charges: chargesIn(deliveries(), id),
    statements: all<StatementRecord>(collections.statements, (statement) => wholeStatement(statement, read)),
    disputes: all<DisputeRecord>(collections.disputes, viewDispute),
    incidents: all<IncidentRecord>(collections.incidents, (incident) => viewIncident(incident, own)),
    feedback: all<FeedbackRecord>(collections.feedback, viewFeedback),
    commitments: all<CommitmentRecord>(collections.commitments, viewCommitment),
    prepaidBalances: all<PrepaidRecord>(collections.prepaid, viewBalance),
  };
}

type View<T> = (value: T) => JsonObject | Promise<JsonObject>;

async function* viewed<T extends JsonObject>(
  records: AsyncIterable<StoredRecord<T>>,
  view: View<T>,
): AsyncGenerator<JsonObject> {
  for await (const { value } of records) yield view(value);
}

async function* chargesIn(
  deliveries: AsyncIterable<StoredRecord<DeliveryRecord>>,
  party: string,
): AsyncGenerator<JsonObject> {
  for await (const { value } of deliveries)
    for (const charge of value.charges) if (chargeInvolves(charge, party)) yield viewCharge(charge, party);
}

/** Each item as it would stand in the whole document. */
const sifted = (lists: Lists, sift: (document: JsonObject) => JsonObject): Lists =>
  Object.fromEntries(
    Object.entries(lists).map(([name, items]) => [
      name,
      (async function* () {
        for await (const item of items) yield* objectsIn(sift({ [name]: [item] })[name]);
      })(),
    ]),
  );

export const exitCapabilities: readonly Capability[] = [exit, previewExit, exportData];
