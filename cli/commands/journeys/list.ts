import { EcoCommand, type Outcome } from "../../command.ts";

export default class JourneysList extends EcoCommand {
  static override summary = "List the reference journeys of the spec set.";
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(JourneysList);
    const { workflows } = await this.catalog(flags);
    const items = workflows.map(({ id, summary, document, operations }) => ({
      id,
      summary,
      document,
      operations,
    }));
    if (items.length === 0) this.out.note("The spec set has no Arazzo document.");
    else
      this.out.table(items, [
        { header: "Journey", value: ({ id }) => id },
        { header: "What happens", value: ({ summary }) => summary },
        { header: "Steps", value: ({ operations }) => String(operations.length), align: "right" },
      ]);
    return { result: { items } };
  }
}
