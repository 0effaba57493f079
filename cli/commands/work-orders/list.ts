import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { limitFlag } from "../../views/present-list.ts";
import { workOrderColumns } from "../../views/work-order.ts";

export default class WorkOrdersList extends EcoCommand {
  static override summary = "List the work orders in which your party takes part.";
  static override examples = ["<%= config.bin %> <%= command.id %> --status offered"];
  static override flags = {
    status: Flags.option({
      options: [
        "offered",
        "accepted",
        "rescheduled",
        "in-progress",
        "completed",
        "cancelled",
        "unfulfilled",
      ] as const,
      summary: "Only with this status.",
    })(),
    provider: Flags.string({ helpValue: "<party>", summary: "Only those that this provider holds." }),
    customer: Flags.string({ helpValue: "<party>", summary: "Only for this customer." }),
    ...limitFlag,
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(WorkOrdersList);
    const { status, provider, customer } = flags;
    const input = { status, provider, customer };
    return this.list(flags, {
      capability: "work-orders.list",
      input,
      columns: workOrderColumns,
      noun: "work orders",
    });
  }
}
