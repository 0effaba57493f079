import { Args, Flags } from "@oclif/core";
import { documentsOf } from "../../../specs/engine/catalog/lookup.ts";
import { MEASURED_DATA, measureKind } from "../../../specs/engine/catalog/measures.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { didYouMean } from "../../../specs/engine/suggest.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import type { Fields } from "../../http/api-client.ts";
import { monthsInput } from "../../measurement/time.ts";
import { readScorecard, scorecardFlags, spanOf } from "../../scorecard.ts";
import type { Session } from "../../session.ts";
import { column, describeFields, listAt, textAt } from "../../views/fields.ts";
import { limitFlag, presentItems, upTo } from "../../views/present-list.ts";
import { countsOf, figureWords, speaksAgainst, targetOf } from "../../views/scorecard.ts";

export default class ScorecardShow extends EcoCommand {
  static override summary = "Show a metric with the records that its figure is made of.";
  static override description =
    "Lists the records of your own part, each with what it counts for, so that you can check the figure against what you know. Who oversees the ecosystem sees those of everybody with --party all.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> on-time-rate --period 2025-03",
    {
      description: "Only what speaks against it",
      command: "<%= config.bin %> <%= command.id %> on-time-rate --period 2025-03 --missed",
    },
  ];
  static override args = {
    metric: Args.string({ required: true, description: "The metric's id.", ignoreStdin: true }),
  };
  static override flags = {
    ...scorecardFlags,
    missed: Flags.boolean({ summary: "Only records that speak against it: of shares." }),
    ...limitFlag,
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(ScorecardShow);
    const session = await this.session(flags);
    const definition = findMetric(session.catalog, args.metric);
    const { result: scorecard, party } = await readScorecard(session, flags);
    const metric = listAt(scorecard, "metrics").find(({ id }) => id === args.metric) ?? {};
    const kind = textAt(definition, "measure.kind");
    const { currency } = session.catalog.ecosystem;
    this.out.data(describeMetric({ ...definition, ...metric }, kind, party, currency, spanOf(scorecard)));
    this.out.data("");
    const input = {
      metricId: args.metric,
      ...(party === undefined ? {} : { partyId: party }),
      ...monthsInput(flags.period),
    };
    const isShare = measureKind(kind)?.result === "share";
    const keep = (record: Fields): boolean =>
      !flags.missed || !isShare || speaksAgainst(record, metric["direction"]);
    const listed = await upTo(flags.limit, recordsThat(keep, session, input));
    const columns = [
      column("Record", "record"),
      column("Id", "id"),
      column("At", "at"),
      { header: "Part of", value: (record: Fields) => listOf(record["parties"]) },
      {
        header: "Counts",
        value: (record: Fields) => countsOf(record, kind, textAt(definition, "unit"), currency),
        align: "right" as const,
      },
    ];
    return {
      result: { metric, ...presentItems(listed, { columns, noun: "records", limit: flags.limit }, this.out) },
    };
  }
}

/** @throws EcoError ECO_NOT_FOUND with the metrics that there are */
function findMetric(catalog: Catalog, id: string): Fields {
  const metrics = documentsOf(catalog, "metrics").flatMap(({ content }) => listAt(content, "metrics"));
  const metric = metrics.find((each) => each["id"] === id);
  if (metric !== undefined) return metric;
  const names = metrics.map((each) => textAt(each, "id"));
  throw new EcoError("ECO_NOT_FOUND", `There is no metric \`${id}\`.`, {
    fix:
      names.length === 0
        ? "The spec set declares none: a document of kind `metrics` does."
        : `${didYouMean(id, names) ?? ""} Metrics: ${names.join(", ")}.`.trim(),
  });
}

function describeMetric(
  metric: Fields,
  kind: string,
  party: string | undefined,
  currency: string,
  span: string,
): string {
  const definition = measureKind(kind);
  const shown = {
    ...metric,
    span,
    measure: definition?.summary,
    data: definition === undefined ? undefined : MEASURED_DATA[definition.data],
    target: targetOf(metric),
    own: party === undefined ? "" : figureWords(metric, "own", currency, kind),
    ecosystem: figureWords(metric, "ecosystem", currency, kind),
  };
  return describeFields(shown, [
    ["Metric", "id"],
    ["Title", "title"],
    ["Tells", "description"],
    ["Measure", "measure"],
    ["From", "data"],
    ["Time", "span"],
    ["Target", "target"],
    [party ?? "", "own"],
    ["All", "ecosystem"],
  ]);
}

/** Page by page, those that are wanted. */
async function* recordsThat(
  keep: (record: Fields) => boolean,
  { client }: Session,
  input: Fields,
): AsyncGenerator<Fields> {
  for await (const record of client.list("scorecards.records", input)) if (keep(record)) yield record;
}

const listOf = (value: unknown): string => (Array.isArray(value) ? value.join(", ") : "");
