import { accountName } from "./account.ts";
import { type AccountAmount, isOpenItem, type Position, positionsOf } from "./positions.ts";
import type { Posting, PostingTransaction } from "./types.ts";

/** The close of a period: what each party gets or pays, and the booking that clears what they owed each other. */
export interface Settled {
  readonly positions: readonly Position[];
  /** Open items to zero, the net of each party on its `settled` account. Empty postings where nothing was open. */
  readonly transaction: PostingTransaction;
}

/**
 * Nets all open items of a period.
 * @param amounts the period's postings, or its balances; accounts that hold no open item are passed over
 */
export function settle({
  id,
  period,
  bookedAt,
  amounts,
}: {
  readonly id: string;
  readonly period: string;
  readonly bookedAt: string;
  readonly amounts: readonly AccountAmount[];
}): Settled {
  const positions = positionsOf(amounts);
  const cleared = new Map<string, Posting>();
  for (const { account, currency, amountMinor } of amounts) {
    if (!isOpenItem(account)) continue;
    const key = `${account}\n${currency}`;
    const before = cleared.get(key)?.amountMinor ?? 0n;
    cleared.set(key, { account, currency, amountMinor: before - amountMinor });
  }
  const nets = positions.map(({ party, currency, amountMinor }) => ({
    account: accountName(party, "settled"),
    currency,
    amountMinor,
  }));
  const postings = [...cleared.values(), ...nets].filter(({ amountMinor }) => amountMinor !== 0n);
  return { positions, transaction: { id, kind: "settlement", bookedAt, period, postings } };
}
