import type { PartyId } from "../rating/types.ts";
import { amountsOf, type StatementEntry } from "./entry.ts";
import type { IssuedDocument, TaxSum, Totals } from "./issued.ts";

/**
 * The documents of a supplier's statement, and the number of the one that each entry is part of. Entries that change something of an
 * earlier period are never mixed into an invoice: they make a note for each document that they change.
 * @param entries legs of which `supplier` is the payee, in one currency
 */
export function documentsOf({
  supplier,
  issuedBy,
  statementNumber,
  currency,
  entries,
}: {
  readonly supplier: PartyId;
  readonly issuedBy: PartyId;
  readonly statementNumber: string;
  readonly currency: string;
  readonly entries: readonly StatementEntry[];
}): { readonly documents: readonly IssuedDocument[]; readonly numbers: ReadonlyMap<StatementEntry, string> } {
  const groups = new Map<string, StatementEntry[]>();
  for (const entry of entries) {
    const key = [entry.leg.payer, entry.corrects ?? "", noteOf(entry)].join("\n");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  const documents: IssuedDocument[] = [];
  const numbers = new Map<StatementEntry, string>();
  // Sorted, so that the numbers don't depend on which party's delivery came first.
  for (const [, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [first] = group;
    if (first === undefined) continue;
    const number = `${statementNumber}/${documents.length + 1}`;
    const totals = sumOf(group);
    documents.push({
      number,
      type:
        first.corrects === undefined ? (totals.payableMinor < 0 ? "credit-note" : "invoice") : noteOf(first),
      supplier,
      customer: first.leg.payer,
      issuedBy,
      selfBilled: issuedBy !== supplier,
      ...(first.corrects === undefined ? {} : { corrects: first.corrects }),
      currency,
      ...totals,
      taxes: taxesOf(group),
    });
    for (const entry of group) numbers.set(entry, number);
  }
  return { documents, numbers };
}

/** Which kind of document an entry belongs to: what takes off something invoiced before is a credit. */
function noteOf({ corrects, leg }: StatementEntry): IssuedDocument["type"] {
  if (corrects === undefined) return "invoice";
  const sign = leg.payableMinor === 0n ? leg.netMinor - leg.creditMinor : leg.payableMinor;
  return sign < 0n ? "credit-note" : "debit-note";
}

export function sumOf(entries: readonly StatementEntry[]): Totals {
  const sum = { netMinor: 0, serviceCreditMinor: 0, taxMinor: 0, payableMinor: 0 };
  for (const { leg } of entries) {
    const amounts = amountsOf(leg);
    sum.netMinor += amounts.netMinor;
    sum.serviceCreditMinor += amounts.serviceCreditMinor;
    sum.taxMinor += amounts.taxMinor;
    sum.payableMinor += amounts.payableMinor;
  }
  return sum;
}

function taxesOf(entries: readonly StatementEntry[]): TaxSum[] {
  const sums = new Map<string, TaxSum>();
  for (const { leg } of entries) {
    const { taxCode, taxPercent } = leg;
    const key = `${taxCode}\n${taxPercent}`;
    const before = sums.get(key) ?? { taxCode, taxPercent, baseMinor: 0, taxMinor: 0 };
    const { netMinor, serviceCreditMinor, taxMinor } = amountsOf(leg);
    sums.set(key, {
      ...before,
      baseMinor: before.baseMinor + netMinor - serviceCreditMinor,
      taxMinor: before.taxMinor + taxMinor,
    });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}
