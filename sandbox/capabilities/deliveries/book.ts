import type { Leg, Rated, Rating } from "../../rating/index.ts";
import type { DecisionContext, Refusal } from "../capability.ts";
import { type Changes, joinChanges, noChanges } from "../changes.ts";
import { pick } from "../define.ts";
import { withCredits } from "../disputes/money.ts";
import { chargeToJson, legToJson } from "../money.ts";
import { legsOf } from "./bookings.ts";
import { CounterBook } from "./counters.ts";
import { deliveryEvent, serviceLevelEvents } from "./events.ts";
import { countLarge, hasLarge } from "./large-amounts.ts";
import { acceptancesFor, type Occasion, participantsOf, refuseParticipants } from "./parties.ts";
import { type Means, type Placed, rateAtItsPlace, refuseUnrated } from "./rate-at-its-place.ts";
import {
  type DeliveryRecord,
  type DeliveryRequest,
  type Excuses,
  requestOf,
  type StoredDelivery,
  type Submitted,
} from "./records.ts";
import { changesOf, type Known, planBooking, recordOf } from "./restate.ts";
import { Surroundings } from "./surroundings.ts";
import { BasisInMaking } from "./trace.ts";

/** A delivery to be rated, or rated anew. */
export interface Target {
  readonly request: DeliveryRequest;
  /** As it is stored; absent for a new one. */
  readonly stored?: StoredDelivery;
  readonly submittedBy: string;
  /** What is kept of the content as it came first; absent for a new one. */
  readonly submitted?: Submitted;
  /** What of its breaches is excused from now on; as it was where left out. */
  readonly excused?: Excuses;
  /** Why it is rated anew, for the event. */
  readonly reason?: string;
  /** It ends something that was agreed before, such as a work order: who is leaving may still have a part in it. */
  readonly agreed?: true;
}

export interface Booking {
  readonly kind: "booked";
  readonly delivery: DeliveryRecord;
  readonly rated: Rated;
  readonly changes: Changes;
}

/**
 * Rates a delivery at its place in the total order and books what changes: for a new one everything, for a known one
 * new minus old per leg. Where it moves later deliveries of its counters to another tier, those are rated again too.
 */
export async function bookDelivery(
  target: Target,
  rating: Rating,
  context: DecisionContext,
  around = new Surroundings(context),
): Promise<Booking | Refusal> {
  const means: Means = { rating, context, around };
  const { request, stored, submittedBy, submitted, excused, reason } = target;
  const placed = await rateAtItsPlace(request, means, stored, excused);
  if (placed.kind === "refused") return placed;
  const { order, book, basis } = placed;
  const { rated, secret } = stored === undefined ? placed : await asItStands(placed, stored, context);
  const participants = participantsOf(rated);
  const wanted = { participants, period: periodOf(rated) };
  await around.lookUp(stored === undefined ? { ...wanted, customer: request.customer } : wanted);
  const inactive = refuseParticipants(participants, around.parties, occasionOf(target));
  if (inactive !== undefined) return inactive;
  const before = stored === undefined ? NONE_BEFORE : await legsOf(stored.value, context.read);
  const planned = planBooking(stored, before, rated.legs, around.openPeriod, context);
  const credits = stored?.value.internal.credits;
  // Who excuses a breach puts nothing right that was submitted.
  const amended = excused === undefined ? stored !== undefined : stored?.value.internal.amended === true;
  const known: Known = { submittedBy, submitted, order, credits, amended, secret, participants, basis };
  const status = stored === undefined ? "rated" : "corrected";
  const delivery = recordOf(rated, request, status, known, planned.standing, means);
  const events = [
    deliveryEvent(`delivery.${status}`, delivery, context, reason),
    ...serviceLevelEvents(delivery, rated, context),
  ];
  const kind = stored === undefined ? "rating" : "correction";
  const changes = changesOf(planned, { stored, delivery, kind, events }, context);
  const isAlone = stored === undefined && rated.counters.length === 0;
  const moved = isAlone
    ? noChanges
    : await moveCounters(target, { order, counters: rated.counters }, means, book);
  if ("code" in moved) return moved;
  const all = isAlone ? changes : joinChanges(changes, moved);
  const counted = hasLarge(all) ? await countLarge(all, delivery.id, context) : all;
  return "code" in counted ? counted : { kind: "booked", delivery, rated, changes: counted };
}

/** With what disputes gave back. One that moves no amount stays under the fingerprint that statements prove its legs against. */
async function asItStands(
  { rated: fresh, secret }: Placed,
  { value }: StoredDelivery,
  { read }: DecisionContext,
): Promise<{ readonly rated: Rated; readonly secret: string }> {
  const { fingerprint, internal } = value;
  const rated = withCredits(fresh, internal.credits ?? [], secret);
  const asText = (legs: readonly Leg[]): string => JSON.stringify(legs.map(legToJson));
  return asText(rated.legs) === asText(await legsOf(value, read))
    ? { rated: { ...rated, fingerprint }, secret: internal.secret }
    : { rated, secret };
}

/** Takes a delivery out of its counters, as a cancellation does. */
export async function withdrawFromCounters(
  stored: StoredDelivery,
  rating: Rating,
  context: DecisionContext,
): Promise<Changes | Refusal> {
  const { order } = stored.value.internal;
  const target = { request: requestOf(stored.value), stored, submittedBy: "" };
  const means = { rating, context, around: new Surroundings(context) };
  return moveCounters(target, { order, counters: [] }, means);
}

async function moveCounters(
  target: Target,
  contribution: { readonly order: string; readonly counters: Rated["counters"] },
  means: Means,
  looked?: CounterBook,
): Promise<Changes | Refusal> {
  const former = target.stored?.value.internal;
  const counters = [...contribution.counters, ...(former?.counters ?? [])];
  if (counters.length === 0) return noChanges;
  const keys = [...new Set(counters.map(({ key }) => key))];
  const book = looked ?? new CounterBook(means.context.read);
  const { order } = contribution;
  if (former === undefined && (await book.isLast(keys, order))) {
    return joinChanges({ writes: await book.append(contribution.counters, order) });
  }
  book.change(target.request.id, contribution);
  const from = former !== undefined && former.order < order ? former.order : order;
  const parts: Changes[] = [];
  for (const later of await book.after(keys, from)) {
    if (later.id === target.request.id) continue;
    const part = await rateAgain(later, book, means);
    if ("code" in part) return part;
    parts.push(part);
  }
  return joinChanges(...parts, { writes: await book.restate(keys) });
}

/** A delivery that another one moved to a different tier: booked anew only where its amounts change. */
async function rateAgain(
  stored: StoredDelivery,
  book: CounterBook,
  means: Means,
): Promise<Changes | Refusal> {
  const { rating, context, around } = means;
  const { internal } = stored.value;
  const { order, submittedBy, credits = [], amended = false } = internal;
  const request = requestOf(stored.value);
  const basis = new BasisInMaking(await acceptancesFor(request, rating, around.parties), internal.excused);
  const { accepted } = basis;
  const priors = new Map<string, string>();
  for (const key of rating.counters(request, { accepted })) priors.set(key, await book.prior(key, order));
  basis.priors = priors;
  const secret = context.newSecret();
  const rerated = rating.rate(request, {
    prior: (key) => priors.get(key),
    accepted,
    excused: internal.excused,
    secret,
    untraced: credits.length === 0,
  });
  if (rerated.kind === "unrated") return refuseUnrated(rerated);
  const rated = withCredits(rerated, credits, secret);
  book.change(stored.id, { order, counters: rated.counters });
  const same = JSON.stringify(rated.charges.map(chargeToJson)) === JSON.stringify(stored.value.charges);
  if (same) return noChanges;
  const participants = participantsOf(rated);
  const known: Known = {
    submittedBy,
    submitted: pick(internal, ["contentDigest", "submittedTimes"]),
    order,
    credits,
    amended,
    secret,
    participants,
    basis: basis.made(context.catalog),
  };
  // An open dispute stays open: only its outcome gives the delivery another status.
  const status = stored.value.status === "disputed" ? "disputed" : "corrected";
  await around.lookUp({ participants, period: periodOf(rated) });
  const before = await legsOf(stored.value, context.read);
  const planned = planBooking(stored, before, rated.legs, around.openPeriod, context);
  const delivery = recordOf(rated, request, status, known, planned.standing, means);
  const reason = "Another delivery of the same period moved this one to another tier.";
  const events = [deliveryEvent("delivery.corrected", delivery, context, reason)];
  return changesOf(planned, { stored, delivery, kind: "correction", events }, context);
}

function occasionOf({ stored, agreed }: Target): Occasion {
  if (stored !== undefined) return { kind: "change", former: stored.value.internal.participants };
  return agreed === true ? AGREED : NEW;
}

const NEW: Occasion = { kind: "new" };
const AGREED: Occasion = { kind: "agreed" };
const NONE_BEFORE: readonly Leg[] = [];

/** The accounting period of a delivery's time. */
const periodOf = ({ startedAt }: Rated): string => startedAt.slice(0, 7);
