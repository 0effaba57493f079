import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentFeedback } from "../../views/feedback.ts";

export default class FeedbackShow extends EcoCommand {
  static override summary = "Show what a customer said.";
  static override examples = ["<%= config.bin %> <%= command.id %> fbk_01"];
  static override args = idArg("feedback");

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(FeedbackShow);
    const input = { feedbackId: args.id };
    return this.ask(flags, "feedback.get", input, presentFeedback);
  }
}
