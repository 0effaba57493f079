import { EcoCommand, type Outcome } from "../../command.ts";
import { sanitizeLine } from "../../output/sanitize.ts";
import { readScorecard, scorecardFlags, spanOf } from "../../scorecard.ts";
import { listAt, textAt } from "../../views/fields.ts";
import { scorecardColumns, scorecardRows } from "../../views/scorecard.ts";

export default class Scorecard extends EcoCommand {
  static override summary =
    "Show what the ecosystem measures: your own part beside the whole, against the targets.";
  static override description =
    "The metrics of the published catalogue in three layers: outcome, health, operations. Your own figure is computed from the records of your part, and `eco scorecard show METRIC` lists them; the figure of all is everybody's. Without --period it looks back as far as the catalogue's window says, from the sandbox's own time.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --period 2025-03",
    {
      description: "The whole ecosystem alone, as JSON",
      command: "<%= config.bin %> <%= command.id %> --party all --json",
    },
  ];
  static override flags = scorecardFlags;

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(Scorecard);
    const session = await this.session(flags);
    const { result, party } = await readScorecard(session, flags);
    const metrics = listAt(result, "metrics");
    if (metrics.length === 0) {
      this.out.note("The spec set declares no metrics: a document of kind `metrics` does.");
      return { result };
    }
    const tier = textAt(result, "tier");
    const whose = party === undefined ? "The ecosystem" : `${party}${tier === "" ? "" : `, tier ${tier}`}`;
    this.out.data(sanitizeLine(`${whose}, ${spanOf(result)}`));
    this.out.data("");
    this.out.table(scorecardRows(result), scorecardColumns(party));
    if (metrics.every((metric) => textAt(metric, "ecosystem.samples") === "0"))
      this.out.note("\nNothing was measured in this time. --period 2025-03 shows another month.");
    return { result };
  }
}
