import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentCase } from "../../views/case.ts";

export default class CasesResolve extends EcoCommand {
  static override summary = "Resolve a case that is with you; its resolution is rated.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> cas_01 --summary "The parcel is on the 16:40 flight." --first-contact',
  ];
  static override args = idArg("case");
  static override flags = {
    summary: Flags.string({ helpValue: "<text>", required: true, summary: "What became of the request." }),
    "first-contact": Flags.boolean({ summary: "The customer had to ask only once." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(CasesResolve);
    const input = { caseId: args.id, summary: flags.summary, firstContact: flags["first-contact"] };
    return this.ask(flags, "cases.resolve", input, presentCase);
  }
}
