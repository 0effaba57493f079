import type { Sighting } from "../../measures/daily.ts";
import { chargeInvolves, type DeliveryRecord } from "../deliveries/records.ts";
import type { CaseRecord } from "../disputes/case-records.ts";
import type { DisputeRecord } from "../disputes/records.ts";
import { collections } from "../records.ts";
import { deliveriesOf, readFacts, recordsOf } from "../scorecards/facts.ts";
import { monthsBetween } from "../scorecards/period.ts";
import type { Reading } from "../scorecards/reading.ts";
import type { WorkOrderRecord } from "../work-orders/records.ts";
import type { Days } from "./days.ts";

/** What is read of the store for a brief: what its party takes part in, or everything. */
export type BriefReading = Pick<Reading, "context" | "party">;

type Reader = (reading: BriefReading, days: Days) => AsyncGenerator<Sighting>;

/** What the records say to the signals, one after the other. */
export async function* readSightings(
  reading: BriefReading,
  days: Days,
  signals: readonly string[],
): AsyncGenerator<Sighting> {
  for (const [reader, told] of READERS)
    if (told.some((signal) => signals.includes(signal))) yield* reader(reading, days);
}

async function* readDeliveries(reading: BriefReading, days: Days): AsyncGenerator<Sighting> {
  const { orchestrator } = reading.context.catalog.ecosystem;
  for await (const { value } of deliveriesOf(reading, monthsBetween(days.since, days.until))) {
    const { id, product, customer, provider = orchestrator, startedAt, status, internal } = value;
    // The day by the clocks of its rate card, as its month is.
    const day = days.indexOfDate(startedAt.slice(0, 10));
    const about = { id, day, subjects: { provider, product, customer } };
    yield { ...about, signal: "cancellations", part: Number(status === "cancelled") };
    if (status === "cancelled") continue;
    yield { ...about, signal: "deliveries", part: 1 };
    yield { ...about, signal: "corrections", part: Number(internal.amended === true) };
    if (internal.serviceLevels.length > 0) {
      const missed = internal.serviceLevels.some(({ breached }) => breached === true);
      yield { ...about, signal: "service-levels-missed", part: Number(missed) };
    }
    if (seesSale(value, reading.party))
      yield { ...about, signal: "credits", part: Number(value.serviceCreditMinor > 0) };
  }
}

/** What a customer is credited is shown to those who have a part in the sale, and to no supplier behind them. */
const seesSale = ({ charges }: DeliveryRecord, party: string | undefined): boolean =>
  party === undefined || charges.some((charge) => charge.side === "sale" && chargeInvolves(charge, party));

async function* readOrders(reading: BriefReading, days: Days): AsyncGenerator<Sighting> {
  for await (const { value } of recordsOf<WorkOrderRecord>(collections.workOrders, reading)) {
    const { id, product, customer, createdAt, attempts } = value;
    const provider = attempts[0]?.provider ?? value.provider;
    const asked = { id, subjects: { provider, product, customer } };
    yield { ...asked, signal: "orders", day: days.indexOf(createdAt), part: 1 };
    yield* readAnswers(value, days);
    const taken = attempts.findIndex(({ outcome }) => outcome === "accepted");
    const end = attempts.at(taken);
    // Nobody has taken it, and somebody still may; or it was called off before anybody could.
    if (end === undefined || (taken === -1 && value.status !== "unfulfilled")) continue;
    const day = days.indexOf(end.at);
    yield { ...asked, signal: "orders-unfulfilled", day, part: Number(taken === -1) };
    if (taken >= 0) yield { ...asked, signal: "orders-substituted", day, part: Number(taken > 0) };
  }
}

function* readAnswers(
  { id, product, createdAt, attempts }: WorkOrderRecord,
  days: Days,
): Generator<Sighting> {
  for (const [index, { provider, outcome, at }] of attempts.entries()) {
    if (outcome === "offered") continue;
    const about = { id, day: days.indexOf(at), subjects: { provider, product } };
    yield { ...about, signal: "orders-refused", part: Number(outcome !== "accepted") };
    if (outcome === "silent") continue;
    const seconds = (Date.parse(at) - Date.parse(attempts[index - 1]?.at ?? createdAt)) / 1000;
    // What is answered at once took a second: logarithms begin there.
    yield { ...about, signal: "response-time", part: Math.log(Math.max(1, seconds)) };
  }
}

async function* readCases(reading: BriefReading, days: Days): AsyncGenerator<Sighting> {
  const { orchestrator } = reading.context.catalog.ecosystem;
  for await (const { value } of recordsOf<CaseRecord>(collections.cases, reading)) {
    const { id, customer, openedAt, resolvedAt, assignees, firstContact } = value;
    yield { signal: "cases", id, day: days.indexOf(openedAt), part: 1, subjects: { customer } };
    if (typeof resolvedAt !== "string") continue;
    const subjects = { provider: assignees.at(-1) ?? orchestrator };
    const part = Number(firstContact !== true);
    yield { signal: "contacts-repeated", id, day: days.indexOf(resolvedAt), part, subjects };
  }
}

async function* readDisputes(reading: BriefReading, days: Days): AsyncGenerator<Sighting> {
  for await (const { value } of recordsOf<DisputeRecord>(collections.disputes, reading)) {
    const { id, openedAt, openedBy: party } = value;
    yield { signal: "disputes", id, day: days.indexOf(openedAt), part: 1, subjects: { party } };
  }
}

async function* readDispatches(reading: BriefReading, days: Days): AsyncGenerator<Sighting> {
  const period = { kind: "span", from: "0001-01-01T00:00:00Z", until: days.until } as const;
  for await (const { facts } of readFacts("dispatches", { ...reading, period, withSubstitutes: false }))
    for (const fact of facts) {
      if (fact.kind !== "dispatch") continue;
      const { id, at, arrived, whose } = fact;
      const about = { day: days.indexOf(at), subjects: { party: whose.provider } };
      yield { ...about, signal: "dispatches-failed", id, part: Number(!arrived) };
    }
}

/** Which signals each of them speaks to. */
const READERS: readonly (readonly [Reader, readonly string[]])[] = [
  [readDeliveries, ["deliveries", "cancellations", "corrections", "service-levels-missed", "credits"]],
  [readOrders, ["orders", "orders-refused", "orders-substituted", "orders-unfulfilled", "response-time"]],
  [readCases, ["cases", "contacts-repeated"]],
  [readDisputes, ["disputes"]],
  [readDispatches, ["dispatches-failed"]],
];
