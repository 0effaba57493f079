import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentWorkOrder } from "../../views/work-order.ts";

export default class WorkOrdersDecline extends EcoCommand {
  static override summary = "Decline a work order; the next substitute is asked at once.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> wo_01 --reason "The kitchen is fully booked that day."',
  ];
  static override args = idArg("work order");
  static override flags = {
    reason: Flags.string({
      helpValue: "<text>",
      required: true,
      summary: "Why; those who placed it read it.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(WorkOrdersDecline);
    const input = { workOrderId: args.id, reason: flags.reason };
    return this.ask(flags, "work-orders.decline", input, presentWorkOrder);
  }
}
