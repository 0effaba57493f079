import { parseAccount } from "../ledger/index.ts";
import type { JsonObject, StoredPosting } from "../store/store.ts";

/**
 * `statements/STATEMENTID`, key `party:PARTYID`: an `IssuedStatement` of the ledger. Totals are what the party is owed
 * less what it owes: its position.
 */
export interface StatementRecord extends JsonObject {
  readonly id: string;
  readonly number: string;
  readonly party: string;
  readonly period: string;
  readonly currency: string;
  readonly documents: readonly JsonObject[];
  readonly lines: readonly StatementLineRecord[];
  readonly netMinor: number;
  readonly serviceCreditMinor: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
  readonly settlementId: string;
  readonly issuedAt: string;
}

/** What other decisions look at; the rest is for the reader. */
export interface StatementLineRecord extends JsonObject {
  readonly deliveryId?: string;
  readonly legId?: string;
  readonly counterparty?: string;
  readonly direction?: "payable" | "receivable";
  readonly document?: string;
  readonly corrects?: string;
}

/**
 * What tax accounts come to, per party, currency and counterparty. An authority's claims stand on its receivables,
 * and are told from what it is owed for services by the tax account on the other side.
 */
export function taxItems(postings: readonly StoredPosting[]): Map<string, Map<string, bigint>> {
  const items = new Map<string, Map<string, bigint>>();
  const put = (party: string, currency: string, counterparty: string, amountMinor: bigint) => {
    const key = `${party}\n${currency}`;
    const own = items.get(key) ?? new Map<string, bigint>();
    own.set(counterparty, (own.get(counterparty) ?? 0n) + amountMinor);
    items.set(key, own);
  };
  for (const { account, currency, amountMinor } of postings) {
    const { party, purpose, counterparty } = parseAccount(account);
    if (purpose !== "tax" || counterparty === undefined) continue;
    put(party, currency, counterparty, amountMinor);
    put(counterparty, currency, party, -amountMinor);
  }
  return items;
}
