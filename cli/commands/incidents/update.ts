import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentIncident } from "../../views/incident.ts";

export default class IncidentsUpdate extends EcoCommand {
  static override summary = "Say what is known by now; whom it concerns is worked out anew.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> inc_01 --note "Return flights too." --severity critical',
  ];
  static override args = idArg("incident");
  static override flags = {
    note: Flags.string({ helpValue: "<text>", required: true, summary: "What is new." }),
    severity: Flags.string({ helpValue: "<id>", summary: "Where it turns out to be better or worse." }),
    product: Flags.string({ helpValue: "<id>", multiple: true, summary: "The products that are affected." }),
    party: Flags.string({
      helpValue: "<id>",
      multiple: true,
      summary: "The parties whose services are affected.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(IncidentsUpdate);
    const input = {
      incidentId: args.id,
      note: flags.note,
      severity: flags.severity,
      products: flags.product,
      parties: flags.party,
    };
    return this.ask(flags, "incidents.update", input, presentIncident);
  }
}
