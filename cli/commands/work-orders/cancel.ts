import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentWorkOrder } from "../../views/work-order.ts";

export default class WorkOrdersCancel extends EcoCommand {
  static override summary = "Cancel a work order that hasn't ended; nothing is rated.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> wo_01 --reason "The meeting is called off."',
  ];
  static override args = idArg("work order");
  static override flags = {
    reason: Flags.string({ helpValue: "<text>", required: true, summary: "Why; the others read it." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(WorkOrdersCancel);
    const input = { workOrderId: args.id, reason: flags.reason };
    return this.ask(flags, "work-orders.cancel", input, presentWorkOrder);
  }
}
