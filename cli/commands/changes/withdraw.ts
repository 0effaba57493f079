import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentChange } from "../../views/change.ts";

export default class ChangesWithdraw extends EcoCommand {
  static override summary = "Take a change back before it holds. The orchestrator's right.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> chg_01 --reason "We do it with the next change." --profile harbour',
  ];
  static override args = idArg("change");
  static override flags = {
    reason: Flags.string({ helpValue: "<text>", required: true, summary: "Why; all affected read it." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(ChangesWithdraw);
    const input = { changeId: args.id, reason: flags.reason };
    return this.ask(flags, "changes.withdraw", input, presentChange);
  }
}
