import { Args, Flags } from "@oclif/core";
import type { OwnFigure, Reconciled } from "../../../sandbox/ledger/index.ts";
import { minorUnits } from "../../../sandbox/rating/currency.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { asGiven } from "../../config/as-given.ts";
import { counted } from "../../output/counted.ts";
import { openRows } from "../../rows/read-rows.ts";
import { requireParty } from "../../session.ts";
import type { Books, BooksQuery } from "../../settlements/books.ts";

export default class SettlementsReconcile extends EcoCommand {
  static override summary = "Compare your own figures with the books, down to the cause of each difference.";
  static override description =
    "Reads CSV, JSON or NDJSON with a row for each delivery, and compares it with your statements, and with the lines of months that aren't closed yet: of the one that --period names, or of those that deliveries in the file are booked in. Columns are found by their names (delivery, net, service_credit, tax, payable, counterparty, product) or mapped. Only amounts that your file has are compared; rows of one delivery are added up. Amounts are positive, whether you are owed them or owe them.\n\nCauses: rounding, tax, service-credit, recourse, correction-after, price (another tier, quantity or price), duplicate, sign, minor-units, counterparty. The exit status is 3 where anything differs, 2 where rows can't be read.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> march.csv --period 2025-03",
    {
      description: "A file with its own column names",
      command: "<%= config.bin %> <%= command.id %> ledger.csv --map delivery=job_no,net=price,tax=vat",
    },
    {
      description: "Amounts with a decimal comma, as data",
      command: "<%= config.bin %> <%= command.id %> buchungen.csv --decimal-comma --json",
    },
  ];
  static override args = {
    file: Args.string({ description: "CSV, JSON or NDJSON file, or - for stdin.", ignoreStdin: true }),
  };
  static override flags = {
    map: Flags.string({
      helpValue: "<field=column>",
      multiple: true,
      multipleNonGreedy: true,
      summary: "Which column gives a field. Repeat it, or separate pairs by commas.",
    }),
    period: Flags.string({
      helpValue: "<month>",
      summary:
        "Only this month, like 2025-03, closed or open; every one that the file speaks of where left out.",
    }),
    party: Flags.string({
      helpValue: "<party>",
      summary: "Whose statements; your own party where left out.",
    }),
    currency: Flags.string({
      helpValue: "<code>",
      summary: "Currency of the figures; the ecosystem's where left out.",
    }),
    "decimal-comma": Flags.boolean({ summary: "Amounts are written like 1.234,56." }),
    format: Flags.option({
      options: ["csv", "json", "ndjson"] as const,
      summary: "Format of the input; by the file's extension or its beginning where left out.",
    })(),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SettlementsReconcile);
    const file = args.file ?? (process.stdin.isTTY ? undefined : "-");
    if (file === undefined)
      throw new EcoError("ECO_INPUT_MISSING", "No file to reconcile.", {
        fix: "Name a file, or - for stdin: eco settlements reconcile FILE.",
      });
    const session = await this.session(flags);
    const currency = flags.currency ?? session.catalog.ecosystem.currency;
    const party = flags.party ?? requireParty(session);
    const read = await readFigures({ file, ...flags }, minorUnits(currency));
    if (read.others > 0) this.out.note(`${counted(read.others, "row")} without a delivery, passed over.`);
    const query = { party, currency, period: flags.period };
    const { Books } = await import("../../settlements/books.ts");
    const books = await Books.read(session, query);
    const compared = await compareWith(books, read.figures, query);
    const { presentReconciled, countsOf, toFinding } = await import(
      "../../settlements/present-reconciled.ts"
    );
    const findings = compared.map((each) => toFinding(each, books, currency, asGiven(session.settings)));
    presentReconciled(findings, currency, this.out);
    const counts = countsOf(findings);
    for (const open of books.openPeriods)
      this.out.note(`${open} isn't closed yet: what is compared with it may still change.`);
    const result = {
      party,
      currency,
      ...(flags.period === undefined ? {} : { period: flags.period }),
      statements: books.statements.map(({ number }) => number),
      openPeriods: books.openPeriods,
      ...counts,
      rejected: read.rejected,
      findings: findings.filter(({ status }) => status !== "matched"),
    };
    const failure = failureOf(counts, read.rejected);
    return failure === undefined ? { result } : { result, failure };
  }
}

interface ReadFigures {
  readonly figures: readonly OwnFigure[];
  readonly others: number;
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
}

interface FigureInput {
  readonly file: string;
  readonly map?: readonly string[] | undefined;
  readonly format?: "csv" | "json" | "ndjson" | undefined;
  readonly "decimal-comma": boolean;
}

async function readFigures(input: FigureInput, scale: number): Promise<ReadFigures> {
  const { completeFigureMapping, parseFigureMapping, toFigure } = await import(
    "../../settlements/figures.ts"
  );
  const given = parseFigureMapping(input.map ?? []);
  const source = await openRows(input.file, input.format);
  let mapping = source.columns === undefined ? undefined : completeFigureMapping(given, source.columns);
  const figures: OwnFigure[] = [];
  const rejected: { line: number; reason: string }[] = [];
  let others = 0;
  for await (const row of source.rows) {
    // Rows of JSON name their own columns: the first one speaks for all.
    mapping ??= completeFigureMapping(given, Object.keys(row.columns));
    const read = toFigure(row, mapping, scale, input["decimal-comma"]);
    if (read.kind === "figure") figures.push(read.figure);
    else if (read.kind === "rejected") rejected.push({ line: read.line, reason: read.reason });
    else others += 1;
  }
  return { figures, others, rejected };
}

/** Compared until no delivery is left whose month could be opened. */
async function compareWith(
  books: Books,
  figures: readonly OwnFigure[],
  { party, currency, period }: BooksQuery,
): Promise<Reconciled[]> {
  const { reconcile } = await import("../../../sandbox/ledger/index.ts");
  let compared: Reconciled[];
  do compared = reconcile(figures, books.parts, minorUnits(currency));
  while (await books.widen(compared));
  if (books.statements.length > 0 || books.parts.some(({ lines }) => lines.length > 0)) return compared;
  const which = period === undefined ? "" : ` for ${period}`;
  throw new EcoError("ECO_NOT_FOUND", `${party} has nothing in ${currency}${which} to compare with.`, {
    fix: "Nothing was booked for it then, or in another currency: `eco settlements list` shows the closed periods.",
  });
}

function failureOf(
  counts: { readonly differs: number; readonly missingHere: number; readonly missingThere: number },
  rejected: ReadFigures["rejected"],
): EcoError | undefined {
  if (rejected.length > 0) {
    const shown = rejected.slice(0, 10).map(({ line, reason }) => `\n  line ${line}: ${reason}`);
    const more = rejected.length > 10 ? `\n  and ${rejected.length - 10} more` : "";
    return new EcoError(
      "ECO_ROWS_REJECTED",
      `${counted(rejected.length, "row")} can't be read:${shown.join("")}${more}`,
      {
        fix: "Mend these rows and run the command again; nothing was changed.",
      },
    );
  }
  const open = counts.differs + counts.missingHere + counts.missingThere;
  if (open === 0) return undefined;
  return new EcoError(
    "ECO_FIGURES_DIFFER",
    `${counted(open, "delivery differs", "deliveries differ")} from the books.`,
  );
}
