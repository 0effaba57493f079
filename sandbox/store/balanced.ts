import { eachMove, postingsIn } from "../ledger/book.ts";
import type { LedgerTransaction, Posting } from "../ledger/types.ts";

/** A transaction with its postings, which sum to zero. */
export interface Balanced {
  readonly transaction: LedgerTransaction;
  readonly postings: readonly Posting[];
}

/** A transaction that was found to be balanced, for stores that need its postings. */
export function balanced(transaction: LedgerTransaction): Balanced {
  countBalanced(transaction);
  return { transaction, postings: postingsIn(transaction) };
}

/** The same for those whose postings are of no use yet. */
export function assertBalanced(transactions: readonly LedgerTransaction[]): void {
  for (const transaction of transactions) countBalanced(transaction);
}

/**
 * How many postings a transaction makes. The books' first law, held by every store itself: they sum to zero in each
 * currency. A breach is a fault of the program that nothing may hide, hence the throw.
 */
export function countBalanced(transaction: LedgerTransaction): number {
  const { id } = transaction;
  let first: string | undefined;
  let sum = 0n;
  let count = 0;
  let mixed = false;
  eachMove(transaction, (_, currency, amountMinor) => {
    first ??= currency;
    if (currency !== first) mixed = true;
    sum += amountMinor;
    count += 1;
  });
  if (first === undefined) throw new Error(`Transaction ${id} has no postings.`);
  // One currency is the common case and needs no map.
  if (mixed) assertEachCurrency(transaction);
  else if (sum !== 0n) throw unbalanced(id, first, sum);
  return count;
}

function assertEachCurrency(transaction: LedgerTransaction): void {
  const sums = new Map<string, bigint>();
  eachMove(transaction, (_, currency, amountMinor) => {
    sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  });
  for (const [currency, sum] of sums) {
    if (sum !== 0n) throw unbalanced(transaction.id, currency, sum);
  }
}

function unbalanced(id: string, currency: string, sum: bigint): Error {
  return new Error(`Transaction ${id} doesn't balance: its ${currency} postings sum to ${sum} instead of 0.`);
}
