import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { textAt } from "../../views/fields.ts";

export default class ChangesObject extends EcoCommand {
  static override summary = "Object to a proposed change that affects you, while you may.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> chg_01 --reason "Our next build comes in June."',
  ];
  static override args = idArg("change");
  static override flags = {
    reason: Flags.string({
      helpValue: "<text>",
      required: true,
      summary: "What speaks against it; all affected read it.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(ChangesObject);
    const input = { changeId: args.id, reason: flags.reason };
    return this.ask(flags, "changes.object", input, (objection, out) =>
      out.success(`Objected to ${args.id}: ${textAt(objection, "id")}.`),
    );
  }
}
