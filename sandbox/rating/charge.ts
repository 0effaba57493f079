import type { Offer } from "./compiled.ts";
import { selectParty } from "./conditions.ts";
import type { Funding } from "./discounts.ts";
import type { PartySelector } from "./documents.ts";
import type { CompiledEntry, NetCharge } from "./entry.ts";
import {
  companyLeg,
  type LegSetting,
  legOfCharge,
  type OpenRecourse,
  openRecourse,
  takeRecourse,
} from "./legs.ts";
import type { ServiceLevelResult } from "./outcome.ts";
import type { PricingContext } from "./pricing.ts";
import { type Division, type ShareOut, shareOut } from "./shares.ts";
import { Refused, type Subject } from "./subject.ts";
import { type TaxRate, UNTAXED } from "./tax.ts";
import { fundedNet, netOfTax, type TaxedLine, taxOf } from "./tax-line.ts";
import { minorValue, type NodeInMaking, type TraceNode } from "./trace.ts";
import type { Charge, Leg, PartyId, Recourse, Share } from "./types.ts";

/** A charge with everything that follows from it. */
export interface ChargeOutcome {
  readonly offer: Offer;
  readonly entry: CompiledEntry;
  readonly charge: Charge;
  readonly legs: readonly Leg[];
  readonly serviceLevels: readonly ServiceLevelResult[];
  readonly node: TraceNode;
}

export interface ChargeRequest {
  /** Place among the delivery's charges. */
  readonly index: number;
  readonly offer: Offer;
  readonly entry: CompiledEntry;
  readonly net: NetCharge;
  readonly context: PricingContext;
  /** Recourse that earlier charges left for legs further down the chain; this charge adds its own. */
  readonly open: OpenRecourse[];
}

/** From a net charge: its split, its service credit with recourse, its tax, and the legs between the companies. */
export function makeCharge(request: ChargeRequest): ChargeOutcome {
  const { index, offer, entry, net, context } = request;
  const { subject, traced } = context;
  const { card } = offer;
  const isPurchase = entry.content.side === "purchase";
  const payer = partyFor(entry.content.payer, isPurchase ? "provider" : "customer", subject);
  const payee = partyFor(entry.content.payee, isPurchase ? "supplier" : "orchestrator", subject);
  const side = payer === subject.delivery.customer ? "sale" : "purchase";
  const rate = rateFor(entry.content.taxCode, offer, subject);
  const taxed: TaxedLine = { card, rate, payer, context, running: [] };
  const netMinor = netOfTax(net.netMinor, taxed);

  const passedOn = isPurchase ? takeRecourse(request.open, subject.product, payee, payer, netMinor) : 0n;
  const quality = isPurchase ? NO_BREACH : assess(offer, context, netMinor, payee);
  const serviceCreditMinor = passedOn + quality.creditMinor;
  const taxMinor = taxOf(net.netMinor, netMinor, serviceCreditMinor, taxed);

  const outs: ShareOut[] = [];
  const splitNodes: TraceNode[] = [];
  const division = { from: payee, subject, into: outs, nodes: traced ? splitNodes : undefined };
  divideNet(entry, netMinor, fundedNet(net, netMinor, taxed), division);
  const charge: Charge = {
    id: `${subject.delivery.id}.${index}`,
    deliveryId: subject.delivery.id,
    product: subject.product,
    side,
    payer,
    payee,
    currency: card.currency,
    netMinor,
    serviceCreditMinor,
    taxCode: rate.code,
    taxMinor,
    payableMinor: netMinor - serviceCreditMinor + taxMinor,
    shares: sharesOf(outs, netMinor, payee),
    recourse: quality.recourse,
  };
  if (quality.recourse.length > 0) request.open.push(...openRecourse(subject.product, quality.recourse));
  const legs = legsOf(charge, outs, rate, request);
  const node = traced ? chargeNode(charge, request, splitNodes, quality.nodes, passedOn, taxed) : {};
  return { offer, entry, charge, legs, serviceLevels: quality.results, node };
}

/** What the payer pays, and what companies pay each other of it. */
function legsOf(
  charge: Charge,
  outs: readonly ShareOut[],
  rate: TaxRate,
  { index, offer, context: { subject }, open }: ChargeRequest,
): Leg[] {
  const { card } = offer;
  const setting: LegSetting = {
    currency: card.currency,
    scale: card.setting.scale,
    mode: card.setting.mode,
    tax: card.tax,
    customer: subject.delivery.customer,
    deliveryId: subject.delivery.id,
  };
  const legs = [legOfCharge(String(index), charge, rate, setting)];
  for (const { party, from, place, grossMinor, taxCode } of outs) {
    if (party === from || grossMinor === 0n) continue;
    const id = `${index}/share/${place}`;
    const shareRate = taxCode === undefined ? rate : rateFor(taxCode, offer, subject);
    const credit = takeRecourse(open, subject.product, party, from, grossMinor);
    legs.push(companyLeg(id, subject.product, from, party, grossMinor, credit, shareRate, setting));
  }
  return legs;
}

function chargeNode(
  charge: Charge,
  { offer, entry, net }: ChargeRequest,
  split: readonly TraceNode[],
  serviceLevels: readonly TraceNode[],
  passedOn: bigint,
  { rate, running }: TaxedLine,
): TraceNode {
  const { card } = offer;
  const node: NodeInMaking = {
    id: charge.id,
    product: charge.product,
    side: charge.side,
    payer: charge.payer,
    payee: charge.payee,
    agreement: offer.cited,
    rateCard: entry.cited,
  };
  for (const key in net.node) node[key] = net.node[key] ?? null;
  if (card.tax.inclusive) node["netOfTaxMinor"] = minorValue(charge.netMinor);
  if (split.length > 0) node["split"] = { remainder: entry.split?.policyText ?? "", shares: split };
  if (serviceLevels.length > 0) node["serviceLevels"] = serviceLevels;
  if (passedOn !== 0n) node["recourseMinor"] = minorValue(passedOn);
  node["serviceCreditMinor"] = minorValue(charge.serviceCreditMinor);
  node["tax"] = {
    code: rate.code,
    percent: rate.percentText,
    baseMinor: minorValue(charge.netMinor - charge.serviceCreditMinor),
    ...(running.length === 0 ? {} : { running }),
    taxMinor: minorValue(charge.taxMinor),
  };
  node["payableMinor"] = minorValue(charge.payableMinor);
  return node;
}

function partyFor(selector: PartySelector | undefined, role: string, subject: Subject): PartyId {
  const party = selector === undefined ? subject.partyOf(role) : selectParty(selector, subject);
  if (party !== undefined) return party;
  const wanted = selector?.role ?? role;
  throw new Refused(
    "PARTY_UNKNOWN",
    `Nobody has the role \`${wanted}\` in the delivery ${subject.delivery.id} of ${subject.product}.`,
    `Name the party under \`parties.${wanted}\`, or give the rate card's entry a stand-in for the role.`,
    `${subject.pointer}/parties/${wanted}`,
  );
}

function rateFor(code: string | undefined, { card }: Offer, subject: Subject): TaxRate {
  const wanted = code ?? (card.tax.has("standard") ? "standard" : undefined);
  if (wanted === undefined) return UNTAXED;
  const rate = card.tax.rateOn(wanted, subject.day);
  if (rate !== undefined) return rate;
  throw new Refused(
    "AGREEMENT_NOT_IN_FORCE",
    `The rate card ${card.citation.id} has no rate of the tax \`${wanted}\` for the day of the delivery ${subject.delivery.id}.`,
    "Extend the tax table of the rate card to that day.",
    `${subject.pointer}/startedAt`,
  );
}

const NO_BREACH = {
  creditMinor: 0n,
  recourse: [] as Recourse[],
  results: [] as ServiceLevelResult[],
  nodes: [] as TraceNode[],
};

function assess(
  offer: Offer,
  { subject, traced, excused: excuses }: PricingContext,
  netMinor: bigint,
  payee: PartyId,
): typeof NO_BREACH {
  if (offer.serviceLevels.length === 0) return NO_BREACH;
  const outcome = {
    creditMinor: 0n,
    recourse: [] as Recourse[],
    results: [] as ServiceLevelResult[],
    nodes: [] as TraceNode[],
  };
  for (const level of offer.serviceLevels) {
    const assessed = level.assess(subject, netMinor, payee);
    if (assessed === undefined) continue;
    // Several breaches add up, but never to more than was charged; a charge that gives something back has no room for any.
    const excused = assessed.breached ? excuses?.[level.id] : undefined;
    const room =
      excused === undefined && netMinor > outcome.creditMinor ? netMinor - outcome.creditMinor : 0n;
    const creditMinor = assessed.creditMinor > room ? room : assessed.creditMinor;
    const { list, nodes } = assessed.recourse(creditMinor);
    outcome.creditMinor += creditMinor;
    outcome.recourse.push(...list);
    outcome.results.push({
      id: level.id,
      product: subject.product,
      measure: level.measure,
      value: assessed.value,
      breached: assessed.breached,
      ...(assessed.missed === undefined ? {} : { target: assessed.missed }),
      creditMinor,
      ...(excused === undefined ? {} : { excused }),
    });
    if (traced)
      outcome.nodes.push({
        ...assessed.trace(),
        ...(excused === undefined ? {} : { excused, creditMinor: minorValue(0n) }),
        ...(nodes.length === 0 ? {} : { recourse: nodes }),
      });
  }
  return outcome;
}

/** Splits the net; where a discount names its funder, the others get what they would have had without it. */
function divideNet(
  entry: CompiledEntry,
  netMinor: bigint,
  funded: readonly Funding[],
  division: Division,
): void {
  if (entry.split === undefined) return;
  const { from, into, nodes } = division;
  const back = funded.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  shareOut(entry.split, netMinor + back, division);
  for (const [i, { party, amountMinor }] of funded.entries()) {
    const place = `funded/${i}`;
    into.push({
      place,
      party,
      from,
      taxCode: undefined,
      grossMinor: -amountMinor,
      amountMinor: -amountMinor,
    });
    nodes?.push({ party, rule: "funds the discount", amountMinor: minorValue(-amountMinor) });
  }
}

/** One share a party, in order of first mention: what it keeps. They always sum to the net charge. */
function sharesOf(outs: readonly ShareOut[], netMinor: bigint, payee: PartyId): readonly Share[] {
  if (outs.length === 0) return [{ party: payee, amountMinor: netMinor }];
  const shares: { party: PartyId; amountMinor: bigint }[] = [];
  for (const { party, amountMinor } of outs) {
    const known = shares.find((share) => share.party === party);
    if (known === undefined) shares.push({ party, amountMinor });
    else known.amountMinor += amountMinor;
  }
  return shares;
}
