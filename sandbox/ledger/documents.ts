import type { Leg, PartyId } from "../rating/types.ts";
import type { IssuedDocument, TaxSum, Totals } from "./issued.ts";
import { type LegSum, noteOf } from "./leg-sums.ts";
import { toSafe } from "./safe.ts";

/**
 * The documents of a supplier's statement. What changes something of an earlier period is never mixed into an invoice: it makes a
 * note for each document that it changes.
 * @param sums of the legs of which `supplier` is the payee, in one currency
 */
export function documentsOf({
  supplier,
  issuedBy,
  statementNumber,
  currency,
  sums,
}: {
  readonly supplier: PartyId;
  readonly issuedBy: PartyId;
  readonly statementNumber: string;
  readonly currency: string;
  readonly sums: readonly LegSum[];
}): IssuedDocument[] {
  const groups = Map.groupBy(sums, ({ payer, corrects, note }) => [payer, corrects ?? "", note].join("\n"));
  const documents: IssuedDocument[] = [];
  // Sorted, so that the numbers don't depend on which party's delivery came first.
  for (const [, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [first] = group;
    if (first === undefined) continue;
    const totals = totalsOfSums(group);
    documents.push({
      number: `${statementNumber}/${documents.length + 1}`,
      type: first.corrects === undefined ? (totals.payableMinor < 0 ? "credit-note" : "invoice") : first.note,
      supplier,
      customer: first.payer,
      issuedBy,
      selfBilled: issuedBy !== supplier,
      ...(first.corrects === undefined ? {} : { corrects: first.corrects }),
      currency,
      ...totals,
      taxes: taxesOf(group),
    });
  }
  return documents;
}

/** The document that a leg is part of, of those on the statement of either of its parties. */
export function documentOf(
  documents: readonly IssuedDocument[],
  leg: Leg,
  corrects: string | undefined,
): string | undefined {
  const note = noteOf(leg, corrects);
  return documents.find(
    (document) =>
      document.supplier === leg.payee &&
      document.customer === leg.payer &&
      document.corrects === corrects &&
      (corrects === undefined || document.type === note),
  )?.number;
}

export function totalsOfSums(sums: readonly LegSum[]): Totals {
  let [net, credit, tax, payable] = [0n, 0n, 0n, 0n];
  for (const sum of sums) {
    net += sum.netMinor;
    credit += sum.creditMinor;
    tax += sum.taxMinor;
    payable += sum.payableMinor;
  }
  return {
    netMinor: toSafe(net),
    serviceCreditMinor: toSafe(credit),
    taxMinor: toSafe(tax),
    payableMinor: toSafe(payable),
  };
}

function taxesOf(sums: readonly LegSum[]): TaxSum[] {
  const rates = Map.groupBy(sums, ({ taxCode, taxPercent }) => `${taxCode}\n${taxPercent}`);
  return [...rates]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const [first] = group;
      if (first === undefined) return [];
      const { netMinor, serviceCreditMinor, taxMinor } = totalsOfSums(group);
      const { taxCode, taxPercent } = first;
      return [{ taxCode, taxPercent, baseMinor: netMinor - serviceCreditMinor, taxMinor }];
    });
}
