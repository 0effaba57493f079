import type { Leg } from "../rating/types.ts";
import { accountName } from "./account.ts";
import type { LedgerTransaction, Posting } from "./types.ts";

/**
 * Books legs: for each the payer's books, the payee's books and the tax authority's, each of which sums to zero by itself.
 * A leg of a correction (new minus old, negative amounts) books in the same way.
 */
export function postingsOf(legs: readonly Leg[]): Posting[] {
  const postings: Posting[] = [];
  for (const leg of legs) postLeg(leg, postings);
  return postings;
}

/** Shapes of {@link LedgerTransaction} but for the postings, which are made from `legs`. */
export function bookLegs({
  legs,
  ...transaction
}: Omit<LedgerTransaction, "postings"> & { readonly legs: readonly Leg[] }): LedgerTransaction {
  return { ...transaction, postings: postingsOf(legs) };
}

function postLeg(leg: Leg, into: Posting[]): void {
  const { payer, payee, netMinor, creditMinor, taxMinor, payableMinor } = leg;
  const authority = leg.taxAuthority;
  // A tax that nobody collects stays with the payee, as part of what it was paid.
  const due = authority === undefined ? 0n : taxMinor;
  const recovered = leg.taxRecovered ? due : 0n;
  post(leg, accountName(payer, "cost"), netMinor - creditMinor + taxMinor - recovered, into);
  post(leg, accountName(payer, "payable", payee), -payableMinor, into);
  post(leg, accountName(payee, "receivable", payer), payableMinor, into);
  post(leg, accountName(payee, "revenue"), due - netMinor - taxMinor, into);
  post(leg, accountName(payee, "service-credit"), creditMinor, into);
  if (authority === undefined) return;
  // Both sides of what a party can claim from the authority (positive) or owes it (negative).
  post(leg, accountName(payer, "tax", authority), recovered, into);
  post(leg, accountName(authority, "receivable", payer), -recovered, into);
  post(leg, accountName(payee, "tax", authority), -due, into);
  post(leg, accountName(authority, "receivable", payee), due, into);
  post(leg, accountName(authority, "revenue"), recovered - due, into);
}

function post(leg: Leg, account: string, amountMinor: bigint, into: Posting[]): void {
  if (amountMinor === 0n) return;
  into.push({ account, currency: leg.currency, amountMinor, deliveryId: leg.deliveryId, chargeId: leg.id });
}
