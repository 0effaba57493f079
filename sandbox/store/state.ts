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
  };
}
