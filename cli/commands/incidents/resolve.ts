import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentIncident } from "../../views/incident.ts";

export default class IncidentsResolve extends EcoCommand {
  static override summary = "End an incident, with its cause.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> inc_01 --cause force-majeure --summary "The airport was closed by snow." --until 2025-03-11T11:00:00Z',
  ];
  static override args = idArg("incident");
  static override flags = {
    cause: Flags.string({
      helpValue: "<id>",
      required: true,
      summary: "Why it happened, by one of the ecosystem's causes.",
    }),
    summary: Flags.string({
      helpValue: "<text>",
      required: true,
      summary: "What was wrong, and what was done.",
    }),
    until: Flags.string({
      helpValue: "<time>",
      summary: "When it had no effect any more; now where left out.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(IncidentsResolve);
    const input = {
      incidentId: args.id,
      cause: flags.cause,
      summary: flags.summary,
      until: flags.until,
    };
    return this.ask(flags, "incidents.resolve", input, presentIncident);
  }
}
