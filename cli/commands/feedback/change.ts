import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentFeedback } from "../../views/feedback.ts";

export default class FeedbackChange extends EcoCommand {
  static override summary = "Change what you said, while it can be changed.";
  static override examples = ["<%= config.bin %> <%= command.id %> fbk_01 --score 5"];
  static override args = idArg("feedback");
  static override flags = {
    score: Flags.integer({ helpValue: "<n>", summary: "The new score.", atLeastOne: ["score", "comment"] }),
    comment: Flags.string({ helpValue: "<text>", summary: "The new words." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(FeedbackChange);
    const input = {
      feedbackId: args.id,
      score: flags.score,
      comment: flags.comment,
    };
    return this.ask(flags, "feedback.change", input, presentFeedback);
  }
}
