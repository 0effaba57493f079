import { documentsImplementedByPartners } from "../../specs/engine/certification/definitions.ts";
import { object, text } from "./json.ts";
import { firstSentence } from "./markdown.ts";
import { type Site, serverOf, type TagPage } from "./site.ts";

/** One OpenAPI document as a reader meets it. */
export interface ApiView {
  readonly title: string;
  readonly version: string;
  readonly summary: string;
  readonly server: string;
  readonly path: string;
  /** Partners implement it and are called; else they call it. */
  readonly implemented: boolean;
  readonly tags: readonly TagPage[];
}

/** The APIs of the spec set, the one with most operations first. */
export function apisOf(site: Site): readonly ApiView[] {
  const implemented = documentsImplementedByPartners(site.catalog);
  const paths = [...new Set(site.tags.map((tag) => tag.document))];
  return paths.flatMap((path) => {
    const document = site.document(path);
    if (document === undefined) return [];
    const info = object(document.content["info"]);
    return [
      {
        title: text(info["title"]) || path,
        version: text(info["version"]),
        summary: firstSentence(text(info["description"])),
        server: serverOf(document),
        path,
        implemented: implemented.includes(path),
        tags: site.tags.filter((tag) => tag.document === path),
      },
    ];
  });
}

/** Groups for the sidebar of the API section. */
export function apiGroups(
  site: Site,
): readonly { title: string; items: readonly { title: string; href: string }[] }[] {
  return apisOf(site).map((api) => ({
    title: api.title,
    items: api.tags.map((tag) => ({ title: tag.title, href: tag.href })),
  }));
}
