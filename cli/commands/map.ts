import { Flags } from "@oclif/core";
import { EcoCommand, type Outcome } from "../command.ts";
import type { Fields } from "../http/api-client.ts";
import { type DrawnMap, drawnMap } from "../map/drawn-map.ts";
import { monthsInput } from "../measurement/time.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import { requireParty } from "../session.ts";
import { listAt, textAt } from "../views/fields.ts";
import { byCurrency, currencyColumns, flowColumns, networkWords, partyColumns } from "../views/map.ts";
import { writeText } from "../write-file.ts";

export default class EcosystemMap extends EcoCommand {
  static override summary = "Show who pays whom, and where each party stands in the network.";
  static override description =
    "By the books of a month, or of several: what each party paid each other with credits and recourse taken off, how many it pays and is paid by, how many of the shortest ways lead over it (betweenness), how often it stands between two that don't deal directly (brokerage), and how much comes from few (concentration). You see your own flows and your own place; who oversees the ecosystem sees all.\n\n--as writes the map for a drawing program: dot for Graphviz, graphml for Gephi, yEd or NetworkX, mermaid for Markdown.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --period 2025-03",
    {
      description: "A quarter, for one product",
      command: "<%= config.bin %> <%= command.id %> --period 2025-01/2025-03 --product catering-cover",
    },
    "<%= config.bin %> <%= command.id %> --period 2025-03 --as mermaid",
    "<%= config.bin %> <%= command.id %> --period 2025-03 --as dot --output map.dot",
  ];
  static override flags = {
    period: Flags.string({
      helpValue: "<months>",
      summary:
        "The accounting month, 2025-03, or the first and the last of several, 2025-01/2025-03; the sandbox's present month where left out.",
    }),
    product: Flags.string({ helpValue: "<id>", summary: "Only what is paid for this product." }),
    as: Flags.option({
      options: ["dot", "graphml", "mermaid"] as const,
      summary: "Write it for a drawing program.",
    })(),
    output: Flags.string({
      char: "o",
      helpValue: "<file>",
      summary: "The file for --as; to stdout where left out.",
      dependsOn: ["as"],
    }),
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(EcosystemMap);
    const session = await this.session(flags);
    const { period, product } = flags;
    const { result } = await session.client.call("map.get", {
      ...monthsInput(period),
      ...(product === undefined ? {} : { product }),
    });
    const whose = textAt(result, "sees") === "own" ? requireParty(session) : session.catalog.ecosystem.title;
    const of = product === undefined ? "" : `, ${product}`;
    const title = sanitizeLine(`${whose}, ${textAt(result, "period")}${of}`);
    if (flags.as === undefined) {
      this.#present(result, title);
      return { result };
    }
    const content = await drawn(flags.as, drawnMap(result, title));
    if (flags.output === undefined) {
      this.out.raw(content);
      return { result: { as: flags.as, content } };
    }
    await writeText(flags.output, content);
    this.out.success(`The map was written to ${flags.output}.`);
    return { result: { as: flags.as, file: flags.output } };
  }

  #present(map: Fields, title: string): void {
    this.out.data(`${title}: ${networkWords(map)}`);
    const flows = listAt(map, "flows");
    if (flows.length === 0) {
      this.out.note("\nNothing was booked in this time. --period 2025-03 shows another month.");
      return;
    }
    this.out.data("");
    this.out.table(byCurrency(flows), flowColumns);
    this.out.data("");
    this.out.table(byCurrency(listAt(map, "parties")), partyColumns);
    this.out.data("");
    this.out.table(listAt(map, "network.currencies"), currencyColumns);
  }
}

async function drawn(as: "dot" | "graphml" | "mermaid", map: DrawnMap): Promise<string> {
  if (as === "dot") return (await import("../map/dot.ts")).toDot(map);
  if (as === "graphml") return (await import("../map/graphml.ts")).toGraphml(map);
  return (await import("../map/mermaid.ts")).toMermaid(map);
}
