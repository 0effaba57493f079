import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentWorkOrder } from "../../views/work-order.ts";

export default class WorkOrdersReschedule extends EcoCommand {
  static override summary = "Move a work order to another time.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> wo_01 --to 2030-03-11T12:30:00 --reason "The meeting moved."',
  ];
  static override args = idArg("work order");
  static override flags = {
    to: Flags.string({
      helpValue: "<time>",
      required: true,
      summary: "When: with an offset, or a local time of the ecosystem.",
    }),
    reason: Flags.string({ helpValue: "<text>", required: true, summary: "Why; the others read it." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(WorkOrdersReschedule);
    const input = { workOrderId: args.id, scheduledFor: flags.to, reason: flags.reason };
    return this.ask(flags, "work-orders.reschedule", input, presentWorkOrder);
  }
}
