import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentIncident } from "../../views/incident.ts";

export default class IncidentsShow extends EcoCommand {
  static override summary = "Show an incident with its deadlines, what was said, and its review.";
  static override examples = ["<%= config.bin %> <%= command.id %> inc_01"];
  static override args = idArg("incident");

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(IncidentsShow);
    const input = {
      incidentId: args.id,
    };
    return this.ask(flags, "incidents.get", input, presentIncident);
  }
}
