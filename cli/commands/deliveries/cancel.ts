import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentDelivery } from "../../views/delivery.ts";

export default class DeliveriesCancel extends EcoCommand {
  static override summary = "Cancel a delivery; the mirror of everything booked is booked.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> leg-1 --reason "Submitted under two ids."',
  ];
  static override args = idArg("delivery");
  static override flags = {
    reason: Flags.string({
      helpValue: "<text>",
      required: true,
      summary: "Why; all parties of the delivery read it.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(DeliveriesCancel);
    const input = { deliveryId: args.id, reason: flags.reason };
    return this.ask(flags, "deliveries.cancel", input, (cancelled, out) => {
      out.success(`Cancelled ${args.id}.`);
      presentDelivery(cancelled, out);
    });
  }
}
