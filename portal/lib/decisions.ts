import { type ContentFile, contentFiles, ownContent } from "./front-matter.ts";
import { slug } from "./url.ts";

export interface DecisionRecord {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly date: string;
  readonly status: string;
  readonly body: string;
  readonly href: string;
}

let read: Promise<readonly DecisionRecord[]> | undefined;

/** The decision records of those who build the portal, in order: `decisions/NNNN-name.md` of their content. */
export function decisions(): Promise<readonly DecisionRecord[]> {
  read ??= contentFiles(ownContent(), "decisions").then((files) => files.map(recordOf));
  return read;
}

function recordOf({ id, field, body }: ContentFile): DecisionRecord {
  return {
    id,
    number: /^\d+/u.exec(id)?.[0] ?? "",
    title: field("title") || id,
    date: field("date"),
    status: field("status"),
    body,
    href: `/decisions/${slug(id)}/`,
  };
}
