import { type ContentFile, contentFiles, ownContent, toolkitContent } from "./front-matter.ts";
import { toolkitWords } from "./toolkit-words.ts";
import { slug } from "./url.ts";

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

/**
 * The toolkit's guides and those of who builds the portal (`guides/NAME.md` of their content, which take the place of the
 * toolkit's of the same name) in their reading order: by their `order`, then name.
 */
export function guides(): Promise<readonly Guide[]> {
  read ??= readGuides();
  return read;
}

async function readGuides(): Promise<readonly Guide[]> {
  const content = ownContent();
  const own = content === toolkitContent() ? [] : await contentFiles(content, "guides");
  const { markdown } = await toolkitWords();
  const theirs = (await contentFiles(toolkitContent(), "guides")).map((file) => ({
    ...file,
    body: markdown(file.body),
  }));
  const byName = new Map([...theirs, ...own].map((file) => [file.id, file]));
  return [...byName.values()].sort(inReadingOrder).map(guideOf);
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
    href: `/guides/${slug(id)}/`,
  };
}
