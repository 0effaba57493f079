import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { idArg } from "../../flags.ts";
import { presentIncident } from "../../views/incident.ts";

export default class IncidentsReview extends EcoCommand {
  static override summary = "Say what is learnt from an incident that is over.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> inc_01 --review "Nobody watched the forecast." --action "Watch the forecast."',
  ];
  static override args = idArg("incident");
  static override flags = {
    review: Flags.string({
      helpValue: "<text>",
      required: true,
      summary: "Why it could happen, and why it took as long.",
    }),
    action: Flags.string({
      helpValue: "<text>",
      multiple: true,
      summary: "What is done so that it doesn't happen again. Repeat it for several.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(IncidentsReview);
    const input = {
      incidentId: args.id,
      review: flags.review,
      actions: flags.action,
    };
    return this.ask(flags, "incidents.review", input, presentIncident);
  }
}
