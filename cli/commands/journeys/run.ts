import { Args, Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import type { JourneyRun, StepRun } from "../../../specs/engine/journey/index.ts";
import { jsonOrText } from "../../../specs/engine/parse-json.ts";
import { didYouMean } from "../../../specs/engine/suggest.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { presentStep, redactRun } from "../../views/journey.ts";

export default class JourneysRun extends EcoCommand {
  static override summary = "Run journeys against a sandbox, step by step, and check what each promises.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> chain-with-broker-and-supplier",
    { description: "All of them", command: "<%= config.bin %> <%= command.id %> --all" },
    {
      description: "With inputs of your own",
      command: "<%= config.bin %> <%= command.id %> first-delivery --set customer=studio-oy",
    },
  ];
  static override args = { id: Args.string({ description: "The journey's id.", ignoreStdin: true }) };
  static override flags = {
    all: Flags.boolean({ summary: "Run every journey of the spec set." }),
    set: Flags.string({
      helpValue: "<name=value>",
      multiple: true,
      multipleNonGreedy: true,
      summary: "An input of the journey. JSON where it is JSON, else text.",
    }),
  };

  override async run(): Promise<Outcome> {
    const { args, flags } = await this.parse(JourneysRun);
    const settings = await this.settings(flags);
    const catalog = await this.catalog(flags);
    const known = catalog.workflows.map(({ id }) => id);
    if (args.id === undefined && !flags.all)
      throw new EcoError("ECO_USAGE", "No journey is named.", {
        fix: `Name one, or give --all. There are: ${known.join(", ")}.`,
      });
    if (args.id !== undefined && !known.includes(args.id))
      throw new EcoError("ECO_WORKFLOW_UNKNOWN", `There is no journey \`${args.id}\`.`, {
        fix: `${didYouMean(args.id, known) ?? ""} \`eco journeys list\` lists them.`.trim(),
      });
    const inputs = Object.fromEntries((flags.set ?? []).map(readInput));
    const { runWorkflow } = await import("../../../specs/engine/journey/index.ts");
    const runs: JourneyRun[] = [];
    for (const workflowId of args.id === undefined ? known : [args.id]) {
      this.out.data(this.out.style("bold", workflowId));
      const run = await runWorkflow({
        catalog,
        workflowId,
        inputs,
        baseUrls: settings.sandbox.value,
        fetch: (request) => fetch(request, { redirect: "manual" }),
        observer: { stepFinished: (step: StepRun) => presentStep(step, this.out) },
      });
      if (run.error !== undefined) this.out.note(run.error);
      runs.push(run);
    }
    return this.#conclude(runs);
  }

  #conclude(runs: readonly JourneyRun[]): Outcome {
    const failed = runs.filter((run) => run.outcome === "failed");
    const passed = runs.length - failed.length;
    this.out.data(`\n${passed} passed, ${failed.length} failed`);
    const result = { passed, failed: failed.length, runs: runs.map(redactRun) };
    if (failed.length === 0) return { result };
    const unreachable = failed.every((run) =>
      run.steps.at(-1)?.criteria.some((one) => one.kind === "network" && !one.passed),
    );
    const names = failed.map((run) => run.workflowId).join(", ");
    return {
      result,
      failure: new EcoError(
        unreachable ? "ECO_SANDBOX_UNREACHABLE" : "ECO_JOURNEY_FAILED",
        `${failed.length} of ${runs.length} journeys failed: ${names}.`,
      ),
    };
  }
}

function readInput(pair: string): [string, unknown] {
  const at = pair.indexOf("=");
  if (at < 1)
    throw new EcoError("ECO_USAGE", `--set \`${pair}\` is no pair.`, { fix: "Write --set name=value." });
  return [pair.slice(0, at), jsonOrText(pair.slice(at + 1))];
}
