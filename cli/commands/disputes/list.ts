import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { disputeColumns } from "../../views/dispute.ts";
import { limitFlag } from "../../views/present-list.ts";

export default class DisputesList extends EcoCommand {
  static override summary = "List the disputes about deliveries in which your party takes part.";
  static override examples = ["<%= config.bin %> <%= command.id %> --status open"];
  static override flags = {
    status: Flags.option({ options: ["open", "resolved"] as const, summary: "Only with this status." })(),
    delivery: Flags.string({ helpValue: "<id>", summary: "Only about this delivery." }),
    ...limitFlag,
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(DisputesList);
    const input = { status: flags.status, deliveryId: flags.delivery };
    return this.list(flags, {
      capability: "disputes.list",
      input,
      columns: disputeColumns,
      noun: "disputes",
    });
  }
}
