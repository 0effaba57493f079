import { answerOf, number, text } from "../sql/rows.ts";
import type { Changeset, IdempotentAnswer, Listing } from "../store.ts";
import type { Query } from "./connection.ts";

/** Where a tenant's sequences stand. */
export interface Counters {
  records: number;
  events: number;
  postings: number;
  dispatches: number;
  sets: number;
  fannedOut: number;
}

/** Version, place in the order of creation and listing of a record; version 0 where there is none. */
export interface Place extends Listing {
  readonly version: number;
  readonly sequence: number;
}

/** What a group of changesets leans on. It grows while they are decided. */
export interface Loaded {
  readonly counters: Counters;
  readonly places: ReadonlyMap<string, Place>;
  readonly answers: Map<string, IdempotentAnswer>;
  /** Those of the changesets' transactions, events and dispatches that are there already, by id. */
  readonly transactions: Set<string>;
  readonly events: Set<string>;
  readonly dispatches: Set<string>;
  /** The sequence of a period's last posting. */
  readonly lastOf: Map<string, number>;
}

export const placeKey = (collection: string, id: string): string => `${collection}\n${id}`;

export const fromScratch = (): Loaded => ({
  counters: { records: 0, events: 0, postings: 0, dispatches: 0, sets: 0, fannedOut: 0 },
  places: new Map(),
  answers: new Map(),
  transactions: new Set(),
  events: new Set(),
  dispatches: new Set(),
  lastOf: new Map(),
});

/**
 * Takes the tenant's lock, which the transaction holds until its end: who commits later also has the higher sequences,
 * so that no reader that goes by sequence misses one. Then reads all that the changesets lean on.
 */
export async function load(query: Query, tenant: string, changesets: readonly Changeset[]): Promise<Loaded> {
  const counters = await lockTenant(query, tenant);
  const ids = (of: (changeset: Changeset) => readonly { readonly id: string }[] | undefined): string[] =>
    changesets.flatMap((changeset) => (of(changeset) ?? []).map(({ id }) => id));
  const known = async (table: string, asked: readonly string[]): Promise<Set<string>> =>
    asked.length === 0 ? new Set() : knownIds(query, table, tenant, asked);
  return {
    counters,
    places: await places(query, tenant, changesets),
    answers: await answers(query, tenant, changesets),
    transactions: await known(
      "transactions",
      ids(({ transactions }) => transactions),
    ),
    events: await known(
      "events",
      ids(({ events }) => events),
    ),
    dispatches: await known(
      "dispatches",
      ids(({ dispatches }) => dispatches),
    ),
    lastOf: await lastSequences(query, tenant, changesets),
  };
}

export async function lockTenant(query: Query, tenant: string): Promise<Counters> {
  const locked = "SELECT * FROM eco.tenants WHERE tenant = ? FOR UPDATE";
  let [row] = await query(locked, [tenant]);
  if (row === undefined) {
    // Waits for another process that is just making the row.
    await query("INSERT INTO eco.tenants (tenant) VALUES (?) ON CONFLICT DO NOTHING", [tenant]);
    [row] = await query(locked, [tenant]);
  }
  return {
    records: number(row ?? {}, "records"),
    events: number(row ?? {}, "events"),
    postings: number(row ?? {}, "postings"),
    dispatches: number(row ?? {}, "dispatches"),
    sets: number(row ?? {}, "sets"),
    fannedOut: number(row ?? {}, "fanned_out"),
  };
}

async function places(
  query: Query,
  tenant: string,
  changesets: readonly Changeset[],
): Promise<Map<string, Place>> {
  const asked = new Map(
    changesets
      .flatMap(({ writes, expects = [] }) => [...writes, ...expects])
      .map(({ collection, id }) => [placeKey(collection, id), { collection, id }]),
  );
  if (asked.size === 0) return new Map();
  const all = [...asked.values()];
  const rows = await query(
    `SELECT r.collection, r.id, r.version, r.sequence, r.keys
     FROM unnest(?::text[], ?::text[]) AS asked (collection, id)
     JOIN eco.records r ON r.tenant = ? AND r.collection = asked.collection AND r.id = asked.id`,
    [all.map(({ collection }) => collection), all.map(({ id }) => id), tenant],
  );
  return new Map(
    rows.map((row) => [
      placeKey(text(row, "collection"), text(row, "id")),
      {
        version: number(row, "version"),
        sequence: number(row, "sequence"),
        keys: JSON.parse(text(row, "keys")) as string[],
        // Nobody compares them: a write says anew for whom the record is.
        parties: [],
      },
    ]),
  );
}

async function answers(
  query: Query,
  tenant: string,
  changesets: readonly Changeset[],
): Promise<Map<string, IdempotentAnswer>> {
  const keys = changesets.flatMap(({ idempotency }) => idempotency?.key ?? []);
  if (keys.length === 0) return new Map();
  const rows = await query(
    "SELECT * FROM eco.idempotent_answers WHERE tenant = ? AND key = ANY (?::text[])",
    [tenant, keys],
  );
  return new Map(rows.map(answerOf).map((answer) => [answer.key, answer]));
}

async function knownIds(
  query: Query,
  table: string,
  tenant: string,
  asked: readonly string[],
): Promise<Set<string>> {
  const sql = `SELECT id FROM eco.${table} WHERE tenant = ? AND id = ANY (?::text[])`;
  return new Set((await query(sql, [tenant, asked])).map((row) => text(row, "id")));
}

async function lastSequences(
  query: Query,
  tenant: string,
  changesets: readonly Changeset[],
): Promise<Map<string, number>> {
  const periods = [...new Set(changesets.flatMap(({ expectsBooks }) => expectsBooks?.period ?? []))];
  if (periods.length === 0) return new Map();
  const rows = await query(
    `SELECT asked.period, (SELECT max(t.sequence) FROM eco.transactions t
       WHERE t.tenant = ? AND t.period = asked.period) AS last
     FROM unnest(?::text[]) AS asked (period)`,
    [tenant, periods],
  );
  return new Map(rows.map((row) => [text(row, "period"), number(row, "last")]));
}
