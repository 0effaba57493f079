import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { usageFlag, usageFrom } from "../../usage.ts";
import { presentWorkOrder } from "../../views/work-order.ts";

export default class WorkOrdersComplete extends EcoCommand {
  static override summary = "Complete a work order: its delivery is rated at once.";
  static override description =
    "Usage given here is laid over the usage of the order. `eco deliveries explain` shows how the delivery was rated.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> wo_01 --started-at 2030-03-11T11:30:00 --usage delayMinutes=25",
  ];
  static override args = idArg("work order");
  static override flags = {
    "started-at": Flags.string({ helpValue: "<time>", summary: "When it began; as ordered where left out." }),
    "ended-at": Flags.string({ helpValue: "<time>", summary: "When it ended." }),
    ...usageFlag("What was measured. Repeat it for several."),
    note: Flags.string({ helpValue: "<text>", summary: "What there is to say." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(WorkOrdersComplete);
    const input = {
      workOrderId: args.id,
      startedAt: flags["started-at"],
      endedAt: flags["ended-at"],
      usage: usageFrom(flags.usage),
      note: flags.note,
    };
    return this.ask(flags, "work-orders.complete", input, presentWorkOrder);
  }
}
