import { ENDPOINTS, type WebhookEndpoint } from "../../events/endpoint.ts";
import type { DecisionContext } from "../capability.ts";
import type { CertificationRecord } from "../certifications/records.ts";
import type { CaseRecord } from "../disputes/case-records.ts";
import type { DisputeRecord } from "../disputes/records.ts";
import type { IncidentRecord } from "../incidents/records.ts";
import { endOfMonth, monthsBefore } from "../months.ts";
import { everyRecord } from "../page.ts";
import { stepsOf } from "../parties/onboarding.ts";
import { EXITING_KEY } from "../parties/records.ts";
import { collections, type PartyRecord } from "../records.ts";
import { recordsOf } from "../scorecards/facts.ts";
import type { Reading } from "../scorecards/reading.ts";
import { toUtc } from "../time.ts";
import type { WorkOrderRecord } from "../work-orders/records.ts";

/** Something that is open, and stays so until somebody does something. */
export interface Waiting {
  readonly kind:
    | "work-order"
    | "case"
    | "dispute"
    | "incident"
    | "certification"
    | "endpoint"
    | "period"
    | "onboarding"
    | "exit";
  readonly id: string;
  /** The party that has to do it. */
  readonly turn: string;
  /** What it has to do, in a few words that begin with a verb. */
  readonly task: string;
  readonly since: string;
  /** By when, in UTC; undefined where nobody says. */
  readonly dueAt?: string | undefined;
}

/** Of everybody, or of what one party takes part in. */
export type TriageReading = Pick<Reading, "context" | "party">;

/** Everything that waits, kind by kind. */
export async function* everythingWaiting(reading: TriageReading): AsyncGenerator<Waiting> {
  yield* waitingOrders(reading);
  yield* waitingCases(reading);
  yield* openDisputes(reading);
  yield* openIncidents(reading);
  yield* waitingCertifications(reading);
  yield* failingEndpoints(reading);
  yield* openPeriods(reading);
  yield* waitingParties(reading);
}

const orchestratorOf = ({ context }: TriageReading): string => context.catalog.ecosystem.orchestrator;

async function* waitingOrders(reading: TriageReading): AsyncGenerator<Waiting> {
  const { timeZone } = reading.context.catalog.ecosystem;
  for await (const { value } of recordsOf<WorkOrderRecord>(collections.workOrders, reading)) {
    const { id, status, provider: turn, product, customer, respondBy, updatedAt: since } = value;
    const order = { kind: "work-order", id, turn, since } as const;
    if (status === "offered")
      yield { ...order, task: `Answer the offer of ${product} for ${customer}.`, dueAt: respondBy };
    if (status !== "accepted" && status !== "rescheduled" && status !== "in-progress") continue;
    const dueAt = toUtc(value.scheduledFor, timeZone);
    // What lies ahead waits for its time alone.
    if (dueAt !== undefined && dueAt < reading.context.now)
      yield { ...order, task: `Complete ${product} for ${customer}, or move it.`, dueAt };
  }
}

async function* waitingCases(reading: TriageReading): AsyncGenerator<Waiting> {
  for await (const { value } of recordsOf<CaseRecord>(collections.cases, reading)) {
    const { id, status, assignees, customer, subject, openedAt: since } = value;
    if (status === "resolved") continue;
    const turn = assignees.at(-1);
    const task =
      turn === undefined ? `Route “${subject}” of ${customer}.` : `Resolve “${subject}” of ${customer}.`;
    yield { kind: "case", id, turn: turn ?? orchestratorOf(reading), task, since };
  }
}

async function* openDisputes(reading: TriageReading): AsyncGenerator<Waiting> {
  for await (const { value } of recordsOf<DisputeRecord>(collections.disputes, reading)) {
    const { id, status, deliveryId, openedBy, dueAt, openedAt: since } = value;
    if (status !== "open") continue;
    const task = `Decide what ${openedBy} objects to in ${deliveryId}.`;
    yield { kind: "dispute", id, turn: orchestratorOf(reading), task, since, dueAt };
  }
}

/** Until it is resolved its owner has to move it on, and afterwards to say what was learnt, where the rules ask for that. */
async function* openIncidents(reading: TriageReading): AsyncGenerator<Waiting> {
  for await (const { value } of recordsOf<IncidentRecord>(collections.incidents, reading)) {
    const { id, owner: turn, status, title, openedAt, resolvedAt = openedAt } = value;
    const incident = { kind: "incident", id, turn } as const;
    const about = `“${title}” (${value.severity})`;
    if (status === "open")
      yield { ...incident, task: `Acknowledge ${about}.`, since: openedAt, dueAt: value.acknowledgeBy };
    else if (status === "acknowledged")
      yield { ...incident, task: `Resolve ${about}.`, since: openedAt, dueAt: value.resolveBy };
    else if (value.reviewBy !== undefined && value["review"] === undefined)
      yield { ...incident, task: `Review ${about}.`, since: resolvedAt, dueAt: value.reviewBy };
  }
}

async function* waitingCertifications(reading: TriageReading): AsyncGenerator<Waiting> {
  for await (const { value } of recordsOf<CertificationRecord>(collections.certifications, reading)) {
    const { id, party, level, status, submittedAt, issuedAt, expiresAt, risk } = value;
    const about = { kind: "certification", id, turn: party, since: issuedAt ?? submittedAt } as const;
    const turn = orchestratorOf(reading);
    // Before its run has ended, the sandbox's own turn it is.
    if (status === "submitted" && value.evidence !== "waiting" && value.evidence !== "observing")
      yield { ...about, turn, task: `Decide on the certificate (${level}) of ${party}.` };
    if (status !== "issued") continue;
    yield { ...about, task: `Certify again for ${level} before the certificate ends.`, dueAt: expiresAt };
    if (risk !== undefined)
      yield {
        ...about,
        task: `Bring ${risk.metric} back to what ${level} asks for.`,
        since: risk.since,
        dueAt: risk.until,
      };
    for (const { check, status, requestedAt: since } of value.waivers ?? [])
      if (status === "requested")
        yield { ...about, turn, task: `Decide on the waiver of ${check} for ${party}.`, since };
    for (const { text, status, until: dueAt } of value.conditions ?? [])
      if (status === "open") yield { ...about, task: `Meet the condition: ${text}`, dueAt };
  }
}

async function* failingEndpoints(reading: TriageReading): AsyncGenerator<Waiting> {
  for await (const { value } of recordsOf<WebhookEndpoint>(ENDPOINTS, reading)) {
    const { id, party: turn, status, failuresInARow = 0, createdAt = "", updatedAt = createdAt } = value;
    const endpoint = { kind: "endpoint", id, turn, since: updatedAt } as const;
    if (value.ended !== undefined) continue;
    if (status === "disabled") {
      const why = value.disabledReason === undefined ? "" : ` ${value.disabledReason}`;
      yield { ...endpoint, task: `Mend and resume the endpoint: it is disabled.${why}` };
    } else if (status === "unverified")
      yield { ...endpoint, task: "Verify the endpoint: nothing is sent to it." };
    else if (failuresInARow > 0)
      yield { ...endpoint, task: `Mend the endpoint: ${failuresInARow} in a row didn't arrive.` };
  }
}

/** How far back it looks for months that were never closed. */
const MONTHS_BACK = 24;

/** Months into which something was booked and which are over; closing them is the orchestrator's. */
async function* openPeriods(reading: TriageReading): AsyncGenerator<Waiting> {
  const { context, party } = reading;
  const turn = orchestratorOf(reading);
  if (party !== undefined && party !== turn) return;
  const { timeZone } = context.catalog.ecosystem;
  const months = monthsBefore(context.now, MONTHS_BACK, timeZone);
  const closed = await context.read.getAll(collections.periods, months);
  for (const [index, id] of months.entries()) {
    if (closed[index] !== undefined || (await context.read.lastPosting(id)) === 0) continue;
    yield { kind: "period", id, turn, task: `Close ${id}.`, since: endOfMonth(id, timeZone) };
  }
}

/** Those on their way in, and those on their way out. */
async function* waitingParties(reading: TriageReading): AsyncGenerator<Waiting> {
  for await (const party of partiesOf("status:applied", reading)) {
    const step = (await stepsOf(party, reading.context)).find(({ state }) => state === "open");
    if (step === undefined) continue;
    const { title, turn, dueAt } = step;
    yield {
      kind: "onboarding",
      id: party.id,
      turn: turn === "orchestrator" ? orchestratorOf(reading) : party.id,
      task: `${String(title)}, to go on with the onboarding of ${party.id}.`,
      since: party.createdAt,
      dueAt: typeof dueAt === "string" ? dueAt : undefined,
    };
  }
  for await (const { id, leftAt, updatedAt } of partiesOf(EXITING_KEY, reading))
    yield { kind: "exit", id, turn: id, task: `Finish what is open, to be out.`, since: leftAt ?? updatedAt };
}

async function* partiesOf(key: string, { context, party }: TriageReading): AsyncGenerator<PartyRecord> {
  for await (const { value } of everyRecord<PartyRecord>(context.read, collections.parties, key))
    if (party === undefined || party === value.id || isOrchestrators(party, context)) yield value;
}

const isOrchestrators = (party: string, { catalog }: DecisionContext): boolean =>
  party === catalog.ecosystem.orchestrator;
