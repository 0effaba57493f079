import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { column, moneyColumn } from "../../views/fields.ts";
import { limitFlag } from "../../views/present-list.ts";

export default class PrepaidList extends EcoCommand {
  static override summary = "List what was paid ahead, and what is left of it.";
  static override description =
    "Every balance that the agreements in force have for your party. When a month is closed, what is owed after tax is drawn from them in this order; what is left carries over until it expires.";
  static override examples = ["<%= config.bin %> <%= command.id %> --profile nordic-apps"];
  static override flags = {
    party: Flags.string({ helpValue: "<party>", summary: "Only balances of this payer." }),
    ...limitFlag,
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(PrepaidList);
    const columns = [
      column("Balance", "id"),
      column("Paid to", "payee"),
      column("Status", "status"),
      column("Until", "validFor.end"),
      moneyColumn("Paid in", "paidInMinor"),
      moneyColumn("Drawn", "drawnMinor"),
      moneyColumn("Left", "leftMinor"),
      column("", "currency"),
    ];
    const input = { party: flags.party };
    return this.list(flags, { capability: "prepaid.list", input, columns, noun: "balances" });
  }
}
