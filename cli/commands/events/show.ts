import { EcoCommand, type Outcome } from "../../command.ts";
import type { GlobalFlags } from "../../flags.ts";
import { idArg } from "../../flags.ts";
import type { Fields } from "../../http/api-client.ts";
import { sanitizeLine } from "../../output/sanitize.ts";
import { describeFields, listAt, textAt, valueAt } from "../../views/fields.ts";

export default class EventsShow extends EcoCommand {
  static override summary = "Show an event, and every attempt to bring it to an endpoint.";
  static override examples = ["<%= config.bin %> <%= command.id %> evt_01"];
  static override args = idArg("event");

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(EventsShow);
    const result = await this.#event(args.id, flags);
    this.out.data(
      describeFields(result, [
        ["Id", "id"],
        ["Type", "type"],
        ["Subject", "subject"],
        ["Time", "time"],
        ["Caused by", "causedBy"],
      ]),
    );
    const content = valueAt(result, "body") ?? JSON.stringify(valueAt(result, "data"));
    this.out.data(`\n${sanitizeLine(String(content))}`);
    const dispatches = listAt(result, "dispatches");
    for (const dispatch of dispatches) this.out.data(`\n${dispatchText(dispatch)}`);
    if (dispatches.length === 0) this.out.note("It went to no endpoint.");
    return { result };
  }

  /** By the sandbox's control, or by the operations that the spec set has for it. */
  async #event(eventId: string, flags: Partial<GlobalFlags>): Promise<Fields> {
    const control = await this.ownControl(flags);
    if (control !== undefined) return control.call("getEvent", { eventId });
    const { client } = await this.session(flags);
    const { result } = await client.call("events.get", { eventId });
    if (!client.has("events.dispatches")) return result;
    const { result: page } = await client.call("events.dispatches", { eventId });
    return { ...result, dispatches: listAt(page, "items") };
  }
}

function dispatchText(dispatch: Fields): string {
  const next = textAt(dispatch, "nextAttemptAt");
  const url = textAt(dispatch, "url") || "an endpoint that is gone";
  const head = `${textAt(dispatch, "state")}  ${textAt(dispatch, "endpointId")}  ${url}`;
  const attempts = listAt(dispatch, "attempts").map((attempt) => {
    const said = textAt(attempt, "error") || textAt(attempt, "status");
    return `  ${textAt(attempt, "at")}  ${said}  ${textAt(attempt, "durationMs")} ms`;
  });
  const lines = [head, ...attempts, ...(next === "" ? [] : [`  next try at ${next} of virtual time`])];
  return lines.map(sanitizeLine).join("\n");
}
