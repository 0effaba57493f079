import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentWorkOrder } from "../../views/work-order.ts";

export default class WorkOrdersReport extends EcoCommand {
  static override summary = "Say how far you are with a work order.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> wo_01 --note "The van has left." --expected 2030-03-11T11:55:00',
  ];
  static override args = idArg("work order");
  static override flags = {
    note: Flags.string({ helpValue: "<text>", required: true, summary: "What there is to say." }),
    expected: Flags.string({ helpValue: "<time>", summary: "When it will be there." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(WorkOrdersReport);
    const input = { workOrderId: args.id, note: flags.note, expectedAt: flags.expected };
    return this.ask(flags, "work-orders.report", input, presentWorkOrder);
  }
}
