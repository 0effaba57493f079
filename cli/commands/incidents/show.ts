import { Args } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentIncident } from "../../views/incident.ts";

export default class IncidentsShow extends EcoCommand {
  static override summary = "Show an incident with its deadlines, what was said, and its review.";
  static override examples = ["<%= config.bin %> <%= command.id %> inc_01"];
  static override args = {
    id: Args.string({ required: true, description: "The incident's id.", ignoreStdin: true }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(IncidentsShow);
    const session = await this.session(flags);
    const { result } = await session.client.call("incidents.get", {
      incidentId: args.id,
    });
    presentIncident(result, this.out);
    return { result };
  }
}
