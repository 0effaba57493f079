import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { deliveryColumns } from "../../views/delivery.ts";
import { limitFlag } from "../../views/present-list.ts";

export default class DeliveriesList extends EcoCommand {
  static override summary = "List the deliveries in which your party takes part.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --product express-leg --limit 20",
    "<%= config.bin %> <%= command.id %> --status disputed --json",
  ];
  static override flags = {
    product: Flags.string({ helpValue: "<id>", summary: "Only of this product." }),
    customer: Flags.string({ helpValue: "<party>", summary: "Only for this customer." }),
    status: Flags.string({
      helpValue: "<status>",
      summary: "Only with this status: rated, corrected, cancelled, disputed, settled.",
    }),
    parent: Flags.string({ helpValue: "<id>", summary: "Only the parts of this delivery." }),
    ...limitFlag,
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(DeliveriesList);
    const { product, customer, status, parent } = flags;
    const input = { product, customer, status, parent };
    return this.list(flags, {
      capability: "deliveries.list",
      input,
      columns: deliveryColumns,
      noun: "deliveries",
    });
  }
}
