import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentWorkOrder } from "../../views/work-order.ts";

export default class WorkOrdersShow extends EcoCommand {
  static override summary = "Show a work order with every attempt to place it.";
  static override examples = ["<%= config.bin %> <%= command.id %> wo_01"];
  static override args = idArg("work order");

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(WorkOrdersShow);
    const input = { workOrderId: args.id };
    return this.ask(flags, "work-orders.get", input, presentWorkOrder);
  }
}
