import { formatMinor, minorUnits } from "../../rating/currency.ts";
import type { IssuedDocument, IssuedLine, IssuedStatement, Totals } from "../issued.ts";
import { nameOf, type PartyDetails, type SettlementExport } from "./types.ts";
import { escaped } from "./xml.ts";

const STYLE = `
:root { color-scheme: light; }
body { font: 14px/1.45 system-ui, sans-serif; color: #14202b; background: #fff; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
.sub { color: #4a5a68; margin: .25rem 0 1.25rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.25rem; margin: 0; } dt { color: #4a5a68; } dd { margin: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #d5dde4; vertical-align: top; }
thead th { border-bottom: 2px solid #14202b; } tfoot th, tfoot td { border-bottom: 0; border-top: 2px solid #14202b; font-weight: 600; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.proof { font-size: .8rem; color: #4a5a68; overflow-wrap: anywhere; }
article + article { border-top: 1px solid #d5dde4; margin-top: 3rem; padding-top: 2rem; }
@media print {
  @page { size: A4; margin: 16mm 14mm; }
  body { margin: 0; padding: 0; max-width: none; font-size: 10pt; }
  .scroll { overflow: visible; } thead { display: table-header-group; } tr { break-inside: avoid; }
  article + article { break-before: page; border: 0; margin: 0; padding: 0; }
}`;

/** One page with nothing outside of itself: no script, no font, no picture. Each statement begins a new sheet of paper. */
export function toHtml(from: SettlementExport): string {
  const { settlement, statements, parties } = from;
  const title = `Statements ${settlement.period}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
${statements.map((statement) => article(statement, parties, settlement.id)).join("\n")}
</main>
</body>
</html>
`;
}

function article(statement: IssuedStatement, parties: readonly PartyDetails[], settlementId: string): string {
  const { party, currency, payableMinor } = statement;
  const details = parties.find(({ id }) => id === party);
  const position = amount(Math.abs(payableMinor), currency);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["Party", `${nameOf(parties, party)} (${party})`],
    ["Tax number", details?.taxId],
    ["Period", statement.period],
    ["Issued", statement.issuedAt],
    ["Settlement", settlementId],
    [payableMinor < 0 ? "To pay" : "To receive", `${position} ${currency}`],
  ];
  return `<article>
<h1>Statement ${escaped(statement.number)}</h1>
<p class="sub">${escaped(nameOf(parties, party))}, ${escaped(statement.period)}, ${escaped(currency)}</p>
<dl>${facts
    .flatMap(([name, value]) => (value === undefined ? [] : [`<dt>${name}</dt><dd>${escaped(value)}</dd>`]))
    .join("")}</dl>
${documentsTable(statement, parties)}
${linesTable(statement)}
${prepaidTable(statement)}
</article>`;
}

function documentsTable(statement: IssuedStatement, parties: readonly PartyDetails[]): string {
  const documents = statement.documents ?? [];
  if (documents.length === 0) return "";
  const rows = documents.map(
    (document) => `<tr><td>${escaped(document.number)}</td><td>${escaped(kindOf(document))}</td>
<td>${escaped(nameOf(parties, document.supplier))}</td><td>${escaped(nameOf(parties, document.customer))}</td>
<td>${document.taxes.map((tax) => escaped(`${tax.taxCode} ${tax.taxPercent} % on ${amount(tax.baseMinor, document.currency)}`)).join("<br>")}</td>
${figures(document, document.currency)}</tr>`,
  );
  return table("Documents", ["Number", "Kind", "Supplier", "Customer", "Tax rates"], rows, "");
}

function kindOf({ type, corrects, selfBilled, issuedBy }: IssuedDocument): string {
  const name = { invoice: "Invoice", "credit-note": "Credit note", "debit-note": "Debit note" }[type];
  const to = corrects === undefined ? "" : ` to ${corrects}`;
  return `${name}${to}${selfBilled ? `, self-billed by ${issuedBy}` : ""}`;
}

function linesTable(statement: IssuedStatement): string {
  const { currency, lines } = statement;
  const rows = lines.map(
    (
      line,
    ) => `<tr><td>${escaped(line.document ?? "")}</td><td>${escaped(line.deliveryId ?? line.commitmentId ?? "")}${proof(line)}</td>
<td>${escaped(line.product ?? line.description ?? "")}${line.booking === undefined || line.booking === "rating" ? "" : `<br>${escaped(line.booking)}`}</td>
<td>${escaped(line.counterparty ?? "")}</td><td>${escaped(line.direction ?? "")}</td>
${figures(line, currency)}</tr>`,
  );
  const foot = `<tr><th scope="row" colspan="5">Owed to the party less what it owes</th>${figures(statement, currency)}</tr>`;
  return table("Lines", ["Document", "Delivery", "For", "Other side", "Direction"], rows, foot);
}

function prepaidTable({ prepaid = [], currency }: IssuedStatement): string {
  if (prepaid.length === 0) return "";
  const rows = prepaid.map(
    ({ id, title, carriedMinor, paidInMinor, drawnMinor, expiredMinor, refundedMinor, leftMinor }) => {
      const amounts = [carriedMinor, paidInMinor, -drawnMinor, -expiredMinor, -refundedMinor, leftMinor];
      const cells = amounts.map((minor) => `<td class="n">${amount(minor, currency)}</td>`);
      return `<tr><td>${escaped(title ?? id)}</td>${cells.join("")}</tr>`;
    },
  );
  const amounts = ["Carried", "Paid in", "Drawn", "Expired", "Paid back", "Left"];
  return tableOf("Prepaid balances", ["Balance"], amounts, rows, "");
}

function proof({ stands, stood }: IssuedLine): string {
  const fingerprint = (stands ?? stood)?.fingerprint;
  return fingerprint === undefined ? "" : `<div class="proof">${escaped(fingerprint)}</div>`;
}

const table = (caption: string, headers: readonly string[], rows: readonly string[], foot: string): string =>
  tableOf(caption, headers, ["Net", "Credit", "Tax", "Payable"], rows, foot);

function tableOf(
  caption: string,
  headers: readonly string[],
  sums: readonly string[],
  rows: readonly string[],
  foot: string,
): string {
  const heads = headers.map((header) => `<th scope="col">${header}</th>`);
  const amounts = sums.map((name) => `<th scope="col" class="n">${name}</th>`);
  return `<h2>${caption}</h2>
<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<thead><tr>${[...heads, ...amounts].join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
${foot === "" ? "" : `<tfoot>${foot}</tfoot>`}
</table></div>`;
}

const figures = (totals: Totals, currency: string): string =>
  [totals.netMinor, totals.serviceCreditMinor, totals.taxMinor, totals.payableMinor]
    .map((minor) => `<td class="n">${amount(minor, currency)}</td>`)
    .join("");

const amount = (minor: number, currency: string): string =>
  escaped(formatMinor(minor, minorUnits(currency)).replace("-", "−"));
