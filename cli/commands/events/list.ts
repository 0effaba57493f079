import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import type { Fields } from "../../http/api-client.ts";
import type { ControlClient } from "../../http/control-client.ts";
import { column } from "../../views/fields.ts";
import { limitFlag, presentItems, upTo } from "../../views/present-list.ts";

const PAGE = 500;

interface Wanted {
  readonly type: string | undefined;
  readonly subject: string | undefined;
  readonly causedBy: string | undefined;
}

export default class EventsList extends EcoCommand {
  static override summary =
    "List the events, oldest first: of a sandbox of your own all of them, elsewhere those that your party may read.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --subject leg-1",
    {
      description: "What one request caused, by the Eco-Request-Id of its answer",
      command: "<%= config.bin %> <%= command.id %> --caused-by req_01 --json",
    },
  ];
  static override flags = {
    type: Flags.string({
      helpValue: "<type>",
      summary: "Only events of this type: delivery.rated, or the CloudEvents type.",
    }),
    subject: Flags.string({ helpValue: "<id>", summary: "Only events about this thing." }),
    "caused-by": Flags.string({
      helpValue: "<request-id>",
      summary: "Only events that this request caused.",
    }),
    ...limitFlag,
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(EventsList);
    const { type, subject, limit } = flags;
    const columns = [
      column("Time", "time"),
      column("Type", "type"),
      column("Subject", "subject"),
      column("Caused by", "causedBy"),
      column("Id", "id"),
    ];
    const input = { type, subject, causedBy: flags["caused-by"] };
    const control = await this.ownControl(flags);
    if (control !== undefined) {
      const listed = await upTo(limit, eventsOfAll(control, input));
      return { result: presentItems(listed, { columns, noun: "events", limit }, this.out) };
    }
    return this.list(flags, { capability: "events.list", input, columns, noun: "events" });
  }
}

/** Those of all parties, by the sandbox's control. */
async function* eventsOfAll(
  control: ControlClient,
  { causedBy, ...filters }: Wanted,
): AsyncGenerator<Fields> {
  const query = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
  let after: string | undefined;
  for (;;) {
    const page = await control.call("listEvents", {
      ...query,
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    for (const event of page.items) if (causedBy === undefined || event.causedBy === causedBy) yield event;
    if (page.items.length < PAGE) return;
    after = page.cursor;
  }
}
