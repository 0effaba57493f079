import { buildStatement, type Position, parseAccount, statementNumber } from "../ledger/index.ts";
import type { Leg } from "../rating/index.ts";
import type { JsonObject, StoredPosting } from "../store/store.ts";
import { chargeOf } from "./ledger.ts";
import { toMinor } from "./money.ts";

/** `statements/STATEMENTID`, key `party:PARTYID`. Totals are what the party is owed less what it owes: its position. */
export interface StatementRecord extends JsonObject {
  readonly id: string;
  readonly number: string;
  readonly party: string;
  readonly period: string;
  readonly currency: string;
  readonly lines: readonly JsonObject[];
  readonly netMinor: number;
  readonly serviceCreditMinor: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
  readonly settlementId: string;
  readonly issuedAt: string;
}

export interface StatementRequest {
  readonly id: string;
  /** How many statements the party has had. */
  readonly issued: number;
  readonly position: Position;
  readonly period: string;
  readonly settlementId: string;
  readonly issuedAt: string;
  /** Legs booked into the period in which the party pays or is paid. */
  readonly legs: readonly Leg[];
  /** What it owes tax authorities, or is owed as one, by counterparty: positive is owed to the party. */
  readonly taxes: readonly TaxItem[];
}

export interface TaxItem {
  readonly counterparty: string;
  readonly amountMinor: bigint;
}

/** A party's statement for a period: a line for each leg, and one for each authority that it settles tax with. */
export function makeStatement(request: StatementRequest): StatementRecord {
  const { id, position, period, legs, taxes } = request;
  const { party, currency } = position;
  const number = statementNumber(party, request.issued);
  const built = buildStatement({ id, number, party, period, currency, legs });
  const taxMinor = taxes.reduce((sum, tax) => sum + tax.amountMinor, 0n);
  return {
    id,
    number,
    party,
    period,
    currency,
    lines: [...built.lines.map(lineOf), ...taxes.map(taxLine)],
    netMinor: toMinor(built.netMinor),
    serviceCreditMinor: toMinor(built.serviceCreditMinor),
    taxMinor: toMinor(built.taxMinor + taxMinor),
    payableMinor: toMinor(built.payableMinor + taxMinor),
    settlementId: request.settlementId,
    issuedAt: request.issuedAt,
  };
}

function lineOf(line: ReturnType<typeof buildStatement>["lines"][number]): JsonObject {
  const chargeId = chargeOf(line.deliveryId, line.legId);
  return {
    ...(chargeId === undefined ? {} : { chargeId }),
    deliveryId: line.deliveryId,
    product: line.product,
    counterparty: line.counterparty,
    direction: line.direction,
    netMinor: toMinor(line.netMinor),
    serviceCreditMinor: toMinor(line.serviceCreditMinor),
    taxMinor: toMinor(line.taxMinor),
    payableMinor: toMinor(line.payableMinor),
  };
}

function taxLine({ counterparty, amountMinor }: TaxItem): JsonObject {
  const owed = amountMinor >= 0n;
  const minor = toMinor(owed ? amountMinor : -amountMinor);
  return {
    counterparty,
    direction: owed ? "receivable" : "payable",
    description: "Tax of the period, output less input.",
    netMinor: 0,
    serviceCreditMinor: 0,
    taxMinor: minor,
    payableMinor: minor,
  };
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
