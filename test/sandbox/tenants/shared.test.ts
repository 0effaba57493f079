import { describe, expect, it } from "vitest";
import type { SandboxSettings } from "../../../sandbox/pipeline/options.ts";
import { openShop, type Shop } from "../pipeline/shop.ts";
import { sharedMemory } from "../store/shared-memory.ts";

/** Two sandboxes on one store, as two processes would have them. */
async function twoProcesses(settings: SandboxSettings = {}): Promise<readonly [Shop, Shop]> {
  const store = sharedMemory();
  return [await openShop(settings, store()), await openShop(settings, store())];
}

interface Party {
  readonly token: string;
  /** Status of a read by which process ever. */
  read(shop: Shop): Promise<number>;
  write(shop: Shop, text: string): Promise<number>;
  texts(shop: Shop): Promise<string[]>;
}

async function partyAt(shop: Shop, path: string): Promise<Party> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const issued = await shop.call("POST", `${path}/v1/token`, { body: "client_id=blueline", headers });
  const token = String(issued.json["access_token"]);
  const authorized = { headers: { authorization: `Bearer ${token}` } };
  const list = (at: Shop) => at.call("GET", `${path}/v1/notes`, authorized);
  return {
    token,
    read: async (at) => (await list(at)).status,
    write: async (at, text) =>
      (await at.call("POST", `${path}/v1/notes`, { json: { text }, ...authorized })).status,
    texts: async (at) => ((await list(at)).json["items"] as { text: string }[]).map(({ text }) => text),
  };
}

describe("a tenant that two processes serve", () => {
  it("is created in one and called by the other", async () => {
    const [one, two] = await twoProcesses();
    await one.sandbox.tenants?.create({ id: "acme" });
    const party = await partyAt(two, "/_tenants/acme");
    expect(await party.write(two, "by two")).toBe(201);
    expect(await party.texts(one)).toEqual(["hello", "by two"]);
    await expect(two.sandbox.tenants?.create({ id: "acme" })).rejects.toMatchObject({
      code: "ECO_TENANT_EXISTS",
    });
  });

  it("has ended in both when one has removed it, tokens and all", async () => {
    const [one, two] = await twoProcesses();
    await one.sandbox.tenants?.create({ id: "acme" });
    const party = await partyAt(one, "/_tenants/acme");
    expect([await party.read(one), await party.read(two)]).toEqual([200, 200]);
    await one.sandbox.tenants?.remove("acme");
    expect([await party.read(two), await party.write(two, "late"), await party.read(one)]).toEqual([
      404, 404, 404,
    ]);
    await expect(two.sandbox.tenants?.remove("acme")).rejects.toMatchObject({ code: "ECO_NOT_FOUND" });
    expect(await one.store.export("acme")).toMatchObject({ records: [], events: [] });
  });

  it("is closed in the background where another process removed it and nobody calls", async () => {
    const [one, two] = await twoProcesses();
    await one.sandbox.tenants?.create({ id: "acme" });
    const opened = await two.sandbox.tenants?.sandbox("acme");
    await one.sandbox.tenants?.remove("acme");
    await two.sandbox.settle();
    await one.sandbox.tenants?.create({ id: "acme" });
    expect(await two.sandbox.tenants?.sandbox("acme")).not.toBe(opened);
  });

  it("is another one when it was removed and created again: seed, state and tokens", async () => {
    const [one, two] = await twoProcesses();
    await one.sandbox.tenants?.create({ id: "acme", seed: "first" });
    const former = await partyAt(one, "/_tenants/acme");
    expect(await former.write(two, "former")).toBe(201);
    await one.sandbox.tenants?.remove("acme");
    await one.sandbox.tenants?.create({ id: "acme", seed: "second" });
    expect([await former.read(two), await former.read(one)]).toEqual([401, 401]);
    const party = await partyAt(two, "/_tenants/acme");
    expect(await party.texts(one)).toEqual(["hello"]);
    const control = (await two.sandbox.tenants?.sandbox("acme"))?.control;
    expect(await control?.info()).toMatchObject({ seed: "second" });
  });

  it("holds nothing of one of the same name whose removal was cut short", async () => {
    const [one, two] = await twoProcesses();
    await one.sandbox.tenants?.create({ id: "acme" });
    await (await partyAt(one, "/_tenants/acme")).write(one, "of before");
    const { store } = one;
    // What a process leaves that is killed between the two steps of a removal.
    const record = await store.reader("~tenants").get("tenants", "acme");
    const gone = { collection: "tenants", id: "acme", value: null, expectedVersion: record?.version ?? 0 };
    await store.apply({ tenant: "~tenants", writes: [gone], transactions: [], events: [] });
    await two.sandbox.tenants?.create({ id: "acme" });
    expect(await (await partyAt(two, "/_tenants/acme")).texts(two)).toEqual(["hello"]);
  });
});

describe.each(["", "/_tenants/acme"])("a sandbox that two processes serve, at %j", (path) => {
  const opened = async (settings: SandboxSettings = {}) => {
    const [one, two] = await twoProcesses(settings);
    if (path !== "") await one.sandbox.tenants?.create({ id: "acme" });
    const own = async (shop: Shop) =>
      path === "" ? shop.sandbox.control : (await shop.sandbox.tenants?.sandbox("acme"))?.control;
    return { one, two, own, party: await partyAt(one, path) };
  };

  it("is reset for both: state, tokens that were verified before, faults and the counts of those of the start", async () => {
    const faults = [{ id: "start", operation: "count", status: 503, count: 1 }];
    const { one, two, own, party } = await opened({ faults });
    expect([await party.read(one), await party.read(two)]).toEqual([200, 200]);
    expect(await party.write(two, "of before")).toBe(201);
    await (await own(one))?.faults.add({ operation: "addNote", status: 507 });
    expect(await party.write(two, "refused")).toBe(507);
    const count = async () =>
      (
        await two.call("POST", `${path}/v1/counter`, {
          headers: { authorization: `Bearer ${(await partyAt(two, path)).token}` },
        })
      ).status;
    expect([await count(), await count()]).toEqual([503, 200]);
    await (await own(one))?.reset();
    expect([await party.read(two), await party.read(one)]).toEqual([401, 401]);
    const fresh = await partyAt(two, path);
    expect([await fresh.texts(one), await fresh.texts(two)]).toEqual([["hello"], ["hello"]]);
    expect(await fresh.write(two, "of after")).toBe(201);
    expect([await count(), await count()]).toEqual([503, 200]);
    // As many rules, and as often changed, as before the reset.
    await (await own(one))?.faults.add({ operation: "listNotes", status: 507 });
    expect([await fresh.read(two), await fresh.write(two, "x")]).toEqual([507, 201]);
  });

  it("has one clock", async () => {
    const { one, two, own, party } = await opened();
    await (await own(one))?.clock.set({ advance: "P9D" });
    const [here, there] = [await (await own(one))?.clock.read(), await (await own(two))?.clock.read()];
    expect(there).toEqual(here);
    expect(there?.offsetMs).toBe(9 * 86_400_000);
    expect(await party.write(two, "x")).toBe(201);
  });
});
