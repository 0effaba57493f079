import { compileRating } from "../../sandbox/rating/compile.ts";
import type { Delivery, ProductInfo, Rating } from "../../sandbox/rating/index.ts";
import { exampleDeliveries as deliveriesInDocuments } from "../../specs/engine/catalog/exchange/example-deliveries.ts";
import { type Json, object, text } from "./json.ts";
import type { Site } from "./site.ts";

let compiled: { readonly site: Site; readonly rating: Rating | undefined } | undefined;

/** The rate cards and agreements of the spec set, compiled by the sandbox's own engine; undefined where there are none that hold. */
export function ratingOf(site: Site): Rating | undefined {
  if (compiled?.site !== site) {
    const outcome = compileRating({
      rateCards: site.ofKind("rate-card"),
      agreements: site.ofKind("agreement"),
    });
    compiled = { site, rating: outcome.kind === "compiled" ? outcome.rating : undefined };
  }
  return compiled.rating;
}

/** An example delivery of each product, from the examples of the operations that submit or quote deliveries. */
export function exampleDeliveries(site: Site): ReadonlyMap<string, Delivery> {
  const found = new Map<string, Delivery>();
  for (const one of allExamples(site)) if (!found.has(one.product)) found.set(one.product, one);
  return found;
}

const allExamples = (site: Site): readonly Delivery[] =>
  deliveriesInDocuments(site.catalog) as unknown as readonly Delivery[];

/** An example where the API's documents give none: the first of a month inside the card's validity, ten of each measure. */
export function inventedDelivery(product: ProductInfo, card: Json, site: Site): Delivery {
  const start = text(object(card["validFor"])["start"]).slice(0, 10) || "2025-03-03";
  const { parties, orchestrator } = site.catalog.ecosystem;
  const customer =
    parties.find((party) => /customer/u.test(party.role)) ??
    parties.find((party) => party.id !== orchestrator);
  const usage = product.measures
    .filter((measure) => measure.required)
    .map((measure) => [measure.name, measure.type === "boolean" ? true : "10"] as const);
  return {
    id: "example",
    product: product.product,
    customer: customer?.id ?? orchestrator,
    startedAt: `${start}T09:00:00`,
    ...(product.needsEnd ? { endedAt: `${start}T12:00:00` } : {}),
    usage: Object.fromEntries(usage),
  };
}
