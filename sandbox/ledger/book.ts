import type { Leg, PartyId } from "../rating/types.ts";
import { accountName, type Purpose } from "./account.ts";
import type { LedgerTransaction, Posting } from "./types.ts";

/**
 * Books legs: for each the payer's books, the payee's books and the tax authority's, each of which sums to zero by itself.
 * A leg of a correction (new minus old, negative amounts) books in the same way.
 */
export function postingsOf(legs: readonly Leg[]): Posting[] {
  return legs.flatMap(postingsOfLeg).filter(({ amountMinor }) => amountMinor !== 0n);
}

/** Shapes of {@link LedgerTransaction} but for the postings, which are made from `legs`. */
export function bookLegs({
  legs,
  ...transaction
}: Omit<LedgerTransaction, "postings"> & { readonly legs: readonly Leg[] }): LedgerTransaction {
  return { ...transaction, postings: postingsOf(legs) };
}

function postingsOfLeg(leg: Leg): Posting[] {
  const post = (
    party: PartyId,
    purpose: Purpose,
    counterparty: PartyId | undefined,
    amountMinor: bigint,
  ): Posting => ({
    account: accountName(party, purpose, counterparty),
    currency: leg.currency,
    amountMinor,
    deliveryId: leg.deliveryId,
    chargeId: leg.id,
  });
  const { payer, payee, netMinor, creditMinor, taxMinor, payableMinor } = leg;
  // A tax that nobody collects stays with the payee, as part of what it was paid.
  const authority = leg.taxAuthority;
  const recovered = leg.taxRecovered && authority !== undefined ? taxMinor : 0n;
  return [
    post(payer, "cost", undefined, netMinor - creditMinor + taxMinor - recovered),
    ...taxClaim(post, payer, authority, recovered),
    ...authorityRevenue(post, authority, recovered - taxMinor),
    post(payer, "payable", payee, -payableMinor),
    post(payee, "receivable", payer, payableMinor),
    post(payee, "revenue", undefined, authority === undefined ? -netMinor - taxMinor : -netMinor),
    post(payee, "service-credit", undefined, creditMinor),
    ...taxClaim(post, payee, authority, authority === undefined ? 0n : -taxMinor),
  ];
}

type Post = (
  party: PartyId,
  purpose: Purpose,
  counterparty: PartyId | undefined,
  amountMinor: bigint,
) => Posting;

/** Both sides of what a party can claim from the authority (positive) or owes it (negative). */
function taxClaim(
  post: Post,
  party: PartyId,
  authority: PartyId | undefined,
  amountMinor: bigint,
): Posting[] {
  if (authority === undefined) return [];
  return [post(party, "tax", authority, amountMinor), post(authority, "receivable", party, -amountMinor)];
}

/** What the authority earns of a leg: nothing, where the payer takes back what the payee owes. */
function authorityRevenue(post: Post, authority: PartyId | undefined, amountMinor: bigint): Posting[] {
  return authority === undefined ? [] : [post(authority, "revenue", undefined, amountMinor)];
}
