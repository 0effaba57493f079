import { Flags } from "@oclif/core";
import type { Outcome } from "../command.ts";
import type { Fields } from "../http/api-client.ts";
import type { Output } from "../output/output.ts";
import type { Column } from "../output/table.ts";
import type { Session } from "../session.ts";

/** Flag of every command that lists. */
export const limitFlag = {
  limit: Flags.integer({ default: 50, min: 1, max: 100_000, helpValue: "<n>", summary: "How many at most." }),
};

export interface ListView {
  readonly capability: string;
  /** Filters; those that are undefined narrow nothing. */
  readonly input: Fields;
  readonly limit: number;
  readonly columns: readonly Column<Fields>[];
  /** What is listed, for when there is none: `deliveries`. */
  readonly noun: string;
}

/** Lists what a capability lists, page by page. */
export async function presentList(session: Session, view: ListView, out: Output): Promise<Outcome> {
  const items: Fields[] = [];
  let more = false;
  for await (const item of session.client.list(view.capability, view.input, view.limit + 1)) {
    if (items.length < view.limit) items.push(item);
    else more = true;
  }
  return presentItems({ ...view, items, more }, out);
}

export interface ItemsView extends Pick<ListView, "columns" | "noun" | "limit"> {
  readonly items: readonly Fields[];
  /** There are others that the limit cut off. */
  readonly more: boolean;
}

export function presentItems({ items, more, columns, noun, limit }: ItemsView, out: Output): Outcome {
  if (items.length === 0) out.note(`No ${noun}.`);
  else out.table(items, columns);
  if (more) out.note(`There are more: --limit ${limit * 10}`);
  return { result: { items, more } };
}
