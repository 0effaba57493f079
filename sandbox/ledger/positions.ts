import type { PartyId } from "../rating/types.ts";
import { parseAccount } from "./account.ts";

/** An amount on an account, in minor units: a balance, or a posting. */
export interface AccountAmount {
  readonly account: string;
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** What a party is owed by all others together (positive) or owes them (negative). The positions of a currency sum to zero. */
export interface Position {
  readonly party: PartyId;
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** The accounts on which parties owe each other; the others tell why. */
export function isOpenItem(account: string): boolean {
  const { purpose } = parseAccount(account);
  return purpose === "receivable" || purpose === "payable" || purpose === "tax";
}

/** Nets what parties owe each other, taxes included. Sorted by party, then currency; parties at zero are left in. */
export function positionsOf(amounts: readonly AccountAmount[]): Position[] {
  const sums = new Map<string, Position>();
  for (const { account, currency, amountMinor } of amounts) {
    if (!isOpenItem(account)) continue;
    const { party } = parseAccount(account);
    const key = `${party}\n${currency}`;
    const before = sums.get(key)?.amountMinor ?? 0n;
    sums.set(key, { party, currency, amountMinor: before + amountMinor });
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, position]) => position);
}

/** The sum of all amounts per currency. In a ledger each is zero. */
export function sumsOf(amounts: readonly AccountAmount[]): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const { currency, amountMinor } of amounts) sums[currency] = (sums[currency] ?? 0n) + amountMinor;
  return sums;
}
