import type { Changeset, IdempotentAnswer, OutboxEvent, StoredDispatch } from "../store.ts";
import type { Counters, Place } from "./load.ts";

/** A record as a group of changesets leaves it; `value` is JSON text, undefined where it was deleted. */
export interface TouchedRecord {
  readonly collection: string;
  readonly id: string;
  readonly before: Place;
  readonly after: Place;
  readonly value: string | undefined;
  /** In which it began and ended. */
  readonly months: readonly string[];
}

export interface Booked {
  readonly transaction: Changeset["transactions"][number];
  /** Of its last posting. */
  readonly sequence: number;
}

/** Everything that a group of changesets changes, ready to be written table by table. */
export interface Changes {
  readonly records: ReadonlyMap<string, TouchedRecord>;
  readonly booked: readonly Booked[];
  readonly events: readonly (OutboxEvent & { readonly sequence: number })[];
  readonly dispatches: readonly StoredDispatch[];
  readonly answers: readonly IdempotentAnswer[];
  readonly counters: Counters;
}
