import { Args } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentSettlement } from "../../views/settlement.ts";

export default class SettlementsShow extends EcoCommand {
  static override summary = "Show what the parties owe each other after a closed period.";
  static override examples = ["<%= config.bin %> <%= command.id %> set_01"];
  static override args = {
    id: Args.string({ required: true, description: "The settlement's id.", ignoreStdin: true }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(SettlementsShow);
    const session = await this.session(flags);
    const { result } = await session.client.call("settlements.get", { settlementId: args.id });
    presentSettlement(result, this.out);
    return { result };
  }
}
