import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentFeedback } from "../../views/feedback.ts";

export default class FeedbackWithdraw extends EcoCommand {
  static override summary = "Take back what you said; score and words are erased.";
  static override examples = ["<%= config.bin %> <%= command.id %> fbk_01"];
  static override args = idArg("feedback");

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(FeedbackWithdraw);
    const input = { feedbackId: args.id };
    return this.ask(flags, "feedback.withdraw", input, presentFeedback);
  }
}
