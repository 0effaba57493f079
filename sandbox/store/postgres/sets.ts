import { number, text } from "../sql/rows.ts";
import type { Query } from "./connection.ts";
import type { Counters } from "./load.ts";
import { insertRows, type Table } from "./table.ts";

/** A set to be found or made. */
export interface WantedSet {
  readonly kind: string;
  readonly members: readonly string[];
}

const SETS: Table = { name: "sets", columns: { kind: "text", members: "text", id: "bigint" } };
const SET_MEMBERS: Table = {
  name: "set_members",
  columns: { kind: "text", member: "text", id: "bigint" },
};

const textOf = ({ kind, members }: WantedSet): string => `${kind}\n${JSON.stringify(members)}`;

/** The ids of sets, found or made under the tenant's lock. */
export async function setIds(
  query: Query,
  tenant: string,
  wanted: readonly WantedSet[],
  counters: Counters,
): Promise<(set: WantedSet) => number | null> {
  const distinct = [...new Map(wanted.map((set) => [textOf(set), set])).values()];
  const ids = await found(query, tenant, distinct);
  const made = distinct.filter((set) => !ids.has(textOf(set)));
  for (const set of made) {
    counters.sets += 1;
    ids.set(textOf(set), counters.sets);
  }
  const idOf = (set: WantedSet): number | null => ids.get(textOf(set)) ?? null;
  await insertRows(
    query,
    tenant,
    SETS,
    made.map((set) => [set.kind, JSON.stringify(set.members), idOf(set)]),
  );
  await insertRows(
    query,
    tenant,
    SET_MEMBERS,
    made.flatMap((set) => set.members.map((member) => [set.kind, member, idOf(set)])),
  );
  return idOf;
}

async function found(query: Query, tenant: string, sets: readonly WantedSet[]): Promise<Map<string, number>> {
  if (sets.length === 0) return new Map();
  const rows = await query(
    `SELECT s.kind, s.members, s.id FROM unnest(?::text[], ?::text[]) AS asked (kind, members)
     JOIN eco.sets s ON s.tenant = ? AND s.kind = asked.kind AND s.members = asked.members`,
    [sets.map(({ kind }) => kind), sets.map(({ members }) => JSON.stringify(members)), tenant],
  );
  return new Map(rows.map((row) => [`${text(row, "kind")}\n${text(row, "members")}`, number(row, "id")]));
}
