import { Args, Flags } from "@oclif/core";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import type { JourneyRun, StepRun } from "../../../specs/engine/journey/index.ts";
import { jsonOrText } from "../../../specs/engine/parse-json.ts";
import { didYouMean } from "../../../specs/engine/suggest.ts";
import { EcoCommand, type Outcome } from "../../command.ts";
import { readPair } from "../../pair.ts";
import { presentStep, redactRun } from "../../views/journey.ts";

export default class JourneysRun extends EcoCommand {
  static override summary = "Run journeys against a sandbox, step by step, and check what each promises.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> chain-with-broker-and-supplier",
    { description: "All of them", command: "<%= config.bin %> <%= command.id %> --all" },
    {
      description: "As somebody who holds a token",
      command: '<%= config.bin %> <%= command.id %> --all --header "authorization: Bearer …"',
    },
    {
      description: "With inputs of your own",
      command: "<%= config.bin %> <%= command.id %> first-delivery --set customer=studio-oy",
    },
  ];
  static override args = { id: Args.string({ description: "The journey's id.", ignoreStdin: true }) };
  static override flags = {
    all: Flags.boolean({ summary: "Run every journey of the spec set." }),
    header: Flags.string({
      helpValue: "<name: value>",
      multiple: true,
      multipleNonGreedy: true,
      summary: "A header for every request, such as a token; those that a step gives win.",
    }),
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
    const headers = Object.fromEntries((flags.header ?? []).map(readHeader));
    const [{ runWorkflow }, { validatorsOf }] = await Promise.all([
      import("../../../specs/engine/journey/index.ts"),
      import("../../../specs/engine/catalog/schemas/schema-validator.ts"),
    ]);
    const runs: JourneyRun[] = [];
    const ids = args.id === undefined ? known : [args.id];
    for (const workflowId of ids) {
      this.out.data(this.out.style("bold", workflowId));
      const run = await runWorkflow({
        catalog,
        workflowId,
        inputs,
        headers,
        baseUrls: settings.sandbox.value,
        validators: validatorsOf(catalog),
        fetch: (request) => fetch(request, { redirect: "manual" }),
        observer: { stepFinished: (step: StepRun) => presentStep(step, this.out) },
      }).catch((error: unknown) => {
        // Of several, one that lacks what only a person can give doesn't keep the others from running.
        if (ids.length > 1) return notRun(workflowId, inputs, error);
        throw withFlag(error);
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

/** A journey that can't begin, as one that failed; any other error is passed on. */
function notRun(workflowId: string, inputs: JourneyRun["inputs"], error: unknown): JourneyRun {
  if (!isAboutInputs(error)) throw error;
  return {
    workflowId,
    document: "",
    outcome: "failed",
    inputs,
    outputs: {},
    steps: [],
    error: error.message,
    durationMs: 0,
  };
}

const isAboutInputs = (error: unknown): error is EcoError =>
  error instanceof EcoError && ["ECO_INPUT_MISSING", "ECO_INPUT_INVALID"].includes(error.code);

/** The runner doesn't know by which flag its inputs are given. */
function withFlag(error: unknown): unknown {
  if (!isAboutInputs(error)) return error;
  const { code, message, details, cause } = error;
  const fix = `Give it with --set name=value; an object or a list as JSON. ${error.fix ?? ""}`.trim();
  return new EcoError(code, message, { fix, details, cause });
}

function readHeader(line: string): [string, string] {
  const at = line.indexOf(":");
  const name = line.slice(0, Math.max(at, 0)).trim();
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name))
    throw new EcoError("ECO_USAGE", `--header \`${line.slice(0, 20)}\` is no header.`, {
      fix: 'Write --header "name: value".',
    });
  return [name, line.slice(at + 1).trim()];
}

function readInput(pair: string): [string, unknown] {
  const [name, value] = readPair(pair, "--set name=value");
  return [name, jsonOrText(value)];
}
