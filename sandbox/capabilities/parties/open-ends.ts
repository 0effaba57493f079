import { accountName } from "../../ledger/account.ts";
import type { JsonObject, Reader } from "../../store/store.ts";
import type { DecisionContext } from "../capability.ts";
import type { CaseRecord } from "../disputes/case-records.ts";
import type { DisputeRecord } from "../disputes/records.ts";
import type { IncidentRecord } from "../incidents/records.ts";
import { toMinor } from "../money.ts";
import { everyRecord } from "../page.ts";
import { collections, type PartyRecord, partyKey } from "../records.ts";
import { pendingTermsOf } from "../settlements/pending-terms.ts";
import type { WorkOrderRecord } from "../work-orders/records.ts";

/** What a party has to finish before it is out: something with a state of its own, or an amount that isn't settled. */
export type OpenEnd =
  | {
      readonly kind: "work-order" | "case" | "dispute" | "incident" | "commitment";
      readonly id: string;
      readonly status: string;
    }
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
export async function* openEndsOf(party: PartyRecord, context: DecisionContext): AsyncGenerator<OpenEnd> {
  const { id } = party;
  const { read } = context;
  yield* unfinished<WorkOrderRecord>(
    "work-order",
    collections.workOrders,
    id,
    read,
    (order) => UNFINISHED_ORDERS.has(order.status) && staysWith(order, id),
  );
  yield* unfinished<CaseRecord>(
    "case",
    collections.cases,
    id,
    read,
    ({ status, customer, assignees }) =>
      status !== "resolved" && (customer === id || assignees.at(-1) === id),
  );
  yield* unfinished<DisputeRecord>(
    "dispute",
    collections.disputes,
    id,
    read,
    ({ status }) => status === "open",
  );
  yield* unfinished<IncidentRecord>(
    "incident",
    collections.incidents,
    id,
    read,
    ({ status, owner }) => status !== "resolved" && owner === id,
  );
  for (const { account, currency, amountMinor } of await read.balances(`${id}/`)) {
    if (!OPEN_ITEM.test(account) || amountMinor === 0n) continue;
    yield { kind: "balance", id: account, currency, amountMinor: toMinor(amountMinor) };
  }
  for await (const term of pendingTermsOf(party, context)) {
    if (term.kind === "commitment") yield { kind: "commitment", id: term.id, status: "running" };
    else {
      const account = accountName(id, "prepaid", term.payee);
      const amountMinor = toMinor(term.openingMinor);
      yield { kind: "balance", id: account, currency: term.currency, amountMinor };
    }
  }
}

/** Whoever was asked and didn't take an order has nothing to do with it any more. */
const staysWith = ({ customer, createdBy, provider, parties }: WorkOrderRecord, party: string): boolean =>
  [customer, createdBy, provider, ...Object.values(parties)].includes(party);

async function* unfinished<T extends JsonObject & { readonly status: string }>(
  kind: "work-order" | "case" | "dispute" | "incident",
  collection: string,
  party: string,
  read: Reader,
  isOpen: (record: T) => boolean,
): AsyncGenerator<OpenEnd> {
  for await (const { id, value } of everyRecord<T>(read, collection, partyKey(party))) {
    if (isOpen(value)) yield { kind, id, status: value.status };
  }
}

export async function hasOpenEnds(party: PartyRecord, context: DecisionContext): Promise<boolean> {
  for await (const _ of openEndsOf(party, context)) return true;
  return false;
}
