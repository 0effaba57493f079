import { Args } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentDelivery } from "../../views/delivery.ts";

export default class DeliveriesShow extends EcoCommand {
  static override summary = "Show a delivery with its charges, shares and recourse.";
  static override examples = ["<%= config.bin %> <%= command.id %> leg-1"];
  static override args = {
    id: Args.string({ required: true, description: "The delivery's id.", ignoreStdin: true }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(DeliveriesShow);
    const session = await this.session(flags);
    const { result } = await session.client.call("deliveries.get", { deliveryId: args.id });
    presentDelivery(result, this.out);
    return { result };
  }
}
