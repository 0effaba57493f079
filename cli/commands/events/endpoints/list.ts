import { EcoCommand, type Outcome } from "../../../command.ts";
import type { GlobalFlags } from "../../../flags.ts";
import type { Fields } from "../../../http/api-client.ts";
import { column, valueAt } from "../../../views/fields.ts";

export default class EventsEndpointsList extends EcoCommand {
  static override summary = "List where events are sent, and whether they are.";
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(EventsEndpointsList);
    const items = await this.#endpoints(flags);
    if (items.length === 0) this.out.note("No endpoints.");
    else
      this.out.table(items, [
        column("Id", "id"),
        column("Party", "party"),
        column("URL", "url"),
        column("Status", "status"),
        { header: "Types", value: typesText },
        column("Why", "disabledReason"),
      ]);
    return { result: { items } };
  }

  /** Those of all parties by the sandbox's control, or one's own by the operation that the spec set has for it. */
  async #endpoints(flags: Partial<GlobalFlags>): Promise<readonly Fields[]> {
    const control = await this.ownControl(flags);
    if (control !== undefined) return (await control.call("listEndpoints")).items;
    const { client } = await this.session(flags);
    return Array.fromAsync(client.list("webhooks.list"));
  }
}

function typesText(endpoint: Fields): string {
  const types = valueAt(endpoint, "types") ?? valueAt(endpoint, "eventTypes");
  return Array.isArray(types) && types.length > 0 ? types.join(", ") : "all";
}
