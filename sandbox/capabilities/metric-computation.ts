import { messageByEvent } from "../../specs/engine/catalog/lookup.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { Json, JsonObject, StoredEvent } from "../store/store.ts";
import { everyPage } from "../values/pages.ts";
import { serviceLevelsOf } from "./agreement-documents.ts";
import type { DecisionContext } from "./capability.ts";
import { isObject } from "./define.ts";
import type { DeliveryRecord } from "./delivery-records.ts";
import { everyRecord } from "./page.ts";
import { collections } from "./records.ts";

export interface MetricScope {
  /** Only what happened from this instant on. */
  readonly since: string;
  /** Only what this party did; all of the ecosystem without it. */
  readonly party?: string;
  readonly role?: string;
  /** The field of the events' data that names who is measured, where the metric declares it. */
  readonly field?: string;
}

export interface MetricSample {
  /** Absent where there is nothing to measure yet, or nobody measures it here. */
  readonly value?: number;
  /** From how many things it was computed. */
  readonly samples: number;
  /** Why there is no value. */
  readonly reason?: string;
}

const EVENTS_PAGE = 500;
const UNIT_MS: Readonly<Record<string, number>> = {
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
};

/** Computes one metric as its catalogue entry says: `compute` names its kind and what it counts. */
export async function computeMetric(
  compute: Json | undefined,
  scope: MetricScope,
  context: DecisionContext,
): Promise<MetricSample> {
  if (!isObject(compute)) return none("The metric's catalogue entry doesn't say how to compute it.");
  switch (compute["kind"]) {
    case "ratio":
    case "complement":
      return ratio(compute, scope, context);
    case "distinct":
      return distinct(compute, scope, context);
    case "evenness":
      return evenness(compute, scope, context);
    case "median-duration":
      return medianDuration(compute, scope, context);
    case "certification":
      return none("No certification with results of these checks has been issued.");
    default:
      return none("Measured by people, not from the sandbox's data.");
  }
}

const none = (reason: string): MetricSample => ({ samples: 0, reason });
const nothingYet = (samples: number): MetricSample => ({
  samples,
  reason: "Nothing to measure in the window yet.",
});

async function ratio(
  compute: JsonObject,
  scope: MetricScope,
  context: DecisionContext,
): Promise<MetricSample> {
  const whole = await count(compute["denominator"], scope, context);
  if (whole.amount === 0) return nothingYet(whole.samples);
  const part = await count(compute["numerator"], scope, context);
  const value = part.amount / whole.amount;
  return { value: compute["kind"] === "complement" ? 1 - value : value, samples: whole.samples };
}

/** What was counted or summed, and from how many things. */
interface Count {
  readonly amount: number;
  readonly samples: number;
}

/** `{event, where?, distinct?}` and `{events}` count events; `{charges: field}` sums minor units of what was rated. */
async function count(
  selector: Json | undefined,
  scope: MetricScope,
  context: DecisionContext,
): Promise<Count> {
  if (!isObject(selector)) return { amount: 0, samples: 0 };
  const { charges, distinct: field } = selector;
  if (typeof charges === "string") return sumOfCharges(charges, scope, context);
  const found = await eventsOf(selector, scope, context);
  const amount =
    typeof field === "string" ? new Set(found.map((event) => event.data[field])).size : found.length;
  return { amount, samples: amount };
}

async function eventsOf(
  selector: JsonObject,
  scope: MetricScope,
  context: DecisionContext,
): Promise<StoredEvent[]> {
  const { event, events, where, underServiceLevel } = selector;
  const names = Array.isArray(events) ? events : [event ?? ""];
  const promised = underServiceLevel === true ? productsUnderServiceLevel(context.catalog) : undefined;
  const found: StoredEvent[] = [];
  for (const name of names) {
    const type = messageByEvent(context.catalog, String(name))?.type;
    if (type === undefined) continue;
    const isCounted = (one: StoredEvent): boolean =>
      counts(one, where, scope) && promised?.has(String(one.data["product"])) !== false;
    const pages = everyPage(EVENTS_PAGE, (page) => context.read.events({ type, ...page }));
    for await (const page of pages) found.push(...page.filter(isCounted));
  }
  return found;
}

function counts(event: StoredEvent, where: Json | undefined, scope: MetricScope): boolean {
  if (event.time < scope.since) return false;
  if (scope.party !== undefined && !isDoneBy(event, scope.party, scope)) return false;
  if (!isObject(where)) return true;
  return Object.entries(where).every(([field, wanted]) => {
    const value = event.data[field];
    return Array.isArray(wanted) ? value !== undefined && wanted.includes(value) : value === wanted;
  });
}

/** The products for which some agreement promises a service level. */
function productsUnderServiceLevel(catalog: Catalog): ReadonlySet<unknown> {
  return new Set(serviceLevelsOf(catalog).flatMap((level) => level["products"] ?? []));
}

/** Fields by which an event's payload names who did it. */
const DOERS = ["provider", "assignee", "party", "partyId"];

/**
 * Who is measured is named by the metric's own field. Without one, complementors are measured by what they did
 * themselves; brokers, suppliers and customers by what they took part in, since no payload names them.
 */
function isDoneBy(event: StoredEvent, party: string, { role, field }: MetricScope): boolean {
  if (field !== undefined) return event.data[field] === party;
  const named = DOERS.map((field) => event.data[field]).filter((value) => value !== undefined);
  return role === "complementor" && named.length > 0 ? named.includes(party) : event.audience.includes(party);
}

async function sumOfCharges(field: string, scope: MetricScope, context: DecisionContext): Promise<Count> {
  const own = scope.party === undefined ? undefined : { party: scope.party };
  let amount = 0;
  let samples = 0;
  for await (const { value } of everyRecord<DeliveryRecord>(context.read, collections.deliveries, own)) {
    if (value.status === "cancelled" || value.ratedAt < scope.since) continue;
    if (scope.role === "complementor" && value["provider"] !== scope.party) continue;
    for (const charge of value.charges) {
      const minor = charge[field];
      if (charge.side !== "sale" || typeof minor !== "number") continue;
      amount += minor;
      samples += 1;
    }
  }
  return { amount, samples };
}

/** How many events each value of a field has. */
async function tally(
  compute: JsonObject,
  scope: MetricScope,
  context: DecisionContext,
): Promise<Map<string, number>> {
  const { of: selector } = compute;
  const counted = new Map<string, number>();
  if (!isObject(selector)) return counted;
  for (const event of await eventsOf(selector, scope, context)) {
    const value = event.data[String(selector["by"])];
    if (typeof value === "string") counted.set(value, (counted.get(value) ?? 0) + 1);
  }
  return counted;
}

async function distinct(
  compute: JsonObject,
  scope: MetricScope,
  context: DecisionContext,
): Promise<MetricSample> {
  const counted = await tally(compute, scope, context);
  return { value: counted.size, samples: total(counted) };
}

const total = (counted: ReadonlyMap<string, number>): number =>
  [...counted.values()].reduce((sum, each) => sum + each, 0);

/** One less the Gini coefficient: 1 when all have the same, towards 0 when one has all. */
async function evenness(
  compute: JsonObject,
  scope: MetricScope,
  context: DecisionContext,
): Promise<MetricSample> {
  const counted = await tally(compute, scope, context);
  const sum = total(counted);
  if (sum === 0) return nothingYet(0);
  const sorted = [...counted.values()].sort((left, right) => left - right);
  const weighted = sorted.reduce((acc, each, index) => acc + (index + 1) * each, 0);
  const gini = (2 * weighted) / (sorted.length * sum) - (sorted.length + 1) / sorted.length;
  return { value: 1 - gini, samples: sum };
}

/** The median time from the first event of one kind to the first of another, per value of their fields. */
async function medianDuration(
  compute: JsonObject,
  scope: MetricScope,
  context: DecisionContext,
): Promise<MetricSample> {
  const { from, to } = compute;
  if (!isObject(from) || !isObject(to)) return none("The metric's catalogue entry names no two events.");
  const starts = await firstTimes(from, scope, context);
  const ends = await firstTimes(to, scope, context);
  const durations = [...starts].flatMap(([key, start]) => {
    const end = ends.get(key);
    return end === undefined || end < start ? [] : [Date.parse(end) - Date.parse(start)];
  });
  if (durations.length === 0) return nothingYet(0);
  durations.sort((left, right) => left - right);
  const middle = Math.floor(durations.length / 2);
  const upper = durations[middle] ?? 0;
  const median = durations.length % 2 === 1 ? upper : ((durations[middle - 1] ?? 0) + upper) / 2;
  return { value: median / (UNIT_MS[String(compute["unit"])] ?? 3_600_000), samples: durations.length };
}

async function firstTimes(
  selector: JsonObject,
  scope: MetricScope,
  context: DecisionContext,
): Promise<Map<string, string>> {
  const first = new Map<string, string>();
  for (const event of await eventsOf(selector, scope, context)) {
    const key = event.data[String(selector["by"])];
    if (typeof key !== "string") continue;
    const known = first.get(key);
    if (known === undefined || event.time < known) first.set(key, event.time);
  }
  return first;
}
