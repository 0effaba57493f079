import type { StoredRecord } from "../../store/store.ts";
import { oneByOne } from "../../values/pages.ts";
import { maySee } from "../access.ts";
import type { DecisionContext } from "../capability.ts";
import { ratingOf } from "../deliveries/rating-of.ts";
import type { DeliveryRecord } from "../deliveries/records.ts";
import { everyRecord } from "../page.ts";
import { collections } from "../records.ts";
import { monthsBetween } from "../scorecards/period.ts";
import { type WorkOrderRecord, workOrderParties } from "../work-orders/records.ts";
import { type IncidentRecord, incidentParties, scopeKeys } from "./records.ts";

type Scope = Pick<IncidentRecord, "products" | "parties">;
type Time = Pick<IncidentRecord, "since"> & { readonly until?: string };

/** Whether something of a product, in which these parties take part, is within what an incident affects. */
const isInScope = ({ products, parties }: Scope, product: string, participants: readonly string[]): boolean =>
  (products.length === 0 || products.includes(product)) &&
  (parties.length === 0 || parties.some((party) => participants.includes(party)));

/** Whether a delivery fell into an incident: in its scope, and at least in part in its time. */
export function isHit(
  incident: Scope & Time,
  { product, startedAt, endedAt, internal }: DeliveryRecord,
): boolean {
  if (!isInScope(incident, product, internal.participants)) return false;
  const [from, to] = [Date.parse(startedAt), Date.parse(endedAt ?? startedAt)];
  const { since, until } = incident;
  return to >= Date.parse(since) && (until === undefined || from <= Date.parse(until));
}

/** The incidents into which a delivery fell, that the caller may see, oldest first. */
export async function incidentsOn(
  delivery: DeliveryRecord,
  context: DecisionContext,
): Promise<IncidentRecord[]> {
  const found = new Map<string, StoredRecord<IncidentRecord>>();
  for (const key of scopeKeys([delivery.product], delivery.internal.participants))
    for await (const stored of everyRecord<IncidentRecord>(context.read, collections.incidents, key))
      if (isHit(stored.value, delivery) && maySee(context, incidentParties(stored.value)))
        found.set(stored.id, stored);
  return [...found.values()].sort((one, other) => one.sequence - other.sequence).map(({ value }) => value);
}

const WAITING = new Set(["offered", "accepted", "rescheduled", "in-progress"]);

/**
 * Whom an incident concerns: the parties that it names; who renders and sells the products by their rate cards; who takes
 * part in a delivery that fell into it, or in a work order that is under way. Who came to be known before stays.
 *
 * @returns all of them, and the last delivery that was looked at: the next time goes on behind it
 */
export async function affectedBy(
  incident: Scope & Time & Pick<IncidentRecord, "affected" | "lookedUpTo">,
  context: DecisionContext,
): Promise<Pick<IncidentRecord, "affected" | "lookedUpTo">> {
  const { read } = context;
  const affected = new Set([...incident.affected, ...incident.parties, ...byRateCards(incident, context)]);
  let { lookedUpTo } = incident;
  // One that goes on into the incident may have begun in any month.
  const months = { from: monthsBetween(incident.since, incident.since).from };
  const deliveries = oneByOne(
    (page) => read.list<DeliveryRecord>({ collection: collections.deliveries, months, ...page }),
    lookedUpTo,
  );
  for await (const { value, sequence } of deliveries) {
    lookedUpTo = sequence;
    if (value.status !== "cancelled" && isHit(incident, value))
      for (const party of value.internal.participants) affected.add(party);
  }
  for await (const { value } of everyRecord<WorkOrderRecord>(read, collections.workOrders)) {
    const parties = workOrderParties(value);
    if (WAITING.has(value.status) && isInScope(incident, value.product, parties))
      for (const party of parties) affected.add(party);
  }
  return { affected: [...affected].sort(), lookedUpTo };
}

/** Where parties are named, only what they do is affected, and others who could do it are not. */
function byRateCards({ products, parties }: Scope, { catalog }: DecisionContext): string[] {
  const rating = ratingOf(catalog);
  if ("kind" in rating || parties.length > 0) return [];
  return products.flatMap((product) => {
    const { provider, parties: roles = {} } = rating.describe(product) ?? {};
    return [provider, ...Object.values(roles)].filter((party) => typeof party === "string");
  });
}
