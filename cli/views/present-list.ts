import { Flags } from "@oclif/core";
import type { Fields } from "../http/api-client.ts";
import type { Output } from "../output/output.ts";
import type { Column } from "../output/table.ts";
import type { Session } from "../session.ts";

const MOST = 100_000;

/** Flag of every command that lists. */
export const limitFlag = {
  limit: Flags.integer({ default: 50, min: 1, max: MOST, helpValue: "<n>", summary: "How many at most." }),
};

/** What is listed, and how it is shown. */
export interface ListView {
  readonly capability: string;
  /** Filters; those that are undefined narrow nothing. */
  readonly input: Fields;
  readonly columns: readonly Column<Fields>[] | ((session: Session) => readonly Column<Fields>[]);
  /** What is listed, for when there is none: `deliveries`. */
  readonly noun: string;
}

export interface Listed {
  readonly items: readonly Fields[];
  /** There are others that the limit cut off. */
  readonly more: boolean;
}

/** Lists what a capability lists, page by page. */
export async function presentList(
  session: Session,
  { capability, input, columns, noun }: ListView,
  limit: number,
  out: Output,
): Promise<Listed> {
  const listed = await upTo(limit, session.client.list(capability, input, limit + 1));
  const shown = typeof columns === "function" ? columns(session) : columns;
  return presentItems(listed, { columns: shown, noun, limit }, out);
}

/** The first of any number of items, and whether there are others. */
export async function upTo(limit: number, all: AsyncIterable<Fields>): Promise<Listed> {
  const items: Fields[] = [];
  for await (const item of all) {
    if (items.length === limit) return { items, more: true };
    items.push(item);
  }
  return { items, more: false };
}

interface ItemsView {
  readonly columns: readonly Column<Fields>[];
  readonly noun: string;
  readonly limit: number;
}

export function presentItems(listed: Listed, { columns, noun, limit }: ItemsView, out: Output): Listed {
  const { items, more } = listed;
  if (items.length === 0) out.note(`No ${noun}.`);
  else out.table(items, columns);
  if (more) out.note(moreThan(limit, MOST));
  return listed;
}

/** @param most what `--limit` takes */
export const moreThan = (limit: number, most: number): string =>
  limit < most
    ? `There are more: --limit ${Math.min(most, limit * 10)}`
    : `There are more than ${most.toLocaleString("en")}: narrow what is listed.`;
