import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { feedbackColumns } from "../../views/feedback.ts";
import { limitFlag } from "../../views/present-list.ts";

export default class FeedbackList extends EcoCommand {
  static override summary =
    "List what customers said of the deliveries and cases in which your party takes part.";
  static override examples = ["<%= config.bin %> <%= command.id %> --status given"];
  static override flags = {
    status: Flags.option({ options: ["given", "withdrawn"] as const, summary: "Only with this status." })(),
    delivery: Flags.string({ helpValue: "<id>", summary: "Only about this delivery." }),
    case: Flags.string({ helpValue: "<id>", summary: "Only about this case." }),
    ...limitFlag,
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(FeedbackList);
    const input = { status: flags.status, deliveryId: flags.delivery, caseId: flags.case };
    return this.list(flags, {
      capability: "feedback.list",
      input,
      columns: feedbackColumns,
      noun: "feedback",
    });
  }
}
