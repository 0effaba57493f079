import type { Leg, PartyId } from "../rating/types.ts";

/** One leg as a party sees it. Amounts in minor units, positive when the party owes (`payable`) or is owed (`receivable`) them. */
export interface StatementLine {
  readonly legId: string;
  readonly deliveryId: string;
  readonly product: string;
  readonly counterparty: PartyId;
  readonly direction: "payable" | "receivable";
  readonly netMinor: bigint;
  readonly serviceCreditMinor: bigint;
  readonly taxCode: string;
  readonly taxMinor: bigint;
  readonly payableMinor: bigint;
}

/** What a party owes and is owed for a period. The totals are what it is owed less what it owes. */
export interface Statement {
  readonly id: string;
  /** Gapless per party: `nordic-apps-000001`. */
  readonly number: string;
  readonly party: PartyId;
  readonly period: string;
  readonly currency: string;
  readonly lines: readonly StatementLine[];
  readonly netMinor: bigint;
  readonly serviceCreditMinor: bigint;
  readonly taxMinor: bigint;
  readonly payableMinor: bigint;
}

/** `party-000001`: the next number after `issued` statements. */
export function statementNumber(party: PartyId, issued: number): string {
  return `${party}-${String(issued + 1).padStart(6, "0")}`;
}

/**
 * Lists the legs in which the party takes part; those of other currencies are left out, since each currency has a statement
 * of its own.
 */
export function buildStatement({
  legs,
  ...head
}: Pick<Statement, "id" | "number" | "party" | "period" | "currency"> & {
  readonly legs: readonly Leg[];
}): Statement {
  const lines = legs
    .filter((leg) => leg.currency === head.currency && (leg.payer === head.party || leg.payee === head.party))
    .map((leg) => lineOf(leg, head.party));
  const total = (field: "netMinor" | "serviceCreditMinor" | "taxMinor" | "payableMinor"): bigint =>
    lines.reduce((sum, line) => sum + (line.direction === "receivable" ? line[field] : -line[field]), 0n);
  return {
    ...head,
    lines,
    netMinor: total("netMinor"),
    serviceCreditMinor: total("serviceCreditMinor"),
    taxMinor: total("taxMinor"),
    payableMinor: total("payableMinor"),
  };
}

function lineOf(leg: Leg, party: PartyId): StatementLine {
  const owes = leg.payer === party;
  return {
    legId: leg.id,
    deliveryId: leg.deliveryId,
    product: leg.product,
    counterparty: owes ? leg.payee : leg.payer,
    direction: owes ? "payable" : "receivable",
    netMinor: leg.netMinor,
    serviceCreditMinor: leg.creditMinor,
    taxCode: leg.taxCode,
    taxMinor: leg.taxMinor,
    payableMinor: leg.payableMinor,
  };
}
