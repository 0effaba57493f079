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

/** Whether a leg makes any posting. */
export function isBooked(leg: Leg): boolean {
  const { netMinor, creditMinor, taxMinor, payableMinor } = leg;
  return payableMinor !== 0n || creditMinor !== 0n || dueOf(leg) !== 0n || netMinor + taxMinor !== 0n;
}

/** A tax that nobody collects stays with the payee, as part of what it was paid. */
const dueOf = ({ taxAuthority, taxMinor }: Leg): bigint => (taxAuthority === undefined ? 0n : taxMinor);

/** The postings of a transaction, in their order. */
export const postingsIn = (transaction: LedgerTransaction): readonly Posting[] =>
  "legs" in transaction ? postingsOf(transaction.legs) : transaction.postings;

function postLeg(leg: Leg, into: Posting[]): void {
  const { netMinor, creditMinor, taxMinor, payableMinor } = leg;
  const accounts = accountsOf(leg);
  const due = dueOf(leg);
  const recovered = leg.taxRecovered ? due : 0n;
  post(leg, accounts.payerCost, netMinor - creditMinor + taxMinor - recovered, into);
  post(leg, accounts.payerPayable, -payableMinor, into);
  post(leg, accounts.payeeReceivable, payableMinor, into);
  post(leg, accounts.payeeRevenue, due - netMinor - taxMinor, into);
  post(leg, accounts.payeeServiceCredit, creditMinor, into);
  if (due === 0n) return;
  // Both sides of what a party can claim from the authority (positive) or owes it (negative).
  post(leg, accounts.payerTax, recovered, into);
  post(leg, accounts.authorityFromPayer, -recovered, into);
  post(leg, accounts.payeeTax, -due, into);
  post(leg, accounts.authorityFromPayee, due, into);
  post(leg, accounts.authorityRevenue, recovered - due, into);
}

function post(leg: Leg, account: string, amountMinor: bigint, into: Posting[]): void {
  if (amountMinor === 0n) return;
  into.push({ account, currency: leg.currency, amountMinor, deliveryId: leg.deliveryId, chargeId: leg.id });
}

/** The accounts that a leg between two parties may move. */
interface LegAccounts {
  readonly payerCost: string;
  readonly payerPayable: string;
  readonly payeeReceivable: string;
  readonly payeeRevenue: string;
  readonly payeeServiceCredit: string;
  readonly payerTax: string;
  readonly authorityFromPayer: string;
  readonly payeeTax: string;
  readonly authorityFromPayee: string;
  readonly authorityRevenue: string;
}

/** Names are put together once per relation: the same few companies owe each other all day. */
const known = new Map<string, LegAccounts>();
const KNOWN_LIMIT = 10_000;

function accountsOf({ payer, payee, taxAuthority = "" }: Leg): LegAccounts {
  const relation = `${payer}\n${payee}\n${taxAuthority}`;
  let accounts = known.get(relation);
  if (accounts === undefined) {
    accounts = {
      payerCost: accountName(payer, "cost"),
      payerPayable: accountName(payer, "payable", payee),
      payeeReceivable: accountName(payee, "receivable", payer),
      payeeRevenue: accountName(payee, "revenue"),
      payeeServiceCredit: accountName(payee, "service-credit"),
      payerTax: accountName(payer, "tax", taxAuthority),
      authorityFromPayer: accountName(taxAuthority, "receivable", payer),
      payeeTax: accountName(payee, "tax", taxAuthority),
      authorityFromPayee: accountName(taxAuthority, "receivable", payee),
      authorityRevenue: accountName(taxAuthority, "revenue"),
    };
    if (known.size >= KNOWN_LIMIT) known.clear();
    known.set(relation, accounts);
  }
  return accounts;
}
