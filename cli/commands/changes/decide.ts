import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentChange } from "../../views/change.ts";

export default class ChangesDecide extends EcoCommand {
  static override summary = "Announce a proposed change, or reject it. The orchestrator's right.";
  static override description =
    "A change is announced once the time for objections is over, and each is answered where the rules ask for that. Its notice runs from then.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> chg_01 --outcome announced --reason "The objection is answered." --profile harbour',
    '<%= config.bin %> <%= command.id %> chg_01 --outcome rejected --reason "Nobody could be ready in time."',
  ];
  static override args = idArg("change");
  static override flags = {
    outcome: Flags.option({
      options: ["announced", "rejected"] as const,
      required: true,
      summary: "Whether it comes.",
    })(),
    reason: Flags.string({ helpValue: "<text>", required: true, summary: "Why; all affected read it." }),
    effective: Flags.string({
      helpValue: "<instant>",
      summary: "From when it holds; as proposed, or as soon after as the rules allow, where left out.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(ChangesDecide);
    const { outcome, reason, effective: effectiveAt } = flags;
    const input = { changeId: args.id, outcome, reason, effectiveAt };
    return this.ask(flags, "changes.decide", input, presentChange);
  }
}
