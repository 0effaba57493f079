import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import type { Fields } from "../../http/api-client.ts";
import { column, listAt, textAt } from "../../views/fields.ts";
import { limitFlag } from "../../views/present-list.ts";

/** How many parties have a position; in each currency that it has to do with, a party has one of its own. */
const partiesIn = (positions: readonly Fields[]): string =>
  String(new Set(positions.map((position) => textAt(position, "party"))).size);

export default class SettlementsList extends EcoCommand {
  static override summary = "List the periods that were closed.";
  static override examples = ["<%= config.bin %> <%= command.id %>"];
  static override flags = {
    period: Flags.string({ helpValue: "<month>", summary: "Only this one, like 2025-03." }),
    ...limitFlag,
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(SettlementsList);
    const columns = [
      column("Id", "id"),
      column("Period", "period"),
      column("Status", "status"),
      column("Closed", "closedAt"),
      {
        header: "Parties",
        value: (item: Readonly<Record<string, unknown>>) => partiesIn(listAt(item, "positions")),
        align: "right" as const,
      },
    ];
    const input = { period: flags.period };
    return this.list(flags, { capability: "settlements.list", input, columns, noun: "settlements" });
  }
}
