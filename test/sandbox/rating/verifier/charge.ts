import { periodOf } from "./clock.ts";
import { minor, ONE, percent, Q, ZERO } from "./fractions.ts";
import { type Accepted, binds, type Entry, inForce, type Offer } from "./offers.ts";
import { boundOf, type Counters, priceOf } from "./price.ts";
import { type OpenRecourse, qualityOf } from "./quality.ts";
import { list, type Raw, raw } from "./raw.ts";
import { byWeight, type ShareLeg, shareOut } from "./split.ts";
import { holds, maybeParty, partyOf, type Subject } from "./subject.ts";
import { isInclusive, netOfTax, rateOf, type TaxLine, taxOf, taxOn, taxWithin } from "./tax.ts";

/** An entry that was found to price a delivery, or a part of one. */
export interface Chosen {
  readonly product: string;
  readonly offer: Offer;
  readonly entry: Entry;
  readonly subject: Subject;
}

export interface World {
  readonly delivery: Raw;
  readonly agreements: readonly Raw[];
  readonly accepted: Accepted;
  readonly counters: Counters;
  /** Shared by all charges of the delivery, so that recourse reaches down the chain. */
  readonly open: OpenRecourse[];
}

interface Funding {
  readonly party: string;
  readonly minor: bigint;
}

/** A net charge by its price, as it is before split, credit and tax. */
export interface Net {
  readonly minor: bigint;
  readonly funded: readonly Funding[];
  readonly node: Raw;
}

export const scaleOf = (card: Raw): number =>
  Number(card["scale"] ?? DECIMALS[String(card["currency"])] ?? 2);
const DECIMALS: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  ISK: 0,
  KWD: 3,
  BHD: 3,
  TND: 3,
  OMR: 3,
  JOD: 3,
};
const modeOf = (card: Raw): string => String(raw(card["rounding"])["mode"] ?? "half-even");

/** `listed`: the list price of a bundle's part, which no statement sums. */
export function netOf({ offer, entry, subject }: Chosen, counters: Counters, listed = false): Net {
  const { card, agreement } = offer;
  const { content } = entry;
  const [scale, mode] = [scaleOf(card), modeOf(card)];
  const product = String(content["product"]);
  const scope = content["side"] === "purchase" ? `${String(card["id"])}:${product}` : product;
  const priced = priceOf(content, { subject, calendars: raw(card["calendars"]), counters, scope });
  const discounts = discountsOf(content, agreement, subject);
  const cut = discounts.reduce(
    (rest, each) => rest.times(ONE.minus(percent(each["percent"]))),
    priced.amount,
  );
  const { amount: exact, bound } = boundOf(content, cut);
  const rounded = roundNet(exact, card, `rounding/${scope}`, subject, listed ? undefined : counters);
  const off = minor(boundOf(content, priced.amount).amount, scale, mode) - rounded.minor;
  return {
    minor: rounded.minor,
    funded: fundings(off, discounts, priced.amount, subject),
    node: {
      price: priced.node,
      ...(discounts.length === 0
        ? {}
        : { discounts: discounts.map(({ id, percent: text }) => ({ id, percent: String(text) })) }),
      ...(bound === undefined ? {} : { [bound]: exact }),
      exact,
      ...rounded.node,
      netMinor: rounded.minor,
    },
  };
}

function roundNet(
  exact: Q,
  card: Raw,
  counter: string,
  { delivery, date }: Subject,
  counters: Counters | undefined,
): { readonly minor: bigint; readonly node: Raw } {
  const [scale, mode] = [scaleOf(card), modeOf(card)];
  if (raw(card["rounding"])["level"] !== "statement" || counters === undefined)
    return { minor: minor(exact, scale, mode), node: { rounding: mode } };
  const key = `${counter}/${String(delivery["customer"])}/${periodOf(date, "month")}`;
  const before = counters.before(key)?.quantity ?? ZERO;
  counters.add(key, exact);
  return {
    minor: minor(before.plus(exact), scale, mode) - minor(before, scale, mode),
    node: { rounding: `${mode}, by statement`, running: { period: key, before } },
  };
}

/** The entry's own, then those of the agreement for the product, as far as they apply. */
function discountsOf(entry: Raw, agreement: Raw, subject: Subject): readonly Raw[] {
  const agreed = list(raw(raw(agreement["terms"])["commercial"])["discounts"]).filter(
    ({ products }) => !Array.isArray(products) || products.includes(entry["product"]),
  );
  return [...list(entry["discounts"]), ...agreed].filter(
    (discount) => inForce(discount, subject.date) && holds(discount["when"], subject),
  );
}

/** What was taken off, by the discounts' parts in it; those that name a funder are borne by it. */
function fundings(off: bigint, discounts: readonly Raw[], amount: Q, subject: Subject): readonly Funding[] {
  let rest = amount;
  const weights = discounts.map((discount) => {
    const own = rest.times(percent(discount["percent"]));
    rest = rest.minus(own);
    return own.n < 0n ? own.negated() : own;
  });
  if (off === 0n || weights.every(({ n }) => n === 0n)) return [];
  return byWeight(off, weights).flatMap((own, i) => {
    const funder = discounts[i]?.["fundedBy"];
    const party = funder === undefined ? undefined : maybeParty(raw(funder), subject);
    return party === undefined || own === 0n ? [] : [{ party, minor: own }];
  });
}

export interface Charged {
  readonly node: Raw;
  readonly legs: readonly Raw[];
}

/** Everything that follows from a net charge: split, credit, recourse, tax, and the legs between the companies. */
export function chargeOf(index: number, chosen: Chosen, net: Net, world: World): Charged {
  const { offer, entry, subject, product } = chosen;
  const { card, agreement } = offer;
  const { content } = entry;
  const [scale, mode] = [scaleOf(card), modeOf(card)];
  const purchase = content["side"] === "purchase";
  const payer = partyOf(raw(content["payer"] ?? { role: purchase ? "provider" : "customer" }), subject);
  const payee = partyOf(raw(content["payee"] ?? { role: purchase ? "supplier" : "orchestrator" }), subject);
  const rate = rateOf(card, content["taxCode"], subject.date);
  const line: TaxLine = { card, rate, payer, subject, counters: world.counters, scale, mode, running: [] };
  const netMinor = netOfTax(net.minor, line);
  const passedOn = purchase ? take(world.open, product, payee, payer, netMinor) : 0n;
  const promised = { product, subject, scale, mode, agreements: world.agreements, accepted: world.accepted };
  const quality = purchase
    ? { credit: 0n, nodes: [], recourse: [] }
    : qualityOf(agreement, netMinor, payee, promised);
  const credit = passedOn + quality.credit;
  const taxMinor = taxOf(net.minor, netMinor, credit, line);
  const shared = dividedNet(content, netMinor, fundedNet(net, netMinor, line), payee, subject, scale);
  world.open.push(...quality.recourse.map((each) => ({ ...each })));
  const side = payer === world.delivery["customer"] ? "sale" : "purchase";
  const amounts = { netMinor, creditMinor: credit, taxMinor };
  const legs = [
    legNode(`${index}/${side}`, side, payer, payee, rate, amounts),
    ...shared.legs
      .filter((share) => share.party !== share.from && share.minor !== 0n)
      .map((share) => {
        const own = share.taxCode === undefined ? rate : rateOf(card, share.taxCode, subject.date);
        const back = take(world.open, product, share.party, share.from, share.minor);
        const tax = taxOn(share.minor - back, own, mode);
        return legNode(`${index}/share/${share.place}`, "share", share.from, share.party, own, {
          netMinor: share.minor,
          creditMinor: back,
          taxMinor: tax,
        });
      }),
  ];
  const node = {
    id: `${String(world.delivery["id"])}.${index}`,
    product,
    side,
    payer,
    payee,
    agreement: offer.cites.agreement,
    rateCard: citeEntry(offer, entry),
    ...net.node,
    ...(isInclusive(card) ? { netOfTaxMinor: netMinor } : {}),
    ...(shared.nodes.length === 0 ? {} : { split: { remainder: policyText(content), shares: shared.nodes } }),
    ...(quality.nodes.length === 0 ? {} : { serviceLevels: quality.nodes }),
    ...(passedOn === 0n ? {} : { recourseMinor: passedOn }),
    serviceCreditMinor: credit,
    tax: {
      ...rate,
      baseMinor: netMinor - credit,
      ...(line.running.length === 0 ? {} : { running: line.running }),
      taxMinor,
    },
    payableMinor: netMinor - credit + taxMinor,
  };
  return { node, legs };
}

export function citeEntry({ cites }: Offer, { pointer }: Entry): Raw {
  return { ...cites.card, clause: pointer };
}

function policyText(content: Raw): string {
  const remainder = raw(content["split"])["remainder"] ?? "first-listed";
  if (typeof remainder === "string") return remainder;
  return `to ${String(raw(remainder)["party"] ?? raw(remainder)["role"])}`;
}

/** Where a discount has a funder, the split is of what would have been without it, and the funder gives it back. */
function dividedNet(
  content: Raw,
  net: bigint,
  funded: readonly Funding[],
  payee: string,
  subject: Subject,
  scale: number,
): { readonly nodes: readonly Raw[]; readonly legs: readonly ShareLeg[] } {
  if (content["split"] === undefined) return { nodes: [], legs: [] };
  const whole = funded.reduce((total, each) => total + each.minor, net);
  const shared = shareOut(raw(content["split"]), whole, payee, subject, scale);
  return {
    nodes: [
      ...shared.nodes,
      ...funded.map((each) => ({ party: each.party, rule: "funds the discount", amountMinor: -each.minor })),
    ],
    legs: [
      ...shared.legs,
      ...funded.map((each, i) => ({
        place: `funded/${i}`,
        party: each.party,
        from: payee,
        minor: -each.minor,
        taxCode: undefined,
      })),
    ],
  };
}

/** Shares are without tax: so is what a funder bears. */
function fundedNet({ minor: gross, funded }: Net, net: bigint, line: TaxLine): readonly Funding[] {
  if (!isInclusive(line.card) || funded.length === 0) return funded;
  const before = funded.reduce((total, each) => total + each.minor, gross);
  const back = before - taxWithin(before, line.rate, line.mode) - net;
  const parts = byWeight(
    back,
    funded.map((each) => new Q(each.minor < 0n ? -each.minor : each.minor)),
  );
  return funded.map(({ party }, i) => ({ party, minor: parts[i] ?? 0n }));
}

/** Takes open recourse off a leg, never more than the leg holds. */
function take(
  open: readonly OpenRecourse[],
  product: string,
  party: string,
  to: string,
  net: bigint,
): bigint {
  let room = net > 0n ? net : 0n;
  for (const each of open) {
    if (each.product !== product || each.party !== party || each.to !== to) continue;
    const part = each.left < room ? each.left : room;
    each.left -= part;
    room -= part;
  }
  return net > 0n ? net - room : 0n;
}

interface Amounts {
  readonly netMinor: bigint;
  readonly creditMinor: bigint;
  readonly taxMinor: bigint;
}

export function legNode(
  id: string,
  kind: string,
  payer: string,
  payee: string,
  rate: { readonly code: string; readonly percent: Q },
  amounts: Amounts,
): Raw {
  const { netMinor, creditMinor, taxMinor } = amounts;
  const payableMinor = netMinor - creditMinor + taxMinor;
  return { id, kind, payer, payee, ...amounts, taxCode: rate.code, taxPercent: rate.percent, payableMinor };
}

/** Whether a purchase binds both of its companies. */
export function engages({ offer, entry, subject }: Chosen, accepted: Accepted): boolean {
  const payer = maybeParty(raw(entry.content["payer"] ?? { role: "provider" }), subject);
  const payee = maybeParty(raw(entry.content["payee"] ?? { role: "supplier" }), subject);
  if (payer === undefined || payee === undefined || payer === payee) return false;
  return binds(offer.agreement, payer, accepted) && binds(offer.agreement, payee, accepted);
}
