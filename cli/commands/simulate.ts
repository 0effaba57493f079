import { Flags } from "@oclif/core";
import type { Scenario, SimulationOutcome } from "../../sandbox/simulation/index.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { EcoCommand, type Outcome } from "../command.ts";
import { counted } from "../output/counted.ts";
import { quoted } from "../output/quoted.ts";
import { rowFlags } from "../rows/flags.ts";
import { type ChosenTraffic, chooseScenario, shareOf } from "../simulation/choose-scenario.ts";
import { presentSimulation, type SimulationReport } from "../simulation/present.ts";
import { runSimulation } from "../simulation/run.ts";
import { assertUsable } from "../simulation/scenario-file.ts";
import { stoppable } from "../until-stopped.ts";
import { openTerms } from "../what-if/terms.ts";
import { writeText } from "../write-file.ts";

const wholeNumber = (summary: string, most: number) =>
  Flags.integer({ helpValue: "<n>", min: 1, max: most, summary });

export default class Simulate extends EcoCommand {
  static override summary =
    "What traffic would come to for everybody, and what other rules would change; nothing is booked.";
  static override description =
    "Makes up deliveries, rates each by the rate cards and agreements, settles month by month, and shows what each party gets or pays and when, with the range over many runs. No server is needed. A seed makes the same traffic again.\n\nThe traffic is that of a scenario (--scenario), is like past deliveries (--deliveries, or --stored from the sandbox), or, with neither, a hundred deliveries a month of each product around the examples of the documents: --init writes that to a file to be changed. With --to, the same traffic is rated under other terms too: a spec set, or drafts of rate cards and agreements, as for `eco rate compare`. Commitments count where their whole period lies within the months.";
  static override examples = [
    {
      description: "A first look, with traffic that the documents suggest",
      command: "<%= config.bin %> <%= command.id %> --months 3 --runs 10",
    },
    {
      description: "Write that traffic down, and change it to what you expect",
      command: "<%= config.bin %> <%= command.id %> --init scenario.yaml",
    },
    {
      description: "Who gains and who loses by a draft of a rate card",
      command: "<%= config.bin %> <%= command.id %> --scenario scenario.yaml --to draft/express-leg.yaml",
    },
    {
      description:
        "A year like a month that was, growing by 2 % a month, every tenth leg late, for one party",
      command:
        "<%= config.bin %> <%= command.id %> --deliveries flights.csv --product express-leg --map startedAt=departed_at --months 12 --growth 2% --late 10% --party blueline",
    },
  ];
  static override flags = {
    scenario: Flags.string({
      helpValue: "<file>",
      exclusive: ["deliveries", "stored"],
      summary: "The traffic, in YAML or JSON.",
    }),
    deliveries: Flags.string({
      helpValue: "<file>",
      exclusive: ["stored"],
      summary: "Make traffic like these deliveries: CSV, JSON or NDJSON, or - for stdin.",
    }),
    stored: Flags.boolean({ summary: "Make traffic like what the sandbox has booked." }),
    to: Flags.string({
      helpValue: "<path>",
      multiple: true,
      multipleNonGreedy: true,
      summary: "Other terms to compare with on the same traffic. Repeat it for several drafts.",
    }),
    growth: Flags.string({
      helpValue: "<share>",
      summary: "By how much each month has more than the one before: 2% or 0.02.",
    }),
    late: Flags.string({
      helpValue: "<share>",
      summary: "Which part of the deliveries misses its service level: 10% or 0.1.",
    }),
    start: Flags.string({ helpValue: "<month>", summary: "The first month, such as 2025-03." }),
    months: wholeNumber("How many months; 3 where nothing says it.", 120),
    runs: wholeNumber("How many times the traffic is made up anew; 20 where nothing says it.", 1000),
    seed: Flags.string({
      helpValue: "<text>",
      summary: "The same seed makes the same traffic; eco where nothing says it.",
    }),
    party: Flags.string({ helpValue: "<party>", summary: "Show this party alone, month by month." }),
    init: Flags.string({
      helpValue: "<file>",
      exclusive: ["scenario", "deliveries", "stored", "to"],
      summary: "Write the scenario that the documents suggest, and simulate nothing.",
    }),
    ...rowFlags,
  };

  override async run(): Promise<Outcome> {
    const { flags } = await this.parse(Simulate);
    const growth = shareOf(flags.growth, "--growth", -1, 10);
    const late = shareOf(flags.late, "--late", 0, 1);
    const catalog = await this.catalog(flags);
    const from = await openTerms([], catalog);
    const wishes = { ...flags, growth, late };
    return stoppable(async (goOn) => {
      const traffic: ChosenTraffic = {
        from,
        catalog,
        out: this.out,
        goOn,
        openSession: () => this.controlSession(flags),
      };
      const { scenario, name } = await chooseScenario(wishes, traffic);
      if (flags.init !== undefined) return this.#write(flags.init, scenario);
      const members = catalog.ecosystem.parties;
      await assertUsable(scenario, from, members, name);
      const to = flags.to === undefined ? undefined : await openTerms(flags.to, catalog);
      const progress = this.out.progress(
        `Simulating ${counted(scenario.runs, "run")} of ${counted(scenario.months, "month")}`,
      );
      const input = { scenario, from, members, ...(to === undefined ? {} : { to }) };
      const report = await runSimulation(input, progress, goOn).finally(() => progress.stop());
      return this.#tell(report, flags.party, catalog);
    });
  }

  async #write(file: string, scenario: Scenario): Promise<Outcome> {
    const { stringify } = await import("yaml");
    const { seed, start, months, runs, ...others } = scenario;
    const text = stringify(
      { start, months, runs, seed, ...others },
      { aliasDuplicateObjects: false, lineWidth: 100 },
    );
    await writeText(
      file,
      `# Traffic for \`eco simulate --scenario\`. specs/schemas/scenario.schema.json describes every field.\n${text}`,
    );
    this.out.success(`${file} written. Change it, then \`eco simulate --scenario ${quoted(file)}\`.`);
    return { result: { file, scenario } };
  }

  #tell(report: SimulationReport, party: string | undefined, { ecosystem }: Catalog): Outcome {
    const sides = [report.from, ...(report.to === undefined ? [] : [report.to])];
    const known = new Set(sides.flatMap(({ parties }) => parties.map((each) => each.party)));
    if (party !== undefined && !known.has(party)) {
      const isMember = ecosystem.parties.some(({ id }) => id === party);
      throw new EcoError(
        "ECO_USAGE",
        `${party} ${isMember ? "gets and pays nothing" : "takes no part"} in this traffic.`,
        {
          fix: `Who does: ${[...known].join(", ")}.`,
        },
      );
    }
    presentSimulation(report, party, this.out);
    if (party === undefined && known.size > 0)
      this.out.note("Month by month: --party ID. All figures: --json.");
    const failure = unratedOf(sides);
    return failure === undefined ? { result: report } : { result: report, failure };
  }
}

/** Figures that lack a part of the traffic would mislead whoever doesn't know. */
function unratedOf(sides: readonly SimulationOutcome[]): EcoError | undefined {
  const unrated = sides.flatMap((side) => side.unrated);
  const [first] = unrated;
  if (first === undefined) return undefined;
  const count = unrated.reduce((sum, each) => sum + each.count, 0);
  const what = unrated.map(({ product, detail, count: of }) => `${product}: ${of} (${detail})`).join("; ");
  return new EcoError(
    "ECO_ROWS_REJECTED",
    `${counted(count, "delivery", "deliveries")} could not be rated. ${what}`,
    {
      fix: `${first.fix} The figures are those of the others.`,
    },
  );
}
