import { Args, Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentIncident } from "../../views/incident.ts";

export default class IncidentsAcknowledge extends EcoCommand {
  static override summary = "Take on an incident that belongs to you.";
  static override examples = ['<%= config.bin %> <%= command.id %> inc_01 --note "We look at it."'];
  static override args = {
    id: Args.string({ required: true, description: "The incident's id.", ignoreStdin: true }),
  };
  static override flags = {
    note: Flags.string({ helpValue: "<text>", summary: "What is known, for everybody whom it concerns." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(IncidentsAcknowledge);
    const session = await this.session(flags);
    const { result } = await session.client.call("incidents.acknowledge", {
      incidentId: args.id,
      ...(flags.note === undefined ? {} : { note: flags.note }),
    });
    presentIncident(result, this.out);
    return { result };
  }
}
