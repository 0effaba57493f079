import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../command.ts";
import { quarterInput } from "../measurement/time.ts";
import { withTriageCommands } from "../measurement/triage-commands.ts";
import { reportFiles, reportFlag, writeReports } from "../report-files.ts";
import { objectAt } from "../views/fields.ts";
import { markdownReview, presentReview, titleOf } from "../views/review.ts";

export default class Review extends EcoCommand {
  static override summary =
    "Look back on a quarter beside the one before: figures, value, what happened, what waits.";
  static override description =
    "What is brought to the table once in a quarter: the scorecard in its three layers against the targets, whose tier changed, what each party paid and received by the books and what was left of it, how much went to few, certifications, disputes, incidents, feedback, changes and their notice, who joined and who left, and what waits for whom now. You see what your party takes part in; who oversees the ecosystem sees everything.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --period 2025-Q1",
    {
      description: "To take along, for one party",
      command: "<%= config.bin %> <%= command.id %> --period 2025-Q1 --party blueline --report review.md",
    },
  ];
  static override flags = {
    period: Flags.string({
      helpValue: "<quarter>",
      summary: "The calendar quarter, 2025-Q1; the last one that has gone by where left out.",
    }),
    party: Flags.string({
      helpValue: "<id>",
      summary: "Only what this party takes part in: for those who oversee the ecosystem.",
    }),
    ...reportFlag,
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(Review);
    const reports = reportFiles(flags.report);
    const session = await this.session(flags);
    const { result } = await session.client.call("quarterly-reviews.get", {
      ...quarterInput(flags.period),
      ...(flags.party === undefined ? {} : { partyId: flags.party }),
    });
    const waiting = withTriageCommands(objectAt(result, "waiting"), session);
    const review = { ...result, waiting };
    const title = titleOf(review, session.catalog.ecosystem.title);
    presentReview(review, title, this.out);
    await writeReports(reports, review, () => markdownReview(review, title), this.out);
    return { result: review };
  }
}
