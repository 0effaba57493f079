import canonicalize from "canonicalize";
import type { TenantState } from "../store/store.ts";
import { differencesOf, firstDifference } from "./difference.ts";

export interface RecordChange {
  readonly collection: string;
  readonly id: string;
  readonly change: "added" | "changed" | "removed";
  /** Of a changed one: each place that differs; a value that is missing on one side isn't there. */
  readonly places?: readonly {
    readonly pointer: string;
    readonly before?: unknown;
    readonly after?: unknown;
  }[];
}

export interface BalanceChange {
  readonly account: string;
  readonly currency: string;
  /** Integer minor units. */
  readonly beforeMinor: string;
  readonly afterMinor: string;
}

/** What lies between two states: `added` of what only grows, where the second goes on from the first. */
export interface StateDifference {
  readonly same: boolean;
  readonly records: readonly RecordChange[];
  readonly balances: readonly BalanceChange[];
  readonly events: Growth;
  readonly transactions: Growth;
  readonly dispatches: Growth;
  /** Those remembered under an idempotency key. */
  readonly answers: Growth;
}

/** How many of one kind only one side has. */
export interface Growth {
  readonly added: number;
  readonly removed: number;
}

export function diffStates(before: TenantState, after: TenantState): StateDifference {
  const parts = {
    records: recordChanges(before, after),
    balances: balanceChanges(before, after),
    events: growth(before.events, after.events),
    transactions: growth(before.transactions, after.transactions),
    dispatches: growth(before.dispatches, after.dispatches),
    answers: growth(before.answers, after.answers),
  };
  return { same: firstDifference(before, after) === undefined, ...parts };
}

function recordChanges(before: TenantState, after: TenantState): RecordChange[] {
  const keyOf = ({ collection, id }: TenantState["records"][number]): string => `${collection}\n${id}`;
  const former = new Map(before.records.map((record) => [keyOf(record), record]));
  const latter = new Set(after.records.map(keyOf));
  const removed = before.records.filter((record) => !latter.has(keyOf(record)));
  return [
    ...after.records.flatMap(({ collection, id, value, ...record }): RecordChange[] => {
      const old = former.get(keyOf({ collection, id, value, ...record }));
      if (old === undefined) return [{ collection, id, change: "added" }];
      const places = differencesOf(old.value, value).map(({ pointer, want, got }) => ({
        pointer,
        before: want,
        after: got,
      }));
      return places.length === 0 ? [] : [{ collection, id, change: "changed", places }];
    }),
    ...removed.map(({ collection, id }) => ({ collection, id, change: "removed" as const })),
  ];
}

function balanceChanges(before: TenantState, after: TenantState): BalanceChange[] {
  const keyOf = ({ account, currency }: { account: string; currency: string }): string =>
    `${account}\n${currency}`;
  const former = new Map(before.balances.map((balance) => [keyOf(balance), balance.amountMinor]));
  const latter = new Map(after.balances.map((balance) => [keyOf(balance), balance.amountMinor]));
  return [...new Set([...former.keys(), ...latter.keys()])].sort().flatMap((key) => {
    const [account = "", currency = ""] = key.split("\n");
    const [beforeMinor = "0", afterMinor = "0"] = [former.get(key), latter.get(key)];
    return beforeMinor === afterMinor ? [] : [{ account, currency, beforeMinor, afterMinor }];
  });
}

/** Stores give the same fields in orders of their own. */
function growth<T>(before: readonly T[], after: readonly T[]): Growth {
  const texts = (list: readonly T[]): Set<string | undefined> =>
    new Set(list.map((item) => canonicalize(item)));
  const [former, latter] = [texts(before), texts(after)];
  const only = (one: typeof former, other: typeof former): number =>
    [...one].filter((text) => !other.has(text)).length;
  return { added: only(latter, former), removed: only(former, latter) };
}
