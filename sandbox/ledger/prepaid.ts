import type { PartyId } from "../rating/types.ts";
import { accountName } from "./account.ts";
import type { Posting } from "./types.ts";

/** Money that a party paid ahead to another one, and what is left of it. */
export interface PrepaidBalance {
  readonly id: string;
  readonly leftMinor: bigint;
}

export interface Drawing {
  readonly id: string;
  readonly amountMinor: bigint;
}

/**
 * A prepaid balance is payment: it is drawn from what is owed after tax, in the declared order, outside of every split.
 * Nothing is drawn for an amount that isn't owed, and no balance goes below zero.
 */
export function drawPrepaid(
  payableMinor: bigint,
  balances: readonly PrepaidBalance[],
): { readonly drawn: readonly Drawing[]; readonly leftToPayMinor: bigint } {
  let left = payableMinor;
  const drawn: Drawing[] = [];
  for (const { id, leftMinor } of balances) {
    const amountMinor = left < leftMinor ? left : leftMinor;
    if (amountMinor <= 0n) continue;
    drawn.push({ id, amountMinor });
    left -= amountMinor;
  }
  return { drawn, leftToPayMinor: left };
}

/** Books money paid ahead: the payee has it, and owes it in kind. Negative amounts book what is paid back. */
export function prepaidPostings(
  payer: PartyId,
  payee: PartyId,
  currency: string,
  amountMinor: bigint,
): readonly Posting[] {
  return both(currency, amountMinor, [
    [accountName(payer, "prepaid", payee), 1n],
    [accountName(payer, "settled"), -1n],
    [accountName(payee, "prepaid", payer), -1n],
    [accountName(payee, "settled"), 1n],
  ]);
}

/** Books a drawing: what was owed is owed no longer, and what was paid ahead is used up by as much. */
export function drawingPostings(
  payer: PartyId,
  payee: PartyId,
  currency: string,
  drawn: readonly Drawing[],
): readonly Posting[] {
  const amountMinor = drawn.reduce((sum, drawing) => sum + drawing.amountMinor, 0n);
  return both(currency, amountMinor, [
    [accountName(payer, "payable", payee), 1n],
    [accountName(payer, "prepaid", payee), -1n],
    [accountName(payee, "receivable", payer), -1n],
    [accountName(payee, "prepaid", payer), 1n],
  ]);
}

function both(
  currency: string,
  amountMinor: bigint,
  lines: readonly (readonly [account: string, sign: bigint])[],
): Posting[] {
  if (amountMinor === 0n) return [];
  return lines.map(([account, sign]) => ({ account, currency, amountMinor: sign * amountMinor }));
}
