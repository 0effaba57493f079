import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentCase } from "../../views/case.ts";

export default class CasesRoute extends EcoCommand {
  static override summary = "Hand a case on to the party that can resolve it.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> cas_01 --to blueline --note "The carrier has the scan."',
  ];
  static override args = idArg("case");
  static override flags = {
    to: Flags.string({ helpValue: "<party>", required: true, summary: "To whom." }),
    note: Flags.string({ helpValue: "<text>", summary: "What that party should know." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(CasesRoute);
    const input = { caseId: args.id, assignee: flags.to, note: flags.note };
    return this.ask(flags, "cases.route", input, presentCase);
  }
}
