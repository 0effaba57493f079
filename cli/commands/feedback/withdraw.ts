import { Args } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentFeedback } from "../../views/feedback.ts";

export default class FeedbackWithdraw extends EcoCommand {
  static override summary = "Take back what you said; score and words are erased.";
  static override examples = ["<%= config.bin %> <%= command.id %> fbk_01"];
  static override args = {
    id: Args.string({ required: true, description: "The feedback's id.", ignoreStdin: true }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(FeedbackWithdraw);
    const session = await this.session(flags);
    const { result } = await session.client.call("feedback.withdraw", { feedbackId: args.id });
    presentFeedback(result, this.out);
    return { result };
  }
}
