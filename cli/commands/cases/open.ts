import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentCase } from "../../views/case.ts";

export default class CasesOpen extends EcoCommand {
  static override summary = "Open a case: a request that is routed to who can resolve it.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> --intent track-parcel --customer nordic-apps --subject "Where is our parcel to Nashville?"',
  ];
  static override flags = {
    intent: Flags.string({
      helpValue: "<id>",
      required: true,
      summary: "What it is about, by one of the ecosystem's intents.",
    }),
    customer: Flags.string({ helpValue: "<party>", required: true, summary: "Whose request it is." }),
    subject: Flags.string({ helpValue: "<text>", required: true, summary: "The request in a sentence." }),
    beneficiary: Flags.string({
      helpValue: "<name>",
      summary: "For whom it is, where that isn't the customer.",
    }),
    about: Flags.string({ helpValue: "<id>", summary: "The record that it is about, such as a delivery." }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(CasesOpen);
    const input = {
      intent: flags.intent,
      customer: flags.customer,
      subject: flags.subject,
      beneficiary: flags.beneficiary,
      relatesTo: flags.about,
    };
    return this.ask(flags, "cases.open", input, presentCase);
  }
}
