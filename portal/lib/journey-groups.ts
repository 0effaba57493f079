import { object, text } from "./json.ts";
import type { JourneyPage, Site } from "./site.ts";
import { slug, uniqueSegments } from "./url.ts";

export interface JourneyGroup {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly items: readonly JourneyPage[];
}

/** The journeys by the document that they stand in, under its title. */
export function journeyGroups({ journeys }: Site): readonly JourneyGroup[] {
  const idOf = uniqueSegments(slug);
  const paths = [...new Set(journeys.map((journey) => journey.document.path))];
  return paths.flatMap((path) => {
    const items = journeys.filter((journey) => journey.document.path === path);
    const info = object(items[0]?.document.content["info"]);
    const title = text(info["title"]) || path;
    return [{ id: idOf(title), title, summary: text(info["summary"]), items }];
  });
}
