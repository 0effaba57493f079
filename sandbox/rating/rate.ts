import { makeCharge } from "./charge.ts";
import { choose, NOBODY, offerFor, type Run, tryEntries } from "./choose.ts";
import type { Book, CompiledAgreement, Offer } from "./compiled.ts";
import { selectParty } from "./conditions.ts";
import { traceOf } from "./delivery-trace.ts";
import type { CompiledEntry, NetCharge } from "./entry.ts";
import { NumberFormatError, parseExact } from "./exact.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { recourseLegs } from "./legs.ts";
import { PriceError } from "./models/index.ts";
import type { Rated, RatingContext, RatingOutcome, ServiceLevelResult } from "./outcome.ts";
import type { PricingContext } from "./pricing.ts";
import { compileSplit, splitMinor } from "./split.ts";
import { Refused, type Subject } from "./subject.ts";
import { formatMoment } from "./timing/moment.ts";
import { minorValue, type Trace } from "./trace.ts";
import type { Delivery, DeliveryPart, Leg, PartyId } from "./types.ts";

/** Rates one delivery. Never throws for what a delivery may hold: that becomes an `unrated` outcome. */
export function rateDelivery(
  book: Book,
  delivery: Delivery,
  context: RatingContext | undefined,
): RatingOutcome {
  try {
    return rateOrRefuse(book, delivery, context);
  } catch (error) {
    if (error instanceof Refused) return error.unrated;
    if (error instanceof PriceError || error instanceof NumberFormatError) {
      const fix = "Correct the delivery's usage; `eco specs lint` shows whether the rate card has a gap.";
      const detail = `The delivery ${delivery.id} of ${delivery.product} can't be priced: ${error.message}.`;
      return { kind: "unrated", code: "USAGE_INVALID", detail, fix, pointer: "/usage" };
    }
    throw error;
  }
}

function rateOrRefuse(book: Book, delivery: Delivery, context: RatingContext | undefined): Rated {
  const run: Run = {
    book,
    delivery,
    context,
    traced: context?.untraced !== true,
    counters: [],
    open: [],
    outcomes: [],
    standIns: new Map(),
    lastStart: undefined,
    prior(key) {
      const text = context?.prior?.(key);
      return text === undefined ? undefined : parseExact(text);
    },
  };
  const offer = offerFor(run, delivery.product);
  const { entry, subject } = choose(run, offer, undefined, "");
  const net = entry.net(contextOf(run, subject));
  if (isBundle(entry)) rateBundle(run, entry, net, subject);
  else addCharge(run, offer, entry, net, subject);
  const own = run.outcomes.length;
  addPurchases(run, isBundle(entry) ? (delivery.parts ?? []) : undefined);
  return assemble(run, offer, subject, net, own);
}

const NO_TRACE: Trace = {};

function assemble(run: Run, offer: Offer, subject: Subject, net: NetCharge, own: number): Rated {
  const { delivery, outcomes } = run;
  const { card } = offer;
  const legs: Leg[] = [];
  const serviceLevels: ServiceLevelResult[] = [];
  let [netMinor, serviceCreditMinor, taxMinor] = [0n, 0n, 0n];
  for (let i = 0; i < outcomes.length; i++) {
    const outcome = outcomes[i];
    if (outcome === undefined) break;
    for (const leg of outcome.legs) legs.push(leg);
    for (const level of outcome.serviceLevels) serviceLevels.push(level);
    if (i >= own) continue;
    netMinor += outcome.charge.netMinor;
    serviceCreditMinor += outcome.charge.serviceCreditMinor;
    taxMinor += outcome.charge.taxMinor;
  }
  if (run.open.length > 0) legs.push(...recourseLegs(run.open, legSettingOf(offer, delivery)));
  const startedAt = formatMoment(subject.start);
  const rated: { -readonly [K in keyof Rated]: Rated[K] } = {
    kind: "rated",
    deliveryId: delivery.id,
    product: delivery.product,
    currency: card.currency,
    scale: card.setting.scale,
    netMinor,
    serviceCreditMinor,
    taxMinor,
    payableMinor: netMinor - serviceCreditMinor + taxMinor,
    charges: outcomes.map(({ charge }) => charge),
    legs,
    counters: run.counters,
    serviceLevels,
    windows: net.windows,
    agreement: offer.agreement.citation,
    rateCard: card.citation,
    startedAt,
    trace: NO_TRACE,
  };
  if (net.bound !== undefined) rated.bound = net.bound;
  if (subject.end !== undefined) rated.endedAt = formatMoment(subject.end);
  if (run.traced) rated.trace = traceOf(run, offer, startedAt, rated.endedAt, legs);
  if (run.context?.secret !== undefined) rated.fingerprint = fingerprintOf(legs, run.context.secret);
  return rated;
}

function legSettingOf({ card }: Offer, delivery: Delivery): Parameters<typeof recourseLegs>[1] {
  const { scale, mode } = card.setting;
  return {
    currency: card.currency,
    scale,
    mode,
    tax: card.tax,
    customer: delivery.customer,
    deliveryId: delivery.id,
  };
}

function isBundle({ content }: CompiledEntry): boolean {
  return "model" in content.price && content.price.model === "bundle";
}

function addCharge(run: Run, offer: Offer, entry: CompiledEntry, net: NetCharge, subject: Subject): void {
  const context = contextOf(run, subject);
  run.outcomes.push(makeCharge({ index: run.outcomes.length, offer, entry, net, context, open: run.open }));
}

function contextOf(run: Run, subject: Subject): PricingContext {
  return { subject, traced: run.traced, prior: run.prior, counters: run.counters };
}

/** One price over several parts: each gets its part of it by its own list price, and is then charged as its own product. */
function rateBundle(run: Run, bundle: CompiledEntry, net: NetCharge, subject: Subject): void {
  const { delivery } = run;
  const parts = delivery.parts ?? [];
  checkParts(bundle, parts, subject);
  const priced = parts.map((part, i) => {
    const offer = offerFor(run, part.product, `/parts/${i}/product`);
    const { entry, subject: own } = choose(run, offer, part, `/parts/${i}`);
    return { offer, entry, subject: own, list: entry.net(contextOf(run, own)) };
  });
  const weights = priced.map(({ list }) => ({ kind: "ratio" as const, ratio: { n: list.netMinor, d: 1n } }));
  const allocated = splitMinor(net.netMinor, compileSplit(weights, "largest-remainder"));
  priced.forEach(({ offer, entry, subject: own, list }, i) => {
    const netMinor = allocated[i]?.amountMinor ?? 0n;
    const node = run.traced
      ? {
          list: list.node,
          bundle: { product: delivery.product, clause: bundle.pointer, priceMinor: minorValue(net.netMinor) },
          netMinor: minorValue(netMinor),
        }
      : {};
    addCharge(run, offer, entry, { ...list, netMinor, funded: [], node }, own);
  });
}

function checkParts({ content }: CompiledEntry, parts: readonly DeliveryPart[], subject: Subject): void {
  const wanted =
    "model" in content.price && content.price.model === "bundle" ? [...content.price.parts].sort() : [];
  const given = parts.map(({ product }) => product).sort();
  if (wanted.length === given.length && wanted.every((product, i) => product === given[i])) return;
  throw new Refused(
    "USAGE_INVALID",
    `${content.product} is made of ${wanted.join(", ")}; the delivery ${subject.delivery.id} has ${given.join(", ") || "no parts"}.`,
    "Give the delivery `parts`, one for each product of the bundle.",
    "/parts",
  );
}

/** What companies of the chain pay each other behind this delivery, where an agreement between them is in force. */
function addPurchases(run: Run, parts: readonly DeliveryPart[] | undefined): void {
  if (parts === undefined) purchasesOf(run, run.delivery.product, undefined, "");
  else for (const [i, part] of parts.entries()) purchasesOf(run, part.product, part, `/parts/${i}`);
}

function purchasesOf(run: Run, product: string, part: DeliveryPart | undefined, pointer: string): void {
  const offers = run.book.purchases.get(product);
  if (offers === undefined) return;
  const done = new Set<string>();
  for (const offer of offers) {
    if (done.has(offer.card.citation.id)) continue;
    const chosen = tryEntries(run, offer, part, pointer, run.standIns.get(product) ?? NOBODY);
    if (chosen === undefined) continue;
    const { entry, subject } = chosen;
    if (!offer.card.inForce(subject.day) || !offer.agreement.inForce(subject.day)) continue;
    if (!engages(offer.agreement, entry, subject, run.context)) continue;
    done.add(offer.card.citation.id);
    addCharge(run, offer, entry, entry.net(contextOf(run, subject)), subject);
  }
}

function engages(
  agreement: CompiledAgreement,
  { content }: CompiledEntry,
  subject: Subject,
  context: RatingContext | undefined,
): boolean {
  const payer = selectParty(content.payer ?? { role: "provider" }, subject);
  const payee = selectParty(content.payee ?? { role: "supplier" }, subject);
  const engaged = (party: PartyId | undefined): boolean =>
    party !== undefined && agreement.binds(party, context);
  return payer !== payee && engaged(payer) && engaged(payee);
}
