import { Args, Flags } from "@oclif/core";
import type { IssuedLine, IssuedStatement, StatementFinding } from "../../../sandbox/ledger/index.ts";
import { isPlainObject } from "../../../specs/engine/catalog/pointer.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { readText } from "../../read-file.ts";
import type { Session } from "../../session.ts";
import { textAt } from "../../views/fields.ts";

interface Verified {
  readonly number: string;
  readonly party: string;
  readonly provenLines: number;
  readonly unprovenLines: number;
  readonly findings: readonly StatementFinding[];
}

export default class SettlementsVerify extends EcoCommand {
  static override summary =
    "Check statements alone: each leg against the fingerprint of its delivery, each sum.";
  static override description =
    "Each line of a statement carries a salted inclusion proof. With it the leg is checked against the fingerprint under which every party knows the delivery, without seeing the legs of others; then documents, tax and totals are added up again. A file made by `eco settlements export --format json` is checked without any server.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> 2025-03",
    {
      description: "Without a server",
      command: "<%= config.bin %> <%= command.id %> --file statements.json",
    },
  ];
  static override args = {
    id: Args.string({ description: "The settlement's id, or its period like 2025-03.", ignoreStdin: true }),
  };
  static override flags = {
    file: Flags.string({
      helpValue: "<file>",
      summary: "Statements exported as JSON, instead of a settlement.",
    }),
    party: Flags.string({ helpValue: "<party>", summary: "Only this party's statements." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SettlementsVerify);
    if ((args.id === undefined) === (flags.file === undefined))
      throw new EcoError("ECO_INPUT_MISSING", "Name one settlement, or one file.", {
        fix: "eco settlements verify 2025-03, or eco settlements verify --file statements.json.",
      });
    const { statements, fingerprints } =
      flags.file === undefined
        ? await fromSettlement(await this.session(flags), args.id ?? "", flags.party)
        : { statements: await fromFile(flags.file, flags.party), fingerprints: new Map<string, string>() };
    const { verifyStatement } = await import("../../../sandbox/ledger/index.ts");
    const verified = statements.map((statement): Verified => {
      const { number, party } = statement;
      return { number, party, ...verifyStatement(statement, (id) => fingerprints.get(id)) };
    });
    this.#present(verified);
    const result = { comparedFingerprints: fingerprints.size, statements: verified };
    const count = verified.reduce((sum, { findings }) => sum + findings.length, 0);
    if (count === 0) return { result };
    return {
      result,
      failure: new EcoError("ECO_STATEMENT_UNPROVEN", `${count} things on the statements don't hold.`),
    };
  }

  #present(verified: readonly Verified[]): void {
    this.out.table(verified, [
      { header: "Statement", value: ({ number }) => number },
      { header: "Proven lines", value: ({ provenLines }) => String(provenLines), align: "right" },
      { header: "Without a leg", value: ({ unprovenLines }) => String(unprovenLines), align: "right" },
      { header: "Findings", value: ({ findings }) => String(findings.length), align: "right" },
    ]);
    const all = verified.flatMap(({ number, findings }) =>
      findings.map((finding) => ({ number, ...finding })),
    );
    if (all.length === 0) return;
    this.out.data("");
    this.out.table(all, [
      { header: "Statement", value: ({ number }) => number },
      { header: "Line", value: ({ line }) => (line === undefined ? "" : String(line + 1)), align: "right" },
      { header: "Delivery", value: ({ deliveryId }) => deliveryId ?? "" },
      { header: "Problem", value: ({ detail }) => detail },
    ]);
  }
}

/** The statements of a settlement, and the fingerprints of those deliveries that were last booked on them. */
async function fromSettlement(
  session: Session,
  id: string,
  party: string | undefined,
): Promise<{ statements: IssuedStatement[]; fingerprints: Map<string, string> }> {
  const { readSettlement, readStatements } = await import("../../settlements/read-settlement.ts");
  const settlement = await readSettlement(session, id);
  const statements = await readStatements(session, { settlement, party });
  if (statements.length === 0)
    throw new EcoError("ECO_NOT_FOUND", `Settlement ${settlement.id} has no statement that you may see.`);
  const wanted = new Set(statements.flatMap(({ lines }) => lines.flatMap(subjectOf)));
  // Corrected since, a delivery has another fingerprint; the statement of that correction proves against it.
  for (const { settlementId, issuedAt = "", lines } of await readStatements(session, { party }))
    if (settlementId !== settlement.id && issuedAt >= (statements[0]?.issuedAt ?? ""))
      for (const subject of lines.flatMap(subjectOf)) wanted.delete(subject);
  const fingerprints = new Map<string, string>();
  for (const capability of ["deliveries.list", "commitments.list"]) {
    if (!session.client.has(capability)) continue;
    for await (const subject of session.client.list(capability)) {
      const id = textAt(subject, "id");
      const fingerprint = textAt(subject, "fingerprint");
      // Any other status than settled tells of a booking that is on no statement yet.
      if (wanted.has(id) && textAt(subject, "status") === "settled" && fingerprint !== "")
        fingerprints.set(id, fingerprint);
    }
  }
  return { statements, fingerprints };
}

/** What a line's leg is of: a delivery, or a commitment of a period. */
const subjectOf = ({ deliveryId, commitmentId }: IssuedLine): readonly string[] =>
  [deliveryId, commitmentId].filter((id) => id !== undefined);

async function fromFile(path: string, party: string | undefined): Promise<IssuedStatement[]> {
  const text = await readText(path);
  const statements = statementsIn(text);
  if (statements === undefined)
    throw new EcoError("ECO_INPUT_INVALID", `${path} holds no statements.`, {
      fix: "Make it with `eco settlements export ID --format json --output FILE`.",
    });
  return statements.filter((statement) => party === undefined || statement.party === party);
}

/** Undefined for what isn't JSON with a list of statements, or one statement as the API has it. */
function statementsIn(text: string): IssuedStatement[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const list = isPlainObject(value) && Array.isArray(value["statements"]) ? value["statements"] : [value];
  return list.every(isStatement) ? list : undefined;
}

function isStatement(value: unknown): value is IssuedStatement {
  return (
    isPlainObject(value) &&
    typeof value["party"] === "string" &&
    typeof value["number"] === "string" &&
    Array.isArray(value["lines"]) &&
    value["lines"].every(isPlainObject)
  );
}
