import { Args } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { readSettlement } from "../../settlements/read-settlement.ts";
import { presentSettlement } from "../../views/settlement.ts";

export default class SettlementsShow extends EcoCommand {
  static override summary = "Show what the parties owe each other after a closed period.";
  static override examples = ["<%= config.bin %> <%= command.id %> 2025-03"];
  static override args = {
    id: Args.string({
      required: true,
      ignoreStdin: true,
      description: "The settlement's id, or its period like 2025-03.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SettlementsShow);
    const session = await this.session(flags);
    const result = await readSettlement(session, args.id);
    presentSettlement({ ...result }, this.out);
    return { result };
  }
}
