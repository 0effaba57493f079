import { EcoCommand, type Outcome } from "../../../command.ts";
import { idArg } from "../../../flags.ts";

export default class EventsEndpointsRemove extends EcoCommand {
  static override summary = "Send an endpoint nothing any more.";
  static override examples = ["<%= config.bin %> <%= command.id %> whe_01"];
  static override args = idArg("endpoint");

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(EventsEndpointsRemove);
    const { id: endpointId } = args;
    const control = await this.ownControl(flags);
    if (control !== undefined) await control.call("removeEndpoint", { endpointId });
    else await (await this.session(flags)).client.call("webhooks.delete", { endpointId });
    this.out.success(`${endpointId} is gone.`);
    return { result: { id: endpointId } };
  }
}
