import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentDelivery } from "../../views/delivery.ts";

export default class DeliveriesShow extends EcoCommand {
  static override summary = "Show a delivery with its charges, shares and recourse.";
  static override examples = ["<%= config.bin %> <%= command.id %> leg-1"];
  static override args = idArg("delivery");

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(DeliveriesShow);
    const input = { deliveryId: args.id };
    return this.ask(flags, "deliveries.get", input, presentDelivery);
  }
}
