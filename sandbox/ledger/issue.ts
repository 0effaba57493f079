import type { PartyId } from "../rating/types.ts";
import { documentOf, documentsOf } from "./documents.ts";
import { amountsOf, type StatementEntry } from "./entry.ts";
import type { IssuedDocument, IssuedLine, IssuedStatement, PrepaidMovement, Totals } from "./issued.ts";
import { type LegSum, LegSums } from "./leg-sums.ts";
import { push } from "./push.ts";
import { toSafe } from "./safe.ts";

/** A statement to be issued: its number is settled, what stands on it is not. */
export interface StatementHead {
  readonly id: string;
  readonly number: string;
  readonly party: PartyId;
  readonly currency: string;
  /** What the party settles with tax authorities, or is owed as one: positive is owed to the party. */
  readonly taxes: readonly TaxItem[];
  /** Lines of no leg beside those of tax: what was drawn from prepaid balances. */
  readonly payments?: readonly IssuedLine[];
  /** What happened to the party's own prepaid balances. */
  readonly prepaid?: readonly PrepaidMovement[];
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
  /** One for each party and currency that the legs name as payer or payee. */
  readonly heads: readonly StatementHead[];
}

/** A statement without the lines of its legs, which are as many as there were bookings. */
export interface StatementFrame extends Omit<IssuedStatement, "lines" | "documents"> {
  readonly documents: readonly IssuedDocument[];
  /** How many lines it has in all. */
  readonly lineCount: number;
  /** Lines of no leg, which come last: the tax that is settled with an authority, what is drawn from prepaid balances. */
  readonly ownLines: readonly IssuedLine[];
}

/**
 * The statements of a period from the sums of its legs, all at once: a document stands on the statements of both its parties,
 * under the same number. {@link lineOf} makes the lines, whenever they are asked for.
 */
export function frameStatements(issue: Issue, sums: LegSums): StatementFrame[] {
  const { period, settlementId, issuedAt, issuedBy, heads } = issue;
  const all = sums.all().filter(({ payer, payee }) => payer !== payee);
  const sold = Map.groupBy(all, ({ payee, currency }) => keyOf(payee, currency));
  const bought = Map.groupBy(all, ({ payer, currency }) => keyOf(payer, currency));
  const papers = new Map<string, IssuedDocument[]>();
  for (const { party, currency, number } of heads) {
    const own = sold.get(keyOf(party, currency)) ?? [];
    const made = documentsOf({
      supplier: party,
      issuedBy,
      statementNumber: number,
      currency,
      sums: own,
    });
    for (const document of made)
      for (const each of [document.supplier, document.customer])
        push(papers, keyOf(each, currency), document);
  }
  return heads.map(({ id, number, party, currency, taxes, payments = [], prepaid = [] }) => {
    const key = keyOf(party, currency);
    const due = taxes.filter(({ amountMinor }) => amountMinor !== 0n).map(taxLine);
    const ownLines = [...due, ...payments];
    const [receivable, payable] = [sold.get(key) ?? [], bought.get(key) ?? []];
    const lineCount = legsIn(receivable) + legsIn(payable) + ownLines.length;
    return {
      id,
      number,
      party,
      period,
      currency,
      documents: papers.get(key) ?? [],
      lineCount,
      ownLines,
      ...(prepaid.length === 0 ? {} : { prepaid }),
      ...totalsOf([
        ...receivable.map((sum): IssuedLine => ({ direction: "receivable", ...amountsOf(sum) })),
        ...payable.map((sum): IssuedLine => ({ direction: "payable", ...amountsOf(sum) })),
        ...ownLines,
      ]),
      settlementId,
      issuedAt,
    };
  });
}

/**
 * The statements of a period with all their lines, for periods that fit into memory.
 * @param entries in booking order
 */
export function issueStatements(
  issue: Issue & { readonly entries: readonly StatementEntry[] },
): IssuedStatement[] {
  const sums = new LegSums();
  for (const { leg, corrects } of issue.entries) sums.add(leg, corrects);
  return frameStatements(issue, sums).map(({ ownLines, lineCount: _, ...frame }) => {
    const { party, currency, documents } = frame;
    const own = issue.entries.filter(({ leg }) => leg.currency === currency && concerns(leg, party));
    return { ...frame, lines: [...own.map((entry) => lineOf(entry, party, documents)), ...ownLines] };
  });
}

/** A leg from a party to itself moves nothing and is on no statement. */
export const concerns = (
  leg: { readonly payer: PartyId; readonly payee: PartyId },
  party: PartyId,
): boolean => leg.payer !== leg.payee && (leg.payer === party || leg.payee === party);

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

/**
 * A booking of a leg as one of its parties sees it.
 * @param documents those on the party's statement
 */
export function lineOf(
  entry: StatementEntry,
  party: PartyId,
  documents: readonly IssuedDocument[],
): IssuedLine {
  const { leg, booking, corrects, stands, stood } = entry;
  const chargeId = chargeOf(leg.deliveryId, leg.id);
  const document = documentOf(documents, leg, corrects);
  return {
    legId: leg.id,
    ...(chargeId === undefined ? {} : { chargeId }),
    ...(leg.kind === "commitment" ? { commitmentId: leg.deliveryId } : { deliveryId: leg.deliveryId }),
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

const legsIn = (sums: readonly LegSum[]): number => sums.reduce((count, { legs }) => count + legs, 0);
const keyOf = (party: PartyId, currency: string): string => `${party}\n${currency}`;
