import type { AccountAmount } from "../../ledger/index.ts";
import { parseAccount } from "../../ledger/index.ts";
import type { JsonObject } from "../../store/store.ts";

/**
 * `statements/STATEMENTID`, key `party:PARTYID`: a `StatementFrame` of the ledger. Totals are what the party is owed less what
 * it owes: its position. The lines of legs are not stored: bookings are never changed, so they are read from them.
 */
export interface StatementRecord extends JsonObject {
  readonly id: string;
  readonly number: string;
  readonly party: string;
  readonly period: string;
  readonly currency: string;
  readonly documents: readonly JsonObject[];
  readonly lineCount: number;
  readonly netMinor: number;
  readonly serviceCreditMinor: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
  readonly settlementId: string;
  readonly issuedAt: string;
  /** What isn't shown: where its lines come from. */
  readonly internal: {
    /** The first booking of each stretch of the period that has lines of the party. */
    readonly stretches: readonly string[];
    /** Lines of no leg, which come last. */
    readonly ownLines: readonly JsonObject[];
  };
}

/**
 * What tax accounts come to, per party, currency and counterparty. An authority's claims stand on its receivables,
 * and are told from what it is owed for services by the tax account on the other side.
 */
export function taxItems(amounts: readonly AccountAmount[]): Map<string, Map<string, bigint>> {
  const items = new Map<string, Map<string, bigint>>();
  const put = (party: string, currency: string, counterparty: string, amountMinor: bigint) => {
    const key = `${party}\n${currency}`;
    const own = items.get(key) ?? new Map<string, bigint>();
    own.set(counterparty, (own.get(counterparty) ?? 0n) + amountMinor);
    items.set(key, own);
  };
  for (const { account, currency, amountMinor } of amounts) {
    const { party, purpose, counterparty } = parseAccount(account);
    if (purpose !== "tax" || counterparty === undefined) continue;
    put(party, currency, counterparty, amountMinor);
    put(counterparty, currency, party, -amountMinor);
  }
  return items;
}
