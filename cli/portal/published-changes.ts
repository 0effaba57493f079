import type { PublishedChange } from "../../specs/engine/published-record/record.ts";
import type { ApiClient } from "../http/api-client.ts";
import { textAt } from "../views/fields.ts";

/** Changes of the specs that were announced, whatever became of them; undefined where the API knows of none. */
export async function publishedChanges(client: ApiClient): Promise<readonly PublishedChange[] | undefined> {
  if (!client.has("changes.list")) return undefined;
  const found: PublishedChange[] = [];
  for await (const one of client.list("changes.list")) {
    const announcedAt = textAt(one, "announcedAt");
    if (announcedAt === "") continue;
    const [earliestAt, withdrawnAt] = [textAt(one, "earliestAt"), textAt(one, "withdrawnAt")];
    found.push({
      id: textAt(one, "id"),
      title: textAt(one, "title"),
      level: textAt(one, "level"),
      announcedAt,
      effectiveAt: textAt(one, "effectiveAt"),
      ...(earliestAt === "" ? {} : { earliestAt }),
      ...(withdrawnAt === "" ? {} : { withdrawnAt }),
    });
  }
  return found.toSorted((one, other) => (one.announcedAt < other.announcedAt ? -1 : 1));
}
