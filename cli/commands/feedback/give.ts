import { Args, Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentFeedback } from "../../views/feedback.ts";

export default class FeedbackGive extends EcoCommand {
  static override summary = "Say how good a delivery was, or how well a case was resolved.";
  static override description =
    "The customer's right, once each. The score counts on the scorecards of those who took part; the words are read by those who may.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> dlv_09 --score 4 --comment "Late, but very good."',
    {
      description: "What the visitor says for whom it was delivered",
      command: "<%= config.bin %> <%= command.id %> dlv_09 --score 5 --for-beneficiary",
    },
    {
      description: "About a case",
      command: "<%= config.bin %> <%= command.id %> cas_01 --case --score 5",
    },
  ];
  static override args = {
    id: Args.string({
      required: true,
      description: "The id of the delivery, or of the case.",
      ignoreStdin: true,
    }),
  };
  static override flags = {
    score: Flags.integer({
      helpValue: "<n>",
      required: true,
      summary: "On the scale that the ecosystem declares.",
    }),
    comment: Flags.string({ helpValue: "<text>", summary: "In your own words." }),
    case: Flags.boolean({ summary: "The id is a case's." }),
    "for-beneficiary": Flags.boolean({ summary: "Pass on what the beneficiary says." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(FeedbackGive);
    const input = {
      ...(flags.case ? { caseId: args.id } : { deliveryId: args.id }),
      score: flags.score,
      comment: flags.comment,
      ...(flags["for-beneficiary"] ? { givenBy: "beneficiary" } : {}),
    };
    return this.ask(flags, "feedback.give", input, presentFeedback);
  }
}
