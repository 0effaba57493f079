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

/** What is owed for the deliveries of a day, after tax. */
export interface DayOwed {
  readonly day: number;
  readonly payableMinor: bigint;
}

/** A balance as a period draws on it. */
export interface PeriodBalance extends PrepaidBalance {
  /** Days on which what it pays for was delivered. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** Drawn for this period before and not to be given back, as when the balance has expired since. */
  readonly keptMinor: bigint;
}

/**
 * Draws for a period day by day, each day from the balances that are valid on it, in the declared order. What is credited in the
 * period is set off first. Called again with other days it says what is drawn then: whoever books takes new minus old.
 * @param mostMinor the most that may be drawn in all: what was settled otherwise isn't paid a second time
 * @param balances with what this period drew from them before added to what is left, but for what is kept
 * @returns what is drawn from each balance in all, kept amounts included
 */
export function drawForDays(
  days: readonly DayOwed[],
  balances: readonly PeriodBalance[],
  mostMinor: bigint,
): ReadonlyMap<string, bigint> {
  const drawn = new Map(balances.map(({ id, keptMinor }) => [id, keptMinor]));
  let settled = days.reduce((sum, { payableMinor }) => (payableMinor < 0n ? sum - payableMinor : sum), 0n);
  for (const { keptMinor } of balances) settled += keptMinor;
  const left = new Map(balances.map(({ id, leftMinor }) => [id, leftMinor]));
  let room = balances.reduce((sum, { keptMinor }) => sum - keptMinor, mostMinor);
  for (const { day, payableMinor } of days.toSorted((a, b) => a.day - b.day)) {
    if (payableMinor <= 0n) continue;
    const setOff = settled < payableMinor ? settled : payableMinor;
    settled -= setOff;
    const valid = balances.filter(({ firstDay, lastDay }) => day >= firstDay && day <= lastDay);
    const from = valid.map(({ id }) => ({ id, leftMinor: left.get(id) ?? 0n }));
    const open = payableMinor - setOff;
    for (const { id, amountMinor } of drawPrepaid(open < room ? open : room, from).drawn) {
      room -= amountMinor;
      drawn.set(id, (drawn.get(id) ?? 0n) + amountMinor);
      left.set(id, (left.get(id) ?? 0n) - amountMinor);
    }
  }
  return drawn;
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

/** Books what nobody may draw any more: it stays with the payee. */
export function expiryPostings(
  payer: PartyId,
  payee: PartyId,
  currency: string,
  amountMinor: bigint,
): readonly Posting[] {
  return both(currency, amountMinor, [
    [accountName(payer, "prepaid", payee), -1n],
    [accountName(payer, "cost"), 1n],
    [accountName(payee, "prepaid", payer), 1n],
    [accountName(payee, "revenue"), -1n],
  ]);
}

/** Books what is given back to a payer that leaves: it is owed to it, and settled with everything else. */
export function refundPostings(
  payer: PartyId,
  payee: PartyId,
  currency: string,
  amountMinor: bigint,
): readonly Posting[] {
  return both(currency, amountMinor, [
    [accountName(payer, "prepaid", payee), -1n],
    [accountName(payer, "receivable", payee), 1n],
    [accountName(payee, "prepaid", payer), 1n],
    [accountName(payee, "payable", payer), -1n],
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
