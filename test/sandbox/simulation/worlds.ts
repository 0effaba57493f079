import { join } from "node:path";
import type { Delivery } from "../../../sandbox/rating/index.ts";
import {
  createSimulation,
  deriveScenario,
  type Member,
  type Scenario,
  type SimulationResult,
  type Terms,
} from "../../../sandbox/simulation/index.ts";
import { exampleDeliveries } from "../../../specs/engine/catalog/exchange/example-deliveries.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { cardDocuments, type TestCard } from "../rating/cards.ts";
import { harbourDocuments, harbourRating, ratingOf } from "../rating/harbour.ts";

export const HARBOUR: Terms = { rating: harbourRating(), documents: harbourDocuments() };

/** Terms of one rate card made for a test: `thing`, sold by `shop` to `member`. */
export function termsOf(card: TestCard): Terms {
  const documents = cardDocuments(card);
  return { rating: ratingOf(documents), documents };
}

export const MEMBERS: readonly Member[] = [
  { id: "shop", role: "orchestrator" },
  { id: "member", role: "customer" },
];

export const THINGS = {
  product: "thing",
  perMonth: 10,
  customers: { member: 1 },
  usage: { units: 5 },
} as const;

/** One run of one month, unless it says otherwise. */
export const scenarioOf = (scenario: Partial<Scenario> & Pick<Scenario, "traffic">): Scenario => ({
  start: "2025-03",
  months: 1,
  runs: 1,
  seed: "test",
  ...scenario,
});

export function simulated(
  scenario: Scenario,
  from: Terms,
  others: { readonly to?: Terms; readonly members?: readonly Member[] } = {},
): SimulationResult {
  const simulation = createSimulation({ members: MEMBERS, ...others, scenario, from });
  while (simulation.step());
  return simulation.result();
}

/** The mean of a figure of a party over all months, in minor units. */
export function meanOf(
  { from }: SimulationResult,
  party: string,
  figure: keyof SimulationResult["from"]["parties"][number]["total"] = "payable",
): number {
  return from.parties.find((each) => each.party === party)?.total[figure].meanMinor ?? 0;
}

const opened = new Map<string, ReturnType<typeof openWorld>>();

async function openWorld(specs: string) {
  const { catalog } = await loadCatalog(join(import.meta.dirname, "../../..", specs));
  const of = (kind: string) => catalog.documents.filter((document) => document.kind === kind);
  const documents = { rateCards: of("rate-card"), agreements: of("agreement") };
  const terms: Terms = { rating: ratingOf(documents), documents };
  const examples = exampleDeliveries(catalog) as unknown as readonly Delivery[];
  return { terms, members: catalog.ecosystem.parties, examples };
}

/** A spec set of the tests, with the scenario that its documents suggest. */
export async function worldOf(specs: string, seed = "test") {
  const opening = opened.get(specs) ?? openWorld(specs);
  opened.set(specs, opening);
  const { terms, members, examples } = await opening;
  const derived = deriveScenario(terms, examples, members, { months: 2, runs: 1, seed });
  return { terms, members, ...derived };
}

export const ECOSYSTEMS = [
  "specs",
  "test/fixtures/ecosystems/kerb-rhine",
  "test/fixtures/ecosystems/quality-on-demand",
  "test/fixtures/ecosystems/roaming-charging",
] as const;
