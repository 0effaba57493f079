import { type Flow, FlowSums } from "../../sandbox/network/flows.ts";
import { object } from "./json.ts";
import { exampleDeliveries, inventedDelivery, ratingOf } from "./rating.ts";
import type { Site } from "./site.ts";

/**
 * Who pays whom by the rate cards: an example of each product, the published one where there is one, rated by the sandbox's own
 * engine. So splits, purchases behind a provider and whoever pays in another's place are in it as they would be booked.
 */
export function declaredFlows(site: Site): readonly Flow[] {
  const rating = ratingOf(site);
  if (rating === undefined) return [];
  const examples = exampleDeliveries(site);
  const sums = new FlowSums();
  for (const product of rating.products) {
    const info = rating.describe(product);
    const example = examples.get(product) ?? (info && inventedDelivery(info, object({}), site));
    const outcome = example && rating.rate(example);
    if (outcome?.kind === "rated") sums.add({ kind: "rating", legs: outcome.legs, former: [] });
  }
  return sums.all();
}
