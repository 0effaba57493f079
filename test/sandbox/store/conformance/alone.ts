import { describe, expect, it } from "vitest";
import type { Store } from "../../../../sandbox/store/store.ts";
import { change, ids, put, T } from "./changes.ts";

/** What is done alone with a tenant. */
export function describeAlone(name: string, open: () => Promise<Store>): void {
  describe(`${name}: alone with a tenant`, () => {
    it("lets nobody else write to a tenant while somebody is alone with it, nor be alone with it too", async () => {
      const store = await open();
      const order: string[] = [];
      const begun = Promise.withResolvers<void>();
      const others: Promise<unknown>[] = [];
      const alone = store.alone(T, async ({ reader, apply }) => {
        others.push(store.apply(change({ writes: [put("b", 0)] })).then(() => order.push("other")));
        others.push(
          store.alone(T, async (held) => {
            order.push("alone again");
            await held.apply(change({ writes: [put("c", 0)] }));
          }),
        );
        begun.resolve();
        // Goes through, and gives those who must wait the time to be wrong.
        const elsewhere = { ...change({ writes: [put("x", 0)] }), tenant: "other" };
        expect((await store.apply(elsewhere)).kind).toBe("applied");
        expect(await reader.get("things", "b")).toBeUndefined();
        expect(await apply(change({ writes: [put("a", 0)] }))).toEqual({ kind: "applied" });
        expect(await apply(change({ writes: [put("a", 0)] }))).toMatchObject({ kind: "conflict" });
        expect((await reader.get("things", "a"))?.version).toBe(1);
        order.push("alone");
        return "done";
      });
      await begun.promise;
      expect(await alone).toBe("done");
      await Promise.all(others);
      expect(order[0]).toBe("alone");
      expect([...order].sort()).toEqual(["alone", "alone again", "other"]);
      const listed = await store.reader(T).list({ collection: "things", limit: 9 });
      expect(listed[0]?.id).toBe("a");
      expect(ids(listed).sort()).toEqual(["a", "b", "c"]);
    });

    it("goes on when what was done alone fails", async () => {
      const store = await open();
      const failing = store.alone(T, async () => {
        throw new Error("failed");
      });
      await expect(failing).rejects.toThrow("failed");
      expect((await store.apply(change({ writes: [put("a", 0)] }))).kind).toBe("applied");
      expect(await store.alone(T, async ({ reader }) => (await reader.get("things", "a"))?.id)).toBe("a");
    });
  });
}
