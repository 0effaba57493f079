import type { LedgerTransaction, Posting } from "../ledger/types.ts";
import type { Balance, StoredPosting, TenantState } from "./store.ts";

/** A tenant's state as plain JSON: amounts become decimal text, accounts that stand at zero stay. */
export function stateOf(
  parts: Omit<TenantState, "postings" | "balances"> & {
    readonly postings: readonly StoredPosting[];
    readonly balances: readonly Balance[];
  },
): TenantState {
  return {
    ...parts,
    postings: parts.postings.map((posting) => ({ ...posting, amountMinor: String(posting.amountMinor) })),
    balances: parts.balances.map((balance) => ({ ...balance, amountMinor: String(balance.amountMinor) })),
    // Code units, not a locale: the same order from every store.
    answers: [...parts.answers].sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

/** The transactions that a state's postings were booked by, in their order. */
export function transactionsOf({ postings }: Pick<TenantState, "postings">): LedgerTransaction[] {
  const transactions: (LedgerTransaction & { readonly postings: Posting[] })[] = [];
  for (const { sequence: _, transactionId: id, kind, bookedAt, period, amountMinor, ...rest } of postings) {
    const posting: Posting = { ...rest, amountMinor: BigInt(amountMinor) };
    const last = transactions.at(-1);
    if (last?.id === id) last.postings.push(posting);
    else transactions.push({ id, kind, bookedAt, period, postings: [posting] });
  }
  return transactions;
}
