import { type ContentFile, contentFiles } from "./front-matter.ts";

export interface Guide {
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  readonly body: string;
  readonly href: string;
}

let read: Promise<readonly Guide[]> | undefined;

/** The toolkit's guides in their reading order: `portal/content/guides/NAME.md`, ordered by their `order`, then name. */
export function guides(): Promise<readonly Guide[]> {
  read ??= contentFiles("guides").then((files) => [...files].sort(inReadingOrder).map(guideOf));
  return read;
}

function inReadingOrder(left: ContentFile, right: ContentFile): number {
  return Number(left.field("order")) - Number(right.field("order")) || left.id.localeCompare(right.id, "en");
}

function guideOf({ id, field, body }: ContentFile): Guide {
  return {
    id,
    title: field("title") || id,
    description: field("description"),
    body,
    href: `/guides/${id}/`,
  };
}
