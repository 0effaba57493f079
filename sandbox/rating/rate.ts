import { makeCharge } from "./charge.ts";
import { choose, NOBODY, offerFor, type Run, tryEntries } from "./choose.ts";
import type { Book, CompiledAgreement, Offer } from "./compiled.ts";
import { selectParty } from "./conditions.ts";
import { traceOf } from "./delivery-trace.ts";
import type { CompiledEntry, NetCharge } from "./entry.ts";
import { type Exact, NumberFormatError, parseExact } from "./exact.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { refuseUnknownMeasures } from "./known-measures.ts";
import { recourseLegs } from "./legs.ts";
import { beyondLimit, clauseOf, isBeyond, refuseBeyondLimit } from "./limits.ts";
import { PriceError } from "./models/index.ts";
import type { Rated, RatingContext, RatingOutcome, ServiceLevelResult, Unrated } from "./outcome.ts";
import type { PricingContext } from "./pricing.ts";
import { refuseOrder, refuseProvider } from "./providers.ts";
import { byWeight } from "./split.ts";
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

/** Whether the provider that an order names is admitted, before anything was rendered. */
export function refuseProviderOf(
  book: Book,
  order: Delivery,
  context: RatingContext | undefined,
): Unrated | undefined {
  const run = runOf(book, order, { ...context, untraced: true });
  try {
    refuseOrder(run, offerFor(run, order.product));
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error.unrated;
    throw error;
  }
}

function runOf(book: Book, delivery: Delivery, context: RatingContext | undefined): Run {
  return {
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
}

function rateOrRefuse(book: Book, delivery: Delivery, context: RatingContext | undefined): Rated {
  const run = runOf(book, delivery, context);
  const offer = offerFor(run, delivery.product);
  const { entry, subject } = choose(run, offer, undefined, "");
  refuseProvider(run, offer, entry, subject);
  refusePartsOfNoBundle(delivery, entry);
  const net = netOf(run, offer, entry, subject);
  // After the price, which names what it misses: more telling than what there is too much of.
  refuseUnknownMeasures(delivery, book.measures);
  if (isBundle(entry)) rateBundle(run, offer, entry, net, subject);
  else addCharge(run, offer, entry, net, subject);
  const own = run.outcomes.length;
  addPurchases(run, offer, isBundle(entry) ? (delivery.parts ?? []) : undefined);
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
  refuseBeyondLimit(run, legs);
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

/** The net charge by an entry; what it can't price is refused with the clause. */
function netOf(
  run: Run,
  offer: Offer,
  entry: CompiledEntry,
  subject: Subject,
  context = contextOf(run, subject),
): NetCharge {
  try {
    const net = entry.net(context);
    if (isBeyond(net.netMinor)) throw beyondLimit(run, subject.product, net.netMinor, clauseOf(offer, entry));
    return net;
  } catch (error) {
    if (!(error instanceof PriceError || error instanceof NumberFormatError)) throw error;
    throw new Refused(
      "USAGE_INVALID",
      `The delivery ${run.delivery.id} of ${subject.product} can't be priced by ${clauseOf(offer, entry)}: ${error.message}.`,
      "Correct the delivery's usage; `eco specs lint` shows whether the rate card has a gap.",
      `${subject.pointer}/usage`,
    );
  }
}

/** Recourse and splits run down the chain in one currency: cents taken off yen would be neither. */
function sameCurrency(sale: Offer, other: Offer, entry: CompiledEntry, subject: Subject): void {
  if (sale.card.currency === other.card.currency && sale.card.setting.scale === other.card.setting.scale)
    return;
  throw new Refused(
    "CURRENCY_MISMATCH",
    `The delivery ${subject.delivery.id} is charged in ${sale.card.currency}, and ${clauseOf(other, entry)}, is in ${other.card.currency}.`,
    "Let all rate cards of a chain have one currency.",
    `${subject.pointer}/product`,
  );
}

function contextOf(run: Run, subject: Subject): PricingContext {
  const { traced, prior, counters } = run;
  const excused = run.context?.excused;
  return { subject, traced, prior, counters, ...(excused === undefined ? {} : { excused }) };
}

/** One price over several parts: each gets its part of it by its own list price, and is then charged as its own product. */
function rateBundle(run: Run, whole: Offer, bundle: CompiledEntry, net: NetCharge, subject: Subject): void {
  const { delivery } = run;
  const parts = delivery.parts ?? [];
  checkParts(bundle, parts, subject);
  const priced = parts.map((part, i) => {
    const offer = offerFor(run, part.product, `/parts/${i}/product`);
    const { entry, subject: own } = choose(run, offer, part, `/parts/${i}`);
    refuseProvider(run, offer, entry, own);
    sameCurrency(whole, offer, entry, own);
    const listed = { ...contextOf(run, own), listed: true as const };
    return { offer, entry, subject: own, list: netOf(run, offer, entry, own, listed) };
  });
  const allocated = byWeight(net.netMinor, listWeights(priced.map(({ list }) => list.netMinor)));
  priced.forEach(({ offer, entry, subject: own, list }, i) => {
    const netMinor = allocated[i] ?? 0n;
    const node = run.traced
      ? {
          list: list.node,
          bundle: { product: delivery.product, agreement: whole.cited, rateCard: bundle.cited, ...net.node },
          netMinor: minorValue(netMinor),
        }
      : {};
    addCharge(run, offer, entry, { ...list, netMinor, funded: [], node }, own);
  });
}

/** A list price that gives something back weighs nothing; where nothing has a list price, all parts weigh the same. */
function listWeights(listMinor: readonly bigint[]): readonly Exact[] {
  const priced = listMinor.some((minor) => minor > 0n);
  return listMinor.map((minor) => ({ n: priced ? (minor > 0n ? minor : 0n) : 1n, d: 1n }));
}

function refusePartsOfNoBundle({ id, product, parts = [] }: Delivery, entry: CompiledEntry): void {
  if (parts.length === 0 || isBundle(entry)) return;
  throw new Refused(
    "USAGE_INVALID",
    `${product} is no bundle; the delivery ${id} has parts all the same.`,
    "Leave `parts` out, or submit them as deliveries that name this one as their `parent`.",
    "/parts",
  );
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
function addPurchases(run: Run, sale: Offer, parts: readonly DeliveryPart[] | undefined): void {
  if (parts === undefined) purchasesOf(run, sale, run.delivery.product, undefined, "");
  else for (const [i, part] of parts.entries()) purchasesOf(run, sale, part.product, part, `/parts/${i}`);
}

function purchasesOf(
  run: Run,
  sale: Offer,
  product: string,
  part: DeliveryPart | undefined,
  pointer: string,
): void {
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
    sameCurrency(sale, offer, entry, subject);
    addCharge(run, offer, entry, netOf(run, offer, entry, subject), subject);
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
