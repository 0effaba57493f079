import { EcoCommand, type Outcome } from "../../../command.ts";
import { asGiven } from "../../../config/as-given.ts";
import { switchEndpoint } from "../../../events/switch-endpoint.ts";
import { idArg } from "../../../flags.ts";

export default class EventsEndpointsPause extends EcoCommand {
  static override summary = "Keep events for an endpoint instead of sending them.";
  static override examples = ["<%= config.bin %> <%= command.id %> whe_01"];
  static override args = idArg("endpoint");

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(EventsEndpointsPause);
    const control = await this.ownControl(flags);
    const result = await switchEndpoint(control ?? (await this.session(flags)).client, args.id, "paused");
    const as = asGiven(await this.settings(flags));
    this.out.success(`What happens is kept for it: eco events endpoints resume ${args.id}${as}`);
    return { result };
  }
}
