import { EcoCommand, type Outcome } from "../../../command.ts";
import { switchEndpoint } from "../../../events/switch-endpoint.ts";
import { idArg } from "../../../flags.ts";

export default class EventsEndpointsResume extends EcoCommand {
  static override summary = "Send an endpoint its events again, those kept for it first.";
  static override description =
    "On a sandbox of your own, one that was disabled is sent its events again too, from now on: what happened meanwhile isn't kept. As a party, verify it for that.";
  static override examples = ["<%= config.bin %> <%= command.id %> whe_01"];
  static override args = idArg("endpoint");

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(EventsEndpointsResume);
    const control = await this.ownControl(flags);
    const result = await switchEndpoint(control ?? (await this.session(flags)).client, args.id, "active");
    this.out.success(`${args.id} gets its events again.`);
    return { result };
  }
}
