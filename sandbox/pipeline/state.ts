import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { Seed } from "../capabilities/capability.ts";
import { signingKeyAt as KEY } from "../capabilities/records.ts";
import type { EventEncoder } from "../events/encoder.ts";
import type { Changeset, JsonObject, RecordWrite, Store } from "../store/store.ts";
import { isoOf } from "../values/iso.ts";
import type { Randomness } from "./randomness.ts";
import { type SigningKey, signingKeyFrom } from "./tokens.ts";

/** The record that marks a store as seeded: `sandbox/state`. */
const STATE = { collection: "sandbox", id: "state" } as const;

export interface SandboxState extends JsonObject {
  readonly ecosystem: string;
  /** Of the spec set that it was seeded from. */
  readonly catalogDigest: string;
  readonly seed: string;
  readonly createdAt: string;
}

export interface OpenedState {
  readonly state: SandboxState;
  readonly key: SigningKey;
}

export interface StateParts {
  readonly store: Store;
  readonly tenant: string;
  readonly catalog: Catalog;
  readonly seed: string;
  readonly randomness: Randomness;
  readonly encoder: EventEncoder;
  readonly wallClock: () => number;
  /** What an empty sandbox of this ecosystem starts with. */
  seedRecords(catalog: Catalog, now: string): Promise<Seed>;
  /** What any sandbox of this ecosystem holds from its start on, whatever it was started with before. */
  standingRecords(catalog: Catalog): readonly RecordWrite[];
}

/** Opens what a former start left, or seeds an empty store. Of two processes that start at once, one seeds. */
export async function openState(parts: StateParts): Promise<OpenedState> {
  const known = await readState(parts);
  if (known !== undefined) {
    await keepStanding(parts);
    return known;
  }
  const fresh = await freshState(parts);
  const outcome = await parts.store.apply(fresh.changeset);
  if (outcome.kind === "applied") return fresh;
  const others = await readState(parts);
  if (others === undefined) throw new Error(`The store ${parts.store.description} can't be seeded.`);
  return others;
}

/** Others may be doing the same: whoever is slower finds it done. */
async function keepStanding({ store, tenant, catalog, standingRecords }: StateParts): Promise<void> {
  for (const write of standingRecords(catalog)) {
    const known = await store.reader(tenant).get(write.collection, write.id);
    if (known === undefined) await store.apply({ tenant, writes: [write], transactions: [], events: [] });
  }
}

/** Back to the seed, in one step; with a new signing key, so that tokens of before end. */
export async function resetState(parts: StateParts): Promise<OpenedState> {
  const fresh = await freshState(parts);
  await parts.store.reset(parts.tenant, fresh.changeset);
  return fresh;
}

/** Whether a tenant holds what it was seeded with and nothing else, untouched. */
export async function isPristine(parts: StateParts): Promise<boolean> {
  const { changeset } = await freshState(parts);
  const { records, events, transactions, dispatches, answers, lastSequence } = await parts.store.export(
    parts.tenant,
  );
  return (
    lastSequence === changeset.writes.length &&
    records.length === lastSequence &&
    records.every(({ version }) => version === 1) &&
    events.length === changeset.events.length &&
    transactions.length === changeset.transactions.length &&
    dispatches.length === 0 &&
    answers.length === 0
  );
}

export async function readState({
  store,
  tenant,
}: Pick<StateParts, "store" | "tenant">): Promise<OpenedState | undefined> {
  const read = store.reader(tenant);
  const state = await read.get<SandboxState>(STATE.collection, STATE.id);
  const key = await read.get<JsonObject & SigningKey>(KEY.collection, KEY.id);
  return state === undefined || key === undefined ? undefined : { state: state.value, key: key.value };
}

async function freshState(parts: StateParts): Promise<OpenedState & { readonly changeset: Changeset }> {
  const { catalog, tenant, seed, randomness, encoder, wallClock } = parts;
  const now = isoOf(wallClock());
  const key = await signingKeyFrom(randomness.keySeed());
  const { writes, transactions = [], events = [] } = await parts.seedRecords(catalog, now);
  const newId = randomness.idsOf("seed");
  const state: SandboxState = {
    ecosystem: catalog.ecosystem.id,
    catalogDigest: catalog.digest,
    seed,
    createdAt: now,
  };
  const changeset: Changeset = {
    tenant,
    writes: [
      { ...STATE, value: state, expectedVersion: 0 },
      { ...KEY, value: { ...key }, expectedVersion: 0 },
      ...parts.standingRecords(catalog),
      ...writes,
    ],
    transactions,
    events: events.flatMap(
      (event) => encoder.encode(event, { id: newId("evt"), time: now, causedBy: "seed" }) ?? [],
    ),
  };
  return { state, key, changeset };
}
