import { Args, Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentFeedback } from "../../views/feedback.ts";

export default class FeedbackChange extends EcoCommand {
  static override summary = "Change what you said, while it can be changed.";
  static override examples = ["<%= config.bin %> <%= command.id %> fbk_01 --score 5"];
  static override args = {
    id: Args.string({ required: true, description: "The feedback's id.", ignoreStdin: true }),
  };
  static override flags = {
    score: Flags.integer({ helpValue: "<n>", summary: "The new score.", atLeastOne: ["score", "comment"] }),
    comment: Flags.string({ helpValue: "<text>", summary: "The new words." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(FeedbackChange);
    const session = await this.session(flags);
    const { result } = await session.client.call("feedback.change", {
      feedbackId: args.id,
      ...(flags.score === undefined ? {} : { score: flags.score }),
      ...(flags.comment === undefined ? {} : { comment: flags.comment }),
    });
    presentFeedback(result, this.out);
    return { result };
  }
}
