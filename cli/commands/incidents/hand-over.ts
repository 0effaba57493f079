import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentIncident } from "../../views/incident.ts";

export default class IncidentsHandOver extends EcoCommand {
  static override summary = "Hand an incident over to the party to whom it belongs.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> inc_01 --to wayfare --note "The fault is in the forwarding system."',
  ];
  static override args = idArg("incident");
  static override flags = {
    to: Flags.string({ helpValue: "<party>", required: true, summary: "To whom." }),
    note: Flags.string({ helpValue: "<text>", summary: "What is known, for everybody whom it concerns." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(IncidentsHandOver);
    const input = {
      incidentId: args.id,
      owner: flags.to,
      note: flags.note,
    };
    return this.ask(flags, "incidents.hand-over", input, presentIncident);
  }
}
