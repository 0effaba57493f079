import { Args } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentSettlement } from "../../views/settlement.ts";

export default class SettlementsClose extends EcoCommand {
  static override summary =
    "Close a period, exactly once, and issue the statements. The orchestrator's right.";
  static override examples = ["<%= config.bin %> <%= command.id %> 2025-03 --profile harbour"];
  static override args = {
    period: Args.string({
      required: true,
      description: "The calendar month, like 2025-03.",
      ignoreStdin: true,
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SettlementsClose);
    return this.ask(flags, "settlements.close", { period: args.period }, (closed, out) => {
      out.success(`Closed ${args.period}.`);
      presentSettlement(closed, out);
    });
  }
}
