import { type Site, site } from "./site.ts";

/** The parts of a portal that are there only where the spec set has something for them. */
export type Section =
  | "api"
  | "events"
  | "journeys"
  | "schemas"
  | "rate-cards"
  | "agreements"
  | "roles"
  | "certify"
  | "metrics"
  | "map";

/** Whether the spec set has something for each of them. */
export function sectionsOf(portal: Site): Readonly<Record<Section, boolean>> {
  const isPriced = portal.rateCards.length > 0;
  return {
    api: portal.tags.length > 0,
    events: portal.messages.length > 0,
    journeys: portal.journeys.length > 0,
    schemas: portal.schemas.length > 0,
    "rate-cards": isPriced,
    agreements: portal.agreements.length > 0,
    roles: portal.roles.length > 0,
    certify: portal.ofKind("certification").length > 0,
    metrics: portal.ofKind("metrics").length > 0,
    map: isPriced,
  };
}

/** The one path of a section's first page, `[...index].astro`; none where there is nothing to show on it. */
export async function indexPaths(section: Section): Promise<readonly { params: { index: undefined } }[]> {
  return sectionsOf(await site())[section] ? [{ params: { index: undefined } }] : [];
}
