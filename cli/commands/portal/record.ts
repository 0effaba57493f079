import { Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { textOfRecord } from "../../../specs/engine/published-record/read.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { counted } from "../../output/counted.ts";
import { partyOf, type Session } from "../../session.ts";
import { writeText } from "../../write-file.ts";

export default class PortalRecord extends EcoCommand {
  static override summary = "Take what the portal publishes of how the ecosystem does.";
  static override description =
    "Partners, certificates with what verifies them, and the figures of the scorecard, in one JSON file with its digest, by the orchestrator's rights. It holds no secrets, contacts, reasons, amounts of money or one company's volumes: look at it before you publish it. `eco portal build --record FILE` makes pages of it. Without --output it goes to stdout.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --profile harbour --output record.json",
    {
      description: "Without a history by months",
      command: "<%= config.bin %> <%= command.id %> --months 0 --profile harbour",
    },
  ];
  static override flags = {
    output: Flags.string({ char: "o", helpValue: "<file>", summary: "The file that it goes into." }),
    months: Flags.integer({
      default: 12,
      min: 0,
      max: 60,
      helpValue: "<n>",
      summary: "How many months the figures go back.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(PortalRecord);
    const { takeRecord } = await import("../../portal/published-record.ts");
    const session = await this.session(flags);
    requireOrchestrator(session);
    const { client, catalog } = session;
    const progress = this.out.progress("Taking the figures by month");
    const record = await takeRecord({
      client,
      catalog,
      months: flags.months,
      now: new Date().toISOString(),
      onMonth: (done, of) => progress.update(done, { done, total: of }),
    }).finally(() => progress.stop());
    const text = textOfRecord(record);
    if (flags.output === undefined) this.out.data(text.trimEnd());
    else {
      await writeText(flags.output, text);
      const counts = [
        counted(record.partners.length, "partner"),
        counted(record.certifications.length, "certificate"),
        counted(record.scorecards.length, "scorecard"),
      ];
      this.out.success(`${counts.join(", ")} in ${flags.output}.`);
    }
    return { result: record };
  }
}

/** Others see a part of it, which would look like the whole. @throws EcoError ECO_FORBIDDEN */
function requireOrchestrator(session: Session): void {
  const { orchestrator, title } = session.catalog.ecosystem;
  const party = partyOf(session);
  // Of a token that doesn't say whose it is, the API decides.
  if (party === undefined || party === orchestrator) return;
  throw new EcoError(
    "ECO_FORBIDDEN",
    `${title} publishes its whole record, and ${party} sees a part of it.`,
    {
      fix: `Take it as ${orchestrator}: --profile ${orchestrator}.`,
    },
  );
}
