import { describe, expect, it } from "vitest";
import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import type { ApplyOutcome, Changeset, Held } from "../../../sandbox/store/store.ts";
import { openShop, type Shop } from "../pipeline/shop.ts";

/** Somebody else writes the same records anew just before, so many times. */
class Contended extends MemoryStore {
  overtakes = 0;

  override apply(changeset: Changeset): Promise<ApplyOutcome> {
    return this.#second(changeset, {
      reader: this.reader(changeset.tenant),
      apply: (one) => super.apply(one),
    });
  }

  override alone<T>(tenant: string, work: (held: Held) => Promise<T>): Promise<T> {
    return super.alone(tenant, (held) =>
      work({ reader: held.reader, apply: (changeset) => this.#second(changeset, held) }),
    );
  }

  async #second(changeset: Changeset, { reader, apply }: Held): Promise<ApplyOutcome> {
    for (const { collection, id } of this.overtakes > 0 ? changeset.writes : []) {
      const there = await reader.get(collection, id);
      if (there === undefined) continue;
      const write = { collection, id, value: there.value, expectedVersion: there.version };
      await apply({ tenant: changeset.tenant, writes: [write], transactions: [], events: [] });
    }
    this.overtakes -= 1;
    return apply(changeset);
  }
}

describe.each<readonly [string, string, (shop: Shop) => Promise<unknown>, (shop: Shop) => unknown]>([
  [
    "setting the clock",
    "The clock",
    ({ sandbox }) => sandbox.control.clock.set({ advance: "P1D" }),
    async ({ sandbox }) => (await sandbox.control.clock.read()).now,
  ],
  [
    "a decision of the control",
    "What counter.add decides on",
    ({ sandbox }) => sandbox.control.decisions.act("counter.add", {}),
    async ({ store }) => (await store.reader("main").get("counters", "only"))?.value,
  ],
  [
    "adding a fault rule",
    "The list of fault rules",
    ({ sandbox }) => sandbox.faults.add({ status: 503 }),
    ({ sandbox }) => sandbox.faults.list().map(({ id }) => id),
  ],
])("%s", (_, what, change, seen) => {
  it("comes through where others are faster many times, and happens once", async () => {
    const calm = await openShop();
    await change(calm);
    await change(calm);
    const store = new Contended();
    const shop = await openShop({}, store);
    await change(shop);
    store.overtakes = 6;
    await change(shop);
    expect(store.overtakes).toBeLessThan(0);
    expect(await seen(shop)).toEqual(await seen(calm));
  });

  it("ends with a clear error where they are faster every time, and changes nothing", async () => {
    const store = new Contended();
    const shop = await openShop({}, store);
    await change(shop);
    const before = await seen(shop);
    store.overtakes = Number.POSITIVE_INFINITY;
    await expect(change(shop)).rejects.toMatchObject({
      code: "ECO_CONFLICT",
      message: `${what} was changed by others each of the 7 times it was tried.`,
    });
    store.overtakes = 0;
    expect(await seen(shop)).toEqual(before);
  });
});
