import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";

export default class ChangesComment extends EcoCommand {
  static override summary = "Comment on a change that affects you; the orchestrator answers objections so.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> chg_01 --text "What of deliveries that are for nobody in particular?"',
    '<%= config.bin %> <%= command.id %> chg_01 --answers obj_01 --text "Then name the customer itself." --profile harbour',
  ];
  static override args = idArg("change");
  static override flags = {
    text: Flags.string({
      helpValue: "<text>",
      required: true,
      summary: "What is to be said; all affected read it.",
    }),
    answers: Flags.string({ helpValue: "<id>", summary: "The objection that this answers." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(ChangesComment);
    const { text, answers } = flags;
    return this.ask(flags, "changes.comment", { changeId: args.id, text, answers }, (_, out) =>
      out.success(answers === undefined ? "Said." : `Answered ${answers}.`),
    );
  }
}
