import { countPostings, isBalanced } from "../ledger/book.ts";
import type { LedgerTransaction, LegTransaction, PostingTransaction } from "../ledger/types.ts";
import type { Leg } from "../rating/types.ts";

/** @throws an error where one of them doesn't balance */
export function assertBalanced(transactions: readonly LedgerTransaction[]): void {
  for (const transaction of transactions) countBalanced(transaction);
}

/**
 * How many postings a transaction makes. The books' first law, held by every store itself: they sum to zero in each
 * currency. A breach is a fault of the program that nothing may hide, hence the throw.
 */
export function countBalanced(transaction: LedgerTransaction): number {
  const count = "legs" in transaction ? countOfLegs(transaction) : countOfPostings(transaction);
  if (count === 0) throw new Error(`Transaction ${transaction.id} has no postings.`);
  return count;
}

/** Of legs no postings are made for this: each leg says what its own come to. */
function countOfLegs({ id, legs }: LegTransaction): number {
  let count = 0;
  for (const leg of legs) {
    if (!isBalanced(leg)) throw unevenLeg(id, leg);
    count += countPostings(leg);
  }
  return count;
}

function unevenLeg(id: string, { id: legId, netMinor, creditMinor, taxMinor, payableMinor }: Leg): Error {
  const due = netMinor - creditMinor + taxMinor;
  return new Error(
    `Transaction ${id} doesn't balance: its leg ${legId} makes ${payableMinor} payable, where net, credit and tax come to ${due}.`,
  );
}

function countOfPostings({ id, postings }: PostingTransaction): number {
  const sums = new Map<string, bigint>();
  for (const { currency, amountMinor } of postings)
    sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  for (const [currency, sum] of sums) {
    if (sum === 0n) continue;
    throw new Error(
      `Transaction ${id} doesn't balance: its ${currency} postings sum to ${sum} instead of 0.`,
    );
  }
  return postings.length;
}
