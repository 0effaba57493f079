/**
 * What rules would do to traffic that is made up: every delivery of a scenario is rated by the engine, month by month and run by
 * run, and comes to what each party is paid, with its range. Pure: the same scenario and terms give the same bytes on every host.
 */
export { checkScenario, type ScenarioProblem } from "./check.ts";
export { type DerivedScenario, deriveScenario, type SkippedProduct } from "./derive.ts";
export type { Member } from "./members.ts";
export type {
  Difference,
  MonthOutcome,
  PartyOutcome,
  ProductOutcome,
  SimulationOutcome,
  Spreads,
  UnratedOutcome,
  Verdict,
} from "./outcome.ts";
export { type PastDeliveries, pastDeliveries } from "./samples.ts";
export type { Draw, Sample, Scenario, Traffic, Weights } from "./scenario.ts";
export { createSimulation, type Simulation, type SimulationResult, type Terms } from "./simulate.ts";
export type { Spread } from "./spread.ts";
