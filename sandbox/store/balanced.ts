import { postingsIn } from "../ledger/book.ts";
import type { LedgerTransaction, Posting } from "../ledger/types.ts";

/** A transaction with its postings, which sum to zero. */
export interface Balanced {
  readonly transaction: LedgerTransaction;
  readonly postings: readonly Posting[];
}

/**
 * The books' first law, held by every store itself: the postings of a transaction sum to zero in each currency.
 * A breach is a fault of the program that nothing may hide, hence the throw.
 */
export function balanced(transaction: LedgerTransaction): Balanced {
  const postings = postingsIn(transaction);
  assertSumsToZero(transaction.id, postings);
  return { transaction, postings };
}

/** The same for those whose postings are of no use yet. */
export function assertBalanced(transactions: readonly LedgerTransaction[]): void {
  for (const transaction of transactions) balanced(transaction);
}

function assertSumsToZero(id: string, postings: readonly Posting[]): void {
  const [first] = postings;
  if (first === undefined) throw new Error(`Transaction ${id} has no postings.`);
  let sum = 0n;
  let mixed = false;
  for (const posting of postings) {
    if (posting.currency !== first.currency) mixed = true;
    sum += posting.amountMinor;
  }
  // One currency is the common case and needs no map.
  if (mixed) assertEachCurrency(id, postings);
  else if (sum !== 0n) throw unbalanced(id, first.currency, sum);
}

function assertEachCurrency(id: string, postings: readonly Posting[]): void {
  const sums = new Map<string, bigint>();
  for (const { currency, amountMinor } of postings) {
    sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  }
  for (const [currency, sum] of sums) {
    if (sum !== 0n) throw unbalanced(id, currency, sum);
  }
}

function unbalanced(id: string, currency: string, sum: bigint): Error {
  return new Error(`Transaction ${id} doesn't balance: its ${currency} postings sum to ${sum} instead of 0.`);
}
