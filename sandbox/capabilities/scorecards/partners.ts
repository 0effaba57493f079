import { oneByOne } from "../../values/pages.ts";
import type { DecisionContext } from "../capability.ts";
import type { CertificationRecord, CertificationRunRecord } from "../certifications/records.ts";
import { objectAt, objectsIn } from "../define.ts";
import type { DeliveryRecord } from "../deliveries/records.ts";
import { everyRecord } from "../page.ts";
import { collections, type PartyRecord } from "../records.ts";
import { isReached, isWithin } from "./period.ts";
import type { ReadFacts, Reading } from "./reading.ts";

/** Parties that registered, each with how long it took to its first delivery. */
export async function* readFirstDeliveries(reading: Reading, from: number): AsyncGenerator<ReadFacts> {
  const { context, party, period } = reading;
  for await (const { value, sequence } of everyRecord<PartyRecord>(context.read, collections.parties)) {
    const { id, status, createdAt } = value;
    const isAsked = sequence > from && (party === undefined || party === id);
    if (status === "stand-in" || !isAsked) continue;
    const at = await firstRatedAt(id, createdAt, context);
    if (at === undefined || !isWithin(period, at)) continue;
    const whose = { provider: id, customer: id, participants: [id] };
    const waitedMs = Date.parse(at) - Date.parse(createdAt);
    yield { sequence, facts: [{ kind: "party", id, at, whose, waitedMs }] };
  }
}

/** Nearly always it is one of the first that a party takes part in. */
const FEW = 10;

/** When the first delivery in which a party takes part was rated since it registered: what the sandbox played before isn't its own. */
async function firstRatedAt(
  party: string,
  since: string,
  { read }: DecisionContext,
): Promise<string | undefined> {
  const deliveries = oneByOne(
    (page) => read.list<DeliveryRecord>({ collection: collections.deliveries, party, ...page }),
    0,
    FEW,
  );
  for await (const { id, value } of deliveries) {
    // A correction rates anew; the first booking keeps its time. What moved no money was booked by none.
    const [booking] = await read.transactions({ deliveryId: id, limit: 1 });
    const at = booking?.bookedAt ?? value.ratedAt;
    if (at >= since) return at;
  }
  return undefined;
}

/** Of each party the certification that was issued last by the end of the period and still stands. */
export async function certificatesInForce({
  context,
  period,
}: Reading): Promise<ReadonlyMap<string, CertificationRecord>> {
  const latest = new Map<string, CertificationRecord>();
  const all = everyRecord<CertificationRecord>(context.read, collections.certifications);
  for await (const { value } of all) {
    const { party, status, issuedAt } = value;
    if (status !== "issued" || issuedAt === undefined || !isReached(period, issuedAt)) continue;
    const known = latest.get(party)?.issuedAt;
    if (known === undefined || known <= issuedAt) latest.set(party, value);
  }
  return latest;
}

/** What the runs behind the certificates came to; those that were cut short have no report. */
export async function* readCertifications(reading: Reading, from: number): AsyncGenerator<ReadFacts> {
  const { context, party } = reading;
  const found = [...(await certificatesInForce(reading)).values()].sort((one, other) =>
    one.party < other.party ? -1 : 1,
  );
  for (const [index, { id, party: holder, issuedAt: at = "" }] of found.entries()) {
    if (index < from || (party !== undefined && party !== holder)) continue;
    const run = await context.read.get<CertificationRunRecord>(collections.certificationRuns, id);
    const results = objectsIn(objectAt(run?.value ?? {}, "report")["checks"]);
    const judged = results.filter(({ outcome }) => outcome === "passed" || outcome === "failed");
    const checks = judged.map((result) => ({
      id: String(objectAt(result, "definition")["id"]),
      passed: result["outcome"] === "passed",
    }));
    const whose = { provider: holder, customer: holder, participants: [holder] };
    yield { sequence: index + 1, facts: [{ kind: "certification", id, at, whose, checks }] };
  }
}
