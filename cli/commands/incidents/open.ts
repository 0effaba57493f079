import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentIncident } from "../../views/incident.ts";

export default class IncidentsOpen extends EcoCommand {
  static override summary = "Report what goes wrong for more than your own company.";
  static override description =
    "Whom it concerns is worked out and told by an event: who is named, who renders and sells the products, and who takes part in deliveries and open work orders within it.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> --title "Bookings of express legs fail" --severity major --product express-leg --party blueline --since 2025-03-11T09:30:00Z',
    '<%= config.bin %> <%= command.id %> --title "No lunch today" --severity critical --party fjord-catering --owner fjord-catering',
  ];
  static override flags = {
    title: Flags.string({ helpValue: "<text>", required: true, summary: "What is wrong, in a few words." }),
    severity: Flags.string({
      helpValue: "<id>",
      required: true,
      summary: "How bad it is, by one of the ecosystem's severities.",
    }),
    product: Flags.string({
      helpValue: "<id>",
      multiple: true,
      summary: "A product that is affected. Repeat it for several.",
    }),
    party: Flags.string({
      helpValue: "<id>",
      multiple: true,
      summary: "A party whose services are affected. Repeat it for several.",
    }),
    since: Flags.string({ helpValue: "<time>", summary: "When it began; now where left out." }),
    owner: Flags.string({
      helpValue: "<party>",
      summary: "To whom it belongs; where left out the one party named, else the orchestrator.",
    }),
    note: Flags.string({ helpValue: "<text>", summary: "What is known, for everybody whom it concerns." }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(IncidentsOpen);
    const input = {
      title: flags.title,
      severity: flags.severity,
      products: flags.product,
      parties: flags.party,
      since: flags.since,
      owner: flags.owner,
      note: flags.note,
    };
    return this.ask(flags, "incidents.open", input, presentIncident);
  }
}
