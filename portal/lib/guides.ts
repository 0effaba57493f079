import { type ContentFile, contentFiles } from "./front-matter.ts";

export interface Guide {
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  /** The heading that it stands under. */
  readonly group: string;
  readonly body: string;
  readonly href: string;
}

/** Where a guide stands that names no group. */
const REST = "More";

let read: Promise<readonly Guide[]> | undefined;

/** The toolkit's guides in their reading order: `portal/content/guides/NAME.md`, ordered by their `order`, then name. */
export function guides(): Promise<readonly Guide[]> {
  read ??= contentFiles("guides").then((files) => [...files].sort(inReadingOrder).map(guideOf));
  return read;
}

/** The guides under their headings, which stand in the order of their first guides. */
export function grouped(all: readonly Guide[]): readonly { title: string; items: readonly Guide[] }[] {
  const titles = [...new Set(all.map((guide) => guide.group))].sort(
    (a, b) => Number(a === REST) - Number(b === REST),
  );
  return titles.map((title) => ({ title, items: all.filter((guide) => guide.group === title) }));
}

function inReadingOrder(left: ContentFile, right: ContentFile): number {
  return Number(left.field("order")) - Number(right.field("order")) || left.id.localeCompare(right.id, "en");
}

function guideOf({ id, field, body }: ContentFile): Guide {
  return {
    id,
    title: field("title") || id,
    description: field("description"),
    group: field("group") || REST,
    body,
    href: `/guides/${id}/`,
  };
}
