import type { JsonObject, Reader } from "../../store/store.ts";
import type { CaseRecord } from "../disputes/case-records.ts";
import type { DisputeRecord } from "../disputes/records.ts";
import { toMinor } from "../money.ts";
import { everyRecord } from "../page.ts";
import { collections, partyKey } from "../records.ts";
import type { WorkOrderRecord } from "../work-orders/records.ts";

/** What a party has to finish before it is out: something with a state of its own, or an amount that isn't settled. */
export type OpenEnd =
  | { readonly kind: "work-order" | "case" | "dispute"; readonly id: string; readonly status: string }
  | {
      readonly kind: "balance";
      /** The ledger account: `blueline/receivable/harbour`. */
      readonly id: string;
      readonly currency: string;
      /** Positive is debit, as in the ledger. */
      readonly amountMinor: number;
    };

/** Accounts that hold what a party owes or is owed, or has paid ahead. */
const OPEN_ITEM = /^[^/]+\/(receivable|payable|tax|prepaid)(\/|$)/;
const UNFINISHED_ORDERS = new Set(["offered", "accepted", "rescheduled", "in-progress"]);

/** One after the other, so that who only asks whether there are any reads no more than it takes to find one. */
export async function* openEndsOf(party: string, read: Reader): AsyncGenerator<OpenEnd> {
  yield* unfinished<WorkOrderRecord>("work-order", collections.workOrders, party, read, ({ status }) =>
    UNFINISHED_ORDERS.has(status),
  );
  yield* unfinished<CaseRecord>(
    "case",
    collections.cases,
    party,
    read,
    ({ status }) => status !== "resolved",
  );
  yield* unfinished<DisputeRecord>(
    "dispute",
    collections.disputes,
    party,
    read,
    ({ status }) => status === "open",
  );
  for (const { account, currency, amountMinor } of await read.balances(`${party}/`)) {
    if (!OPEN_ITEM.test(account) || amountMinor === 0n) continue;
    yield { kind: "balance", id: account, currency, amountMinor: toMinor(amountMinor) };
  }
}

async function* unfinished<T extends JsonObject & { readonly status: string }>(
  kind: "work-order" | "case" | "dispute",
  collection: string,
  party: string,
  read: Reader,
  isOpen: (record: T) => boolean,
): AsyncGenerator<OpenEnd> {
  for await (const { id, value } of everyRecord<T>(read, collection, partyKey(party))) {
    if (isOpen(value)) yield { kind, id, status: value.status };
  }
}

export async function hasOpenEnds(party: string, read: Reader): Promise<boolean> {
  for await (const _ of openEndsOf(party, read)) return true;
  return false;
}
