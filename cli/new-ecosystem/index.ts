import { agreementText, ecosystemText, rateCardText } from "./contracts.ts";
import { eventsText } from "./events.ts";
import { journeyText } from "./journey.ts";
import { openapiText } from "./openapi.ts";
import type { Outline } from "./outline.ts";

/** The documents of a new ecosystem by their paths: the least that onboards, rates, splits, tells and proves it. */
export function newEcosystem(outline: Outline): ReadonlyMap<string, string> {
  return new Map([
    ["ecosystem.yaml", ecosystemText(outline)],
    ["openapi.yaml", openapiText(outline)],
    ["asyncapi.yaml", eventsText(outline)],
    ["agreement.yaml", agreementText(outline)],
    ["rate-card.yaml", rateCardText(outline)],
    ["journey.yaml", journeyText(outline)],
  ]);
}
