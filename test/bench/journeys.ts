import { spawn } from "node:child_process";
import { join } from "node:path";
import { createSandbox, listen } from "../../sandbox/index.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { type Figure, median } from "./figure.ts";

const root = join(import.meta.dirname, "../..");
const file = "specs/arazzo/deliveries.yaml";

interface Measured {
  /** Of the whole process. */
  readonly processMs: number;
  /** Between the first and the last request of the run, for each step between them: start-up is in neither. */
  readonly stepMs: number;
}

/** The journeys of one Arazzo file by `eco` and by Redocly's `respect`, in turns, on the same sandbox over HTTP. */
export async function journeyFigures(rounds: number): Promise<Figure[]> {
  const { catalog } = await loadCatalog(join(root, "specs"));
  const journeys = catalog.workflows.filter(({ document }) => `specs/${document}` === file);
  let times: number[] = [];
  const sandbox = await createSandbox({ catalog, onExchange: () => times.push(performance.now()) });
  const { url, close } = await listen(sandbox, { port: 0 });
  const measure = async (runs: readonly (readonly string[])[]): Promise<Measured> => {
    times = [];
    const start = performance.now();
    for (const args of runs) await run(args);
    const processMs = performance.now() - start;
    const [first = 0, last = 0] = [times[0], times.at(-1)];
    return { processMs, stepMs: (last - first) / (times.length - 1) };
  };
  const [one] = journeys;
  if (one === undefined) throw new Error(`${file} has no workflow`);
  const server = ["-S", `partner=${url}/v1`];
  const eco = (...args: string[]): string[] => ["cli/bin.js", "journeys", "run", ...args, "--sandbox", url];
  const respect = (...args: string[]): string[] => [
    "node_modules/@redocly/cli/bin/cli.js",
    "respect",
    file,
    ...args,
    ...server,
  ];
  const whole: number[] = [];
  const steps: number[] = [];
  const readings: string[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const [ours, theirs] = [await measure([eco(one.id)]), await measure([respect("-w", one.id)])];
      whole.push(theirs.processMs / ours.processMs);
      const [oursAll, theirsAll] = [await measure([eco("--all")]), await measure([respect()])];
      steps.push(theirsAll.stepMs / oursAll.stepMs);
      readings.push(
        `${ours.processMs.toFixed(0)} ms of ${theirs.processMs.toFixed(0)} ms; a step ${oursAll.stepMs.toFixed(2)} ms of ${theirsAll.stepMs.toFixed(2)} ms`,
      );
    }
  } finally {
    await close();
  }
  const reading = readings.at(-1) ?? "";
  return [
    { what: "A journey, against respect", reading, ratio: median(whole), bar: { atLeast: 2 } },
    { what: "A step of a journey, without start-up", reading, ratio: median(steps), bar: { atLeast: 4 } },
  ];
}

/** Ends with the process; a runner that fails would make its time worthless. */
function run(args: readonly string[]): Promise<void> {
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: "ignore" });
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`${args.join(" ")} ended with ${code}`)),
    );
  });
}
