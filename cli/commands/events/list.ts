import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../../command.ts";
import { column } from "../../views/fields.ts";
import { limitFlag, presentList } from "../../views/present-list.ts";

export default class EventsList extends EcoCommand {
  static override summary = "List the events that your party may read, oldest first.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --subject leg-1",
    {
      description: "What one request caused, by the Eco-Request-Id of its answer",
      command: "<%= config.bin %> <%= command.id %> --caused-by req_01 --json",
    },
  ];
  static override flags = {
    type: Flags.string({ helpValue: "<type>", summary: "Only events of this CloudEvents type." }),
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
    return presentList(
      await this.session(flags),
      { capability: "events.list", input, limit, columns, noun: "events" },
      this.out,
    );
  }
}
