import { Args, Flags } from "@oclif/core";
import type { SettlementExport } from "../../../sandbox/ledger/index.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { counted } from "../../output/counted.ts";
import type { Session } from "../../session.ts";
import { writeText } from "../../write-file.ts";

const FORMATS = ["csv", "json", "html", "pain001"] as const;
type Format = (typeof FORMATS)[number];

export default class SettlementsExport extends EcoCommand {
  static override summary = "Export the statements of a closed period, or its payout file.";
  static override description =
    "A party gets its own statement, the orchestrator all of them. csv has one row a line (texts that a spreadsheet would run as formulas are disarmed), json the statements with their proofs, html a page to print, pain001 an ISO 20022 payout file (pain.001.001.09): one credit transfer for each party that is owed something. Without --output the export goes to stdout.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> 2025-03 --output march.csv",
    {
      description: "Your statement as a page to print",
      command: "<%= config.bin %> <%= command.id %> set_01 --output statement.html",
    },
    {
      description: "Pay everybody who is owed something",
      command:
        "<%= config.bin %> <%= command.id %> 2025-03 --format pain001 --output payout.xml --profile harbour",
    },
  ];
  static override args = {
    id: Args.string({
      required: true,
      description: "The settlement's id, or its period like 2025-03.",
      ignoreStdin: true,
    }),
  };
  static override flags = {
    format: Flags.option({
      options: FORMATS,
      summary: "Format of the export; by the extension of --output where left out, else csv.",
    })(),
    party: Flags.string({ helpValue: "<party>", summary: "Only this party's statement or payment." }),
    output: Flags.string({
      char: "o",
      helpValue: "<file>",
      summary: "File to write; stdout where left out.",
    }),
    "execution-date": Flags.string({
      helpValue: "<date>",
      summary: "Day on which the bank shall pay, like 2025-04-02; the day of the close where left out.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SettlementsExport);
    const format = flags.format ?? formatOf(flags.output);
    const executionDate = checkDate(flags["execution-date"], format);
    const session = await this.session(flags);
    const data = await readExport(session, args.id, flags.party);
    const content = await exported(format, data, session, executionDate);
    const { settlement, statements } = data;
    const about = { settlementId: settlement.id, period: settlement.period, format };
    const result = { ...about, statements: statements.length };
    if (flags.output === undefined) {
      this.out.raw(content);
      return { result: { ...result, content } };
    }
    await writeText(flags.output, content, { mode: 0o600 });
    this.out.success(
      `Wrote ${flags.output}: ${settlement.period}, ${counted(statements.length, "statement")} as ${format}.`,
    );
    return { result: { ...result, file: flags.output } };
  }
}

async function readExport(
  session: Session,
  id: string,
  party: string | undefined,
): Promise<SettlementExport> {
  const { readParties, readSettlement, readStatements } = await import(
    "../../settlements/read-settlement.ts"
  );
  const settlement = await readSettlement(session, id);
  const statements = await readStatements(session, { settlement, party });
  if (party !== undefined && statements.length === 0)
    throw new EcoError(
      "ECO_NOT_FOUND",
      `Settlement ${settlement.id} has no statement of ${party} that you may see.`,
      {
        fix: `Parties of the settlement: ${settlement.positions.map((position) => position.party).join(", ")}.`,
      },
    );
  const positions = settlement.positions.filter(
    (position) => party === undefined || position.party === party,
  );
  return { settlement: { ...settlement, positions }, statements, parties: await readParties(session) };
}

async function exported(
  format: Format,
  data: SettlementExport,
  session: Session,
  executionDate: string | undefined,
): Promise<string> {
  if (format === "pain001") {
    const { payoutFile } = await import("../../settlements/payout.ts");
    return payoutFile(session, data, executionDate);
  }
  const { toCsv, toHtml, toJson } = await import("../../../sandbox/ledger/index.ts");
  return { csv: toCsv, html: toHtml, json: toJson }[format](data);
}

function formatOf(output: string | undefined): Format {
  const extension = /\.([a-z]+)$/i.exec(output ?? ".csv")?.[1]?.toLowerCase();
  if (extension === "xml") return "pain001";
  if (extension === "htm") return "html";
  const found = FORMATS.find((format) => format === extension);
  if (found !== undefined) return found;
  throw new EcoError("ECO_USAGE", `The format can't be told from the name ${output}.`, {
    fix: `Give it with --format ${FORMATS.join("|")}.`,
  });
}

function checkDate(date: string | undefined, format: Format): string | undefined {
  if (date === undefined) return undefined;
  if (format !== "pain001")
    throw new EcoError("ECO_USAGE", `--execution-date says nothing to the format ${format}.`, {
      fix: "Leave it out, or add --format pain001.",
    });
  const read = new Date(`${date}T00:00:00Z`);
  if (
    /^\d{4}-\d{2}-\d{2}$/.test(date) &&
    !Number.isNaN(read.getTime()) &&
    read.toISOString().startsWith(date)
  )
    return date;
  throw new EcoError("ECO_USAGE", `--execution-date \`${date}\` is no day.`, {
    fix: "Write it like 2025-04-02.",
  });
}
