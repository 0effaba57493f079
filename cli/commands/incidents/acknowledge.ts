import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentIncident } from "../../views/incident.ts";

export default class IncidentsAcknowledge extends EcoCommand {
  static override summary = "Take on an incident that belongs to you.";
  static override examples = ['<%= config.bin %> <%= command.id %> inc_01 --note "We look at it."'];
  static override args = idArg("incident");
  static override flags = {
    note: Flags.string({ helpValue: "<text>", summary: "What is known, for everybody whom it concerns." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(IncidentsAcknowledge);
    const input = {
      incidentId: args.id,
      note: flags.note,
    };
    return this.ask(flags, "incidents.acknowledge", input, presentIncident);
  }
}
