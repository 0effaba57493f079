import { compileRating } from "../../sandbox/rating/compile.ts";
import type { Delivery, ProductInfo, Rating } from "../../sandbox/rating/index.ts";
import { readRequest } from "../../specs/engine/catalog/exchange/bind.ts";
import { examplesOf, preferredMedia } from "./examples.ts";
import { isObject, type Json, object, objects, text } from "./json.ts";
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
  for (const capability of ["deliveries.submit", "quotes.create", "deliveries.submit-batch"]) {
    for (const { operation } of site.operations.values()) {
      if (operation.capability?.name !== capability) continue;
      const media = preferredMedia(operation.requestBody?.content ?? {})?.[1];
      for (const { value, made } of examplesOf(media, site.source)) {
        if (made) continue;
        const input = object(readRequest(operation, { path: {}, query: {}, headers: {}, body: value }));
        for (const one of Array.isArray(input["deliveries"]) ? objects(input["deliveries"]) : [input]) {
          const delivery = asDelivery(one);
          if (delivery !== undefined && !found.has(delivery.product)) found.set(delivery.product, delivery);
        }
      }
    }
  }
  return found;
}

function asDelivery(input: Json): Delivery | undefined {
  if (text(input["product"]) === "" || text(input["startedAt"]) === "" || !isObject(input["usage"] ?? {}))
    return undefined;
  return { id: "example", customer: "", usage: {}, ...input } as unknown as Delivery;
}

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
