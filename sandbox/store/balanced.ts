import type { LedgerTransaction } from "../ledger/types.ts";

/**
 * The books' first law, held by every store itself: the postings of a transaction sum to zero in each currency.
 * A breach is a fault of the program that nothing may hide, hence the throw.
 */
export function assertBalanced(transactions: readonly LedgerTransaction[]): void {
  for (const transaction of transactions) {
    const [first] = transaction.postings;
    if (first === undefined) throw new Error(`Transaction ${transaction.id} has no postings.`);
    let sum = 0n;
    let mixed = false;
    for (const posting of transaction.postings) {
      if (posting.currency !== first.currency) mixed = true;
      sum += posting.amountMinor;
    }
    // One currency is the common case and needs no map.
    if (mixed) assertEachCurrency(transaction);
    else if (sum !== 0n) throw unbalanced(transaction.id, first.currency, sum);
  }
}

function assertEachCurrency(transaction: LedgerTransaction): void {
  const sums = new Map<string, bigint>();
  for (const { currency, amountMinor } of transaction.postings) {
    sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  }
  for (const [currency, sum] of sums) {
    if (sum !== 0n) throw unbalanced(transaction.id, currency, sum);
  }
}

function unbalanced(id: string, currency: string, sum: bigint): Error {
  return new Error(`Transaction ${id} doesn't balance: its ${currency} postings sum to ${sum} instead of 0.`);
}
