import { type Call, hasChanged, perform } from "../calls.ts";
import type { Lease } from "../memory/dispatches.ts";
import type { MemoryStore } from "../memory/memory.ts";
import type { TenantState } from "../store.ts";

/** All that a tenant held at one moment, in the place of the calls that had come to it. */
export interface Snapshot {
  readonly tenant: string;
  readonly state: TenantState;
  /** Who holds which dispatch isn't a part of the state, and must not be forgotten either. */
  readonly leases: readonly Lease[];
  /** Place of the last call that it stands for: whoever has performed that one has nothing to do. */
  readonly upTo: number;
}

/** What is kept of a tenant's history. */
export type Kept = Call | Snapshot;

export const isSnapshot = (kept: Kept): kept is Snapshot => "state" in kept;

export async function snapshotOf(memory: MemoryStore, tenant: string, upTo: number): Promise<Snapshot> {
  return { tenant, state: await memory.export(tenant), leases: memory.leases(tenant), upTo };
}

/** Comes to the same in memory; false where that can't be. Changes it before it returns for the first time. */
export async function redo(memory: MemoryStore, kept: Kept): Promise<boolean> {
  if (!isSnapshot(kept)) return hasChanged(await perform(memory, kept));
  const loaded = memory.load(kept.tenant, kept.state);
  memory.lease(kept.tenant, kept.leases);
  await loaded;
  return true;
}

interface Count {
  /** Calls since the last snapshot. */
  calls: number;
  /** How many there must be before the next one. */
  enough: number;
}

/**
 * Says when the calls of a tenant are worth being put together: when there are as many of them as the last snapshot has
 * rows. So a store that grows is written anew more and more rarely, and each call pays for a bounded part of it.
 */
export class CallCount {
  readonly #least: number;
  readonly #tenants = new Map<string, Count>();

  /** @param least below so many calls nothing is put together */
  constructor(least: number) {
    this.#least = least;
  }

  /** Something was kept, after everything counted before. */
  add(kept: Kept): void {
    if (isSnapshot(kept)) this.#begin(kept.tenant, rowsOf(kept.state));
    else this.#of(kept.tenant).calls += 1;
  }

  /** The tenant's former calls are gone. */
  forget(tenant: string): void {
    this.#tenants.delete(tenant);
  }

  isDue(tenant: string): boolean {
    const { calls, enough } = this.#of(tenant);
    return calls >= enough;
  }

  /** A tenant with enough calls; undefined where none has. */
  get due(): string | undefined {
    return [...this.#tenants.keys()].find((tenant) => this.isDue(tenant));
  }

  /** It couldn't be done: not again before there are twice as many. */
  putOff(tenant: string): void {
    const count = this.#of(tenant);
    count.enough = count.calls * 2;
  }

  #begin(tenant: string, rows: number): void {
    this.#tenants.set(tenant, { calls: 0, enough: Math.max(this.#least, rows) });
  }

  #of(tenant: string): Count {
    const known = this.#tenants.get(tenant);
    if (known !== undefined) return known;
    this.#begin(tenant, 0);
    return this.#of(tenant);
  }
}

const rowsOf = ({ records, events, transactions, dispatches, answers }: TenantState): number =>
  records.length + events.length + transactions.length + dispatches.length + answers.length;
