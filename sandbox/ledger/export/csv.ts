import { formatMinor, minorUnits } from "../../rating/currency.ts";
import type { IssuedDocument, IssuedLine, IssuedStatement } from "../issued.ts";
import type { SettlementExport } from "./types.ts";

type Cell = (line: IssuedLine, statement: IssuedStatement, document: IssuedDocument | undefined) => string;

const money =
  (field: "netMinor" | "serviceCreditMinor" | "taxMinor" | "payableMinor"): Cell =>
  (line, { currency }) =>
    formatMinor(line[field], minorUnits(currency));

/** Header and cell of each column. Texts are guarded, amounts are numbers that every spreadsheet reads. */
const columns: readonly (readonly [header: string, cell: Cell])[] = [
  ["statement", (_, statement) => guarded(statement.number)],
  ["party", (_, statement) => guarded(statement.party)],
  ["period", (_, statement) => guarded(statement.period)],
  ["document", (line) => guarded(line.document)],
  ["document_type", (_, __, document) => guarded(document?.type)],
  ["corrects", (line) => guarded(line.corrects)],
  ["self_billed", (_, __, document) => (document === undefined ? "" : String(document.selfBilled))],
  ["delivery", (line) => guarded(line.deliveryId)],
  ["leg", (line) => guarded(line.legId)],
  ["product", (line) => guarded(line.product)],
  ["kind", (line) => guarded(line.kind)],
  ["booking", (line) => guarded(line.booking)],
  ["counterparty", (line) => guarded(line.counterparty)],
  ["direction", (line) => guarded(line.direction)],
  ["currency", (_, statement) => guarded(statement.currency)],
  ["net", money("netMinor")],
  ["service_credit", money("serviceCreditMinor")],
  ["tax_code", (line) => guarded(line.taxCode)],
  ["tax_percent", (line) => guarded(line.taxPercent)],
  ["tax", money("taxMinor")],
  ["payable", money("payableMinor")],
  ["position", (line, { currency }) => formatMinor(signed(line), minorUnits(currency))],
  ["description", (line) => guarded(line.description)],
  ["commitment", (line) => guarded(line.commitmentId)],
  ["prepaid", (line) => guarded(line.prepaidId)],
];

/** RFC 4180, with a header, one row a line of a statement. `position` is positive where the party is owed the amount. */
export function toCsv({ statements }: SettlementExport): string {
  const rows = [columns.map(([header]) => header)];
  for (const statement of statements) {
    const documents = new Map((statement.documents ?? []).map((document) => [document.number, document]));
    for (const line of statement.lines) {
      const document = line.document === undefined ? undefined : documents.get(line.document);
      rows.push(columns.map(([, cell]) => cell(line, statement, document)));
    }
  }
  return rows.map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}

/** A text that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP advises. */
export function guarded(text: string | undefined): string {
  return text === undefined ? "" : /^[\s]*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

export function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

const signed = (line: IssuedLine): number =>
  line.direction === "payable" ? 0 - line.payableMinor : line.payableMinor;
