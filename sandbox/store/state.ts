import type { LedgerTransaction } from "../ledger/types.ts";
import type { Leg } from "../rating/types.ts";
import type { Balance, LegState, StoredTransaction, TenantState, TransactionState } from "./store.ts";

/** A tenant's state as plain JSON: amounts become decimal text, accounts that stand at zero stay. */
export function stateOf(
  parts: Omit<TenantState, "transactions" | "balances"> & {
    readonly transactions: readonly StoredTransaction[];
    readonly balances: readonly Balance[];
  },
): TenantState {
  return {
    ...parts,
    transactions: parts.transactions.map(transactionState),
    balances: parts.balances.map((balance) => ({ ...balance, amountMinor: String(balance.amountMinor) })),
    // Code units, not a locale: the same order from every store.
    answers: [...parts.answers].sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

function transactionState({ sequence: _, ...transaction }: StoredTransaction): TransactionState {
  if ("legs" in transaction) {
    const { legs, ...head } = transaction;
    return { ...head, legs: legs.map(legState) };
  }
  const { postings, ...head } = transaction;
  return {
    ...head,
    postings: postings.map((posting) => ({ ...posting, amountMinor: String(posting.amountMinor) })),
  };
}

/** Every amount as text, the other fields as they are. */
const legState = (leg: Leg): LegState => ({
  ...leg,
  netMinor: String(leg.netMinor),
  creditMinor: String(leg.creditMinor),
  taxMinor: String(leg.taxMinor),
  payableMinor: String(leg.payableMinor),
});

const ledgerLeg = (leg: LegState): Leg => ({
  ...leg,
  netMinor: BigInt(leg.netMinor),
  creditMinor: BigInt(leg.creditMinor),
  taxMinor: BigInt(leg.taxMinor),
  payableMinor: BigInt(leg.payableMinor),
});

/** The transactions of a state, in their order. */
export function transactionsOf({ transactions }: Pick<TenantState, "transactions">): LedgerTransaction[] {
  return transactions.map(({ legs, postings = [], deliveryId, ...head }) =>
    legs === undefined || deliveryId === undefined
      ? {
          ...head,
          postings: postings.map((posting) => ({ ...posting, amountMinor: BigInt(posting.amountMinor) })),
        }
      : { ...head, deliveryId, legs: legs.map(ledgerLeg) },
  );
}
