import type { PartyId } from "../rating/types.ts";
import { documentsOf } from "./documents.ts";
import { amountsOf, type StatementEntry } from "./entry.ts";
import type { IssuedDocument, IssuedLine, IssuedStatement, Totals } from "./issued.ts";
import { toSafe } from "./safe.ts";

/** A statement to be issued: its number is settled, what stands on it is not. */
export interface StatementHead {
  readonly id: string;
  readonly number: string;
  readonly party: PartyId;
  readonly currency: string;
  /** What the party settles with tax authorities, or is owed as one: positive is owed to the party. */
  readonly taxes: readonly TaxItem[];
}

export interface TaxItem {
  readonly counterparty: PartyId;
  readonly amountMinor: bigint;
}

export interface Issue {
  readonly period: string;
  readonly settlementId: string;
  readonly issuedAt: string;
  /** Who runs the settlement, and issues everybody's documents. */
  readonly issuedBy: PartyId;
  /** One for each party and currency that the entries name as payer or payee. */
  readonly heads: readonly StatementHead[];
  /** In booking order. */
  readonly entries: readonly StatementEntry[];
}

/** The statements of a period, all at once: a document stands on the statements of both its parties, under the same number. */
export function issueStatements(issue: Issue): IssuedStatement[] {
  const { period, settlementId, issuedAt, issuedBy, heads, entries } = issue;
  const sold = new Map<string, StatementEntry[]>();
  for (const entry of entries) push(sold, keyOf(entry.leg.payee, entry.leg.currency), entry);
  const papers = new Map<string, IssuedDocument[]>();
  const numbers = new Map<StatementEntry, string>();
  for (const { party, currency, number } of heads) {
    const own = sold.get(keyOf(party, currency)) ?? [];
    const made = documentsOf({ supplier: party, issuedBy, statementNumber: number, currency, entries: own });
    for (const [entry, document] of made.numbers) numbers.set(entry, document);
    for (const document of made.documents)
      for (const each of bothOf(document.supplier, document.customer))
        push(papers, keyOf(each, currency), document);
  }
  const lines = new Map<string, IssuedLine[]>();
  for (const entry of entries)
    for (const party of bothOf(entry.leg.payer, entry.leg.payee))
      push(lines, keyOf(party, entry.leg.currency), lineOf(entry, party, numbers.get(entry)));
  return heads.map(({ id, number, party, currency, taxes }) => {
    const key = keyOf(party, currency);
    const due = taxes.filter(({ amountMinor }) => amountMinor !== 0n).map(taxLine);
    const all = [...(lines.get(key) ?? []), ...due];
    const head = { id, number, party, period, currency, documents: papers.get(key) ?? [], lines: all };
    return { ...head, ...totalsOf(all), settlementId, issuedAt };
  });
}

/** What the party is owed less what it owes, over all lines. */
export function totalsOf(lines: readonly IssuedLine[]): Totals {
  const sum = { netMinor: 0, serviceCreditMinor: 0, taxMinor: 0, payableMinor: 0 };
  for (const line of lines) {
    const sign = line.direction === "payable" ? -1 : 1;
    sum.netMinor += sign * line.netMinor;
    sum.serviceCreditMinor += sign * line.serviceCreditMinor;
    sum.taxMinor += sign * line.taxMinor;
    sum.payableMinor += sign * line.payableMinor;
  }
  return sum;
}

function lineOf(entry: StatementEntry, party: PartyId, document: string | undefined): IssuedLine {
  const { leg, booking, corrects, stands, stood } = entry;
  const chargeId = chargeOf(leg.deliveryId, leg.id);
  return {
    legId: leg.id,
    ...(chargeId === undefined ? {} : { chargeId }),
    deliveryId: leg.deliveryId,
    product: leg.product,
    kind: leg.kind,
    booking,
    counterparty: leg.payer === party ? leg.payee : leg.payer,
    direction: leg.payer === party ? "payable" : "receivable",
    ...amountsOf(leg),
    taxCode: leg.taxCode,
    taxPercent: leg.taxPercent,
    ...(leg.taxAuthority === undefined ? {} : { taxAuthority: leg.taxAuthority }),
    taxRecovered: leg.taxRecovered,
    ...(document === undefined ? {} : { document }),
    ...(corrects === undefined ? {} : { corrects }),
    ...(stands === undefined ? {} : { stands }),
    ...(stood === undefined ? {} : { stood }),
  };
}

/** A leg begins with the place of its charge: `0/share/1` belongs to the charge `DELIVERYID.0`. */
export function chargeOf(deliveryId: string, legId: string | undefined): string | undefined {
  const place = /^(\d+)\//.exec(legId ?? "")?.[1];
  return place === undefined ? undefined : `${deliveryId}.${place}`;
}

function taxLine({ counterparty, amountMinor }: TaxItem): IssuedLine {
  const owed = amountMinor >= 0n;
  const minor = toSafe(owed ? amountMinor : -amountMinor);
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

/** A leg from a party to itself moves nothing and is on no statement. */
const bothOf = (one: PartyId, other: PartyId): readonly PartyId[] => (one === other ? [] : [one, other]);
const keyOf = (party: PartyId, currency: string): string => `${party}\n${currency}`;

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}
