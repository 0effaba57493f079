import type { Citation, Leg, PartyId, Rated } from "../rating/index.ts";

/**
 * `charged`: what the payer of a charge is charged in which the party has a part · `kept`: what another keeps of it · `paid`: what
 * the party itself is charged · `service-credit`, `recourse`: what lateness gives back or takes · `commitment`: what binds a
 * period · `prepaid`: drawn from what was paid ahead.
 */
export type LineKind = "charged" | "kept" | "paid" | "service-credit" | "recourse" | "commitment" | "prepaid";

/** Why a party gets or pays something. */
export interface LineCause {
  readonly kind: LineKind;
  /** Of the charge; of a commitment, what its leg names. */
  readonly product: string;
  /** The price by which it is charged: what a customer pays, or a company for what it buys in. */
  readonly side: "sale" | "purchase";
  /** Who is on the other side. */
  readonly other: PartyId;
  readonly agreement: Pick<Citation, "id" | "version">;
  /** Of the delivery's own price; a purchase behind it has one of its own. */
  readonly rateCard?: Pick<Citation, "id" | "version">;
  /** Id of the service level, where one alone was missed. */
  readonly serviceLevel?: string;
}

/** An amount of a party, positive where it gets it. Before tax. */
export interface LineAmount {
  readonly cause: LineCause;
  readonly currency: string;
  readonly amountMinor: number;
}

/** What a delivery comes to for a party, from what is charged down to what it keeps. They sum to its legs, before tax. */
export function* linesOf(party: PartyId, rated: Rated): Iterable<LineAmount> {
  const { currency } = rated;
  const cited = { agreement: rated.agreement, rateCard: rated.rateCard };
  for (const { product, side, payer, payee, netMinor, shares } of rated.charges) {
    const line = (kind: LineKind, other: PartyId, amountMinor: bigint): LineAmount => ({
      cause: { kind, product, side, other, ...cited },
      currency,
      amountMinor: Number(amountMinor),
    });
    if (payer === party) yield line("paid", payee, -netMinor);
    if (payee !== party && !shares.some((share) => share.party === party)) continue;
    yield line("charged", payer, netMinor);
    for (const share of shares)
      if (share.party !== party) yield line("kept", share.party, -share.amountMinor);
  }
  for (const leg of rated.legs) {
    const sign = signOf(party, leg);
    if (sign === 0) continue;
    const { product } = leg;
    const missed = rated.serviceLevels.filter((level) => level.breached && level.product === product);
    const [only] = missed;
    const cause = {
      product,
      side: leg.kind === "purchase" ? ("purchase" as const) : ("sale" as const),
      other: leg.payer === party ? leg.payee : leg.payer,
      ...cited,
      ...(only === undefined || missed.length > 1 ? {} : { serviceLevel: only.id }),
    };
    const kind = leg.kind === "sale" ? "service-credit" : "recourse";
    if (leg.creditMinor !== 0n)
      yield { cause: { kind, ...cause }, currency, amountMinor: -sign * Number(leg.creditMinor) };
    if (leg.kind === "recourse")
      yield { cause: { kind, ...cause }, currency, amountMinor: sign * Number(leg.netMinor) };
  }
}

/** 1 where the party is paid a leg, −1 where it pays it, 0 where it does neither or both. */
export const signOf = (party: PartyId, { payer, payee }: Pick<Leg, "payer" | "payee">): -1 | 0 | 1 => {
  if (payer === payee) return 0;
  if (payee === party) return 1;
  return payer === party ? -1 : 0;
};

/** The tax of a leg, as it concerns a party. */
export interface LegTax {
  /** What it gets or pays for good: it is nobody's to pass on, or the party can't take it off. */
  readonly ownMinor: number;
  /** On what it is paid, and passed on to the authority. */
  readonly passedOnMinor: number;
  /** On what it pays, and taken off again. */
  readonly takenOffMinor: number;
}

export function taxOf(party: PartyId, leg: Leg): LegTax {
  const sign = signOf(party, leg);
  const taxMinor = Number(leg.taxMinor);
  const isCollected = leg.taxAuthority !== undefined;
  // Whoever delivers to itself owes the tax all the same.
  const owned = leg.payer === party && !leg.taxRecovered ? -taxMinor : 0;
  return {
    ownMinor: isCollected ? owned : sign * taxMinor,
    passedOnMinor: isCollected && sign === 1 ? taxMinor : 0,
    takenOffMinor: isCollected && sign === -1 && leg.taxRecovered ? taxMinor : 0,
  };
}
