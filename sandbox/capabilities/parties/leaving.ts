import { ENDPOINTS, type WebhookEndpoint } from "../../events/endpoint.ts";
import { OverlayReader } from "../../store/overlay.ts";
import type { RecordWrite, StoredRecord } from "../../store/store.ts";
import { part } from "../../values/part.ts";
import type { DecisionContext } from "../capability.ts";
import { type Changes, joinChanges, noChanges } from "../changes.ts";
import { everyRecord } from "../page.ts";
import { collections, type PartyRecord, partyKey } from "../records.ts";
import { passOn } from "../work-orders/offers.ts";
import { settleOffering } from "../work-orders/outcomes.ts";
import type { WorkOrderRecord } from "../work-orders/records.ts";
import { hasOpenEnds } from "./open-ends.ts";
import { partyEvent } from "./parties.ts";
import { EXITING_KEY, partyWrite } from "./records.ts";

const ending = part("the end of certificates", () => import("../certifications/ending.ts"));

/** A decision whose parts see each other's changes. */
interface During {
  readonly context: DecisionContext;
  /** Takes changes in, for the parts that follow. */
  add(changes: Changes): void;
  readonly changes: () => Changes;
}

function during(context: DecisionContext): During {
  const read = new OverlayReader(context.read);
  const parts: Changes[] = [];
  return {
    context: { ...context, read },
    add: (changes) => {
      read.add(changes);
      parts.push(changes);
    },
    changes: () => (parts.length === 0 ? noChanges : joinChanges(...parts)),
  };
}

/**
 * Begins a party's exit: nothing new for it from now on. What it was offered and hasn't taken goes to the next in line;
 * where nothing is open, it is out in the same decision.
 */
export async function beginExit(
  { value, version }: StoredRecord<PartyRecord>,
  reason: string,
  context: DecisionContext,
): Promise<{ readonly party: PartyRecord; readonly changes: Changes }> {
  const { now } = context;
  const party: PartyRecord = {
    ...value,
    status: "exiting",
    exitReason: reason,
    leftAt: now,
    updatedAt: now,
    ...(value.status === "applied" ? { neverActive: true } : {}),
  };
  const steps = during(context);
  steps.add(joinChanges({ writes: [partyWrite(party, version)] }));
  await passOnOffers(party, steps);
  const ended = await endIfDone(party, version + 1, steps);
  return { party: ended ?? party, changes: steps.changes() };
}

/** Work orders that wait for a party's answer: it takes nothing new, so the next substitute's turn has come. */
async function passOnOffers({ id }: PartyRecord, steps: During): Promise<void> {
  const { context } = steps;
  const orders = everyRecord<WorkOrderRecord>(context.read, collections.workOrders, partyKey(id));
  for (const { value, version } of await Array.fromAsync(orders)) {
    if (value.status !== "offered" || value.provider !== id) continue;
    const offering = await passOn(value, "declined", `${id} leaves the ecosystem.`, context);
    steps.add((await settleOffering(offering, version, context)).changes);
  }
}

/** Ends the participation of a party that has nothing open any more; undefined where something is. */
async function endIfDone(
  party: PartyRecord,
  version: number,
  steps: During,
): Promise<PartyRecord | undefined> {
  const { context } = steps;
  if (await hasOpenEnds(party, context)) return undefined;
  const exited: PartyRecord = { ...party, status: "exited", updatedAt: context.now };
  steps.add(joinChanges({ writes: [partyWrite(exited, version), ...(await endEndpoints(exited, context))] }));
  await endCertifications(exited, steps);
  const reason = exited["exitReason"];
  const event = partyEvent("party.exited", exited, context.catalog);
  const told = typeof reason === "string" && reason !== "" ? { ...event.data, reason } : event.data;
  steps.add(joinChanges({ events: [{ ...event, data: told }] }));
  return exited;
}

async function endCertifications({ id }: PartyRecord, { context, add }: During): Promise<void> {
  const own = { collection: collections.certifications, key: partyKey(id), limit: 1 };
  const [certified] = await context.read.list(own);
  if (certified === undefined) return;
  const certificates = await ending();
  add(await certificates.endCertifications(id, `${id} has left the ecosystem.`, context));
}

/** What happened until now still goes out, what comes later doesn't. An endpoint that takes nothing now has had its last. */
async function endEndpoints(
  { id }: PartyRecord,
  { read, requestId, now }: DecisionContext,
): Promise<RecordWrite[]> {
  const writes: RecordWrite[] = [];
  for await (const { value, version } of everyRecord<WebhookEndpoint>(read, ENDPOINTS, partyKey(id))) {
    const ended: WebhookEndpoint = {
      ...value,
      status: "disabled",
      disabledReason: `${id} has left the ecosystem.`,
      updatedAt: now,
      ended: { lastCause: value.status === "active" ? requestId : "", at: now },
    };
    const keys = [partyKey(id)];
    writes.push({ collection: ENDPOINTS, id: value.id, value: ended, expectedVersion: version, keys });
  }
  return writes;
}

/** Ends the participation of all parties on their way out that have nothing open any more. */
export async function finishExits(context: DecisionContext): Promise<Changes> {
  const steps = during(context);
  const exiting = everyRecord<PartyRecord>(context.read, collections.parties, EXITING_KEY);
  for (const { value, version } of await Array.fromAsync(exiting)) await endIfDone(value, version, steps);
  return steps.changes();
}
