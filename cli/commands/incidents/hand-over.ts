import { Args, Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentIncident } from "../../views/incident.ts";

export default class IncidentsHandOver extends EcoCommand {
  static override summary = "Hand an incident over to the party to whom it belongs.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> inc_01 --to wayfare --note "The fault is in the forwarding system."',
  ];
  static override args = {
    id: Args.string({ required: true, description: "The incident's id.", ignoreStdin: true }),
  };
  static override flags = {
    to: Flags.string({ helpValue: "<party>", required: true, summary: "To whom." }),
    note: Flags.string({ helpValue: "<text>", summary: "What is known, for everybody whom it concerns." }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(IncidentsHandOver);
    const session = await this.session(flags);
    const { result } = await session.client.call("incidents.hand-over", {
      incidentId: args.id,
      owner: flags.to,
      ...(flags.note === undefined ? {} : { note: flags.note }),
    });
    presentIncident(result, this.out);
    return { result };
  }
}
