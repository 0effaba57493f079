import { setImmediate } from "node:timers/promises";
import type { createSimulation } from "../../sandbox/simulation/index.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { Progress } from "../output/progress.ts";
import type { SimulationReport } from "./present.ts";

/**
 * Runs a simulation to its end, with room for signals between its steps.
 * @param goOn throws where somebody asked to stop
 * @throws EcoError ECO_USAGE where amounts add up to more than can be counted exactly
 */
export async function runSimulation(
  input: Parameters<typeof createSimulation>[0],
  progress: Progress,
  goOn: () => void,
): Promise<SimulationReport> {
  const { createSimulation } = await import("../../sandbox/simulation/index.ts");
  const simulation = createSimulation(input);
  for (let done = 1; simulation.step(); done++) {
    progress.update(simulation.deliveries, { done, total: simulation.steps });
    await setImmediate();
    goOn();
  }
  const { title, start, months, runs, seed } = input.scenario;
  return {
    scenario: { ...(title === undefined ? {} : { title }), start, months, runs, seed },
    deliveries: simulation.deliveries,
    ...resultOf(simulation),
  };
}

function resultOf(simulation: ReturnType<typeof createSimulation>): ReturnType<typeof simulation.result> {
  try {
    return simulation.result();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new EcoError("ECO_USAGE", `The ${error.message}.`, {
      fix: "Simulate fewer months or runs, or less traffic.",
    });
  }
}
