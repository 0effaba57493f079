import type { Leg } from "../rating/types.ts";
import { accountName } from "./account.ts";
import type { LedgerTransaction, Posting } from "./types.ts";

/**
 * Books legs: for each the payer's books, the payee's books and the tax authority's, each of which sums to zero by itself.
 * A leg of a correction (new minus old, negative amounts) books in the same way.
 */
export function postingsOf(legs: readonly Leg[]): Posting[] {
  const postings: Posting[] = [];
  for (const leg of legs)
    moveLeg(leg, (account, currency, amountMinor) => {
      postings.push({ account, currency, amountMinor, deliveryId: leg.deliveryId, chargeId: leg.id });
    });
  return postings;
}

/** Is told of a posting what moves the balance of an account. */
export type Move = (account: string, currency: string, amountMinor: bigint) => void;

/** Tells every posting of a transaction, in their order, for whoever needs no list of them. */
export function eachMove(transaction: LedgerTransaction, move: Move): void {
  if ("legs" in transaction) for (const leg of transaction.legs) moveLeg(leg, move);
  else
    for (const { account, currency, amountMinor } of transaction.postings)
      move(account, currency, amountMinor);
}

/** How many postings a leg makes: counted from its amounts, for whoever needs none of them yet. */
export function countPostings(leg: Leg): number {
  const { netMinor, creditMinor, taxMinor, payableMinor, taxRecovered } = leg;
  const due = dueOf(leg);
  const taxed = netMinor + taxMinor;
  let count = payableMinor === 0n ? 0 : 2;
  if (creditMinor !== 0n) count += 1;
  if (taxed - creditMinor !== (taxRecovered ? due : 0n)) count += 1;
  if (taxed !== due) count += 1;
  // A tax that is recovered stands on both sides of two; one that isn't becomes the authority's revenue.
  return due === 0n ? count : count + (taxRecovered ? 4 : 3);
}

/** Whether a leg makes any posting. */
export const isBooked = (leg: Leg): boolean => countPostings(leg) > 0;

/** Whether the books of each company in a leg sum to zero by themselves, and so all of its postings. */
export const isBalanced = ({ netMinor, creditMinor, taxMinor, payableMinor }: Leg): boolean =>
  payableMinor === netMinor - creditMinor + taxMinor;

/** A tax that nobody collects stays with the payee, as part of what it was paid. */
const dueOf = ({ taxAuthority, taxMinor }: Leg): bigint => (taxAuthority === undefined ? 0n : taxMinor);

/** The postings of a transaction, in their order. */
export const postingsIn = (transaction: LedgerTransaction): readonly Posting[] =>
  "legs" in transaction ? postingsOf(transaction.legs) : transaction.postings;

function moveLeg(leg: Leg, move: Move): void {
  const { currency, netMinor, creditMinor, taxMinor, payableMinor } = leg;
  const accounts = accountsOf(leg);
  const due = dueOf(leg);
  const recovered = leg.taxRecovered ? due : 0n;
  const post = (account: string, amountMinor: bigint): void => {
    if (amountMinor !== 0n) move(account, currency, amountMinor);
  };
  post(accounts.payerCost, netMinor - creditMinor + taxMinor - recovered);
  post(accounts.payerPayable, -payableMinor);
  post(accounts.payeeReceivable, payableMinor);
  post(accounts.payeeRevenue, due - netMinor - taxMinor);
  post(accounts.payeeServiceCredit, creditMinor);
  if (due === 0n) return;
  // Both sides of what a party can claim from the authority (positive) or owes it (negative).
  post(accounts.payerTax, recovered);
  post(accounts.authorityFromPayer, -recovered);
  post(accounts.payeeTax, -due);
  post(accounts.authorityFromPayee, due);
  post(accounts.authorityRevenue, recovered - due);
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

/**
 * By payer, payee and authority. Names are put together once per relation: the same few companies owe each other all day,
 * and to find them by the names themselves takes no text made of all three.
 */
const known = new Map<string, Map<string, Map<string, LegAccounts>>>();
const KNOWN_LIMIT = 10_000;
let relations = 0;

function accountsOf({ payer, payee, taxAuthority = "" }: Leg): LegAccounts {
  return known.get(payer)?.get(payee)?.get(taxAuthority) ?? nameAccounts(payer, payee, taxAuthority);
}

function nameAccounts(payer: string, payee: string, taxAuthority: string): LegAccounts {
  if (relations >= KNOWN_LIMIT) {
    known.clear();
    relations = 0;
  }
  const accounts: LegAccounts = {
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
  const payees = known.get(payer) ?? new Map<string, Map<string, LegAccounts>>();
  const authorities = payees.get(payee) ?? new Map<string, LegAccounts>();
  known.set(payer, payees.set(payee, authorities.set(taxAuthority, accounts)));
  relations += 1;
  return accounts;
}
