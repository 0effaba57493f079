/**
 * What rules would do to traffic that is made up: every delivery of a scenario is rated by the engine, month by month and run by
 * run, and comes to what each party is paid, with its range. Pure: the same scenario and terms give the same bytes on every host.
 */
export { checkScenario } from "./check.ts";
export { deriveScenario } from "./derive.ts";
export {
  createEarnings,
  type Earnings,
  type Payment,
  type Place,
  type Statement,
  type StatementLine,
} from "./earnings.ts";
export type { Member } from "./members.ts";
export type { Difference, MonthOutcome, PartyOutcome, SimulationOutcome, Spreads } from "./outcome.ts";
export { type FoundPlace, placesIn } from "./places.ts";
export { pastDeliveries } from "./samples.ts";
export type { Draw, Scenario, Traffic } from "./scenario.ts";
export { createSimulation, type SimulationResult, type Terms } from "./simulate.ts";
