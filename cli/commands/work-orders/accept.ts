import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentWorkOrder } from "../../views/work-order.ts";

export default class WorkOrdersAccept extends EcoCommand {
  static override summary = "Take a work order that is offered to you.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> wo_01 --note "Four vegan covers are planned."',
  ];
  static override args = idArg("work order");
  static override flags = {
    note: Flags.string({ helpValue: "<text>", summary: "What the customer should know." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(WorkOrdersAccept);
    const input = { workOrderId: args.id, note: flags.note };
    return this.ask(flags, "work-orders.accept", input, presentWorkOrder);
  }
}
