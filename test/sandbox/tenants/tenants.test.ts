import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import { SqliteStore } from "../../../sandbox/store/sqlite/sqlite.ts";
import type { ApplyOutcome, Changeset } from "../../../sandbox/store/store.ts";
import { openControlled, TOKEN } from "../control/controlled.ts";
import { openShop, type Shop, START } from "../pipeline/shop.ts";

const form = { "content-type": "application/x-www-form-urlencoded" };

interface Party {
  note(text: string, headers?: Record<string, string>): ReturnType<Shop["call"]>;
  notes(): Promise<string[]>;
  readonly token: string;
}

/** A party of a tenant, with a token of it; of the sandbox itself without a path. */
async function partyOf(shop: Shop, path: string): Promise<Party> {
  const issued = await shop.call("POST", `${path}/v1/token`, { body: "client_id=blueline", headers: form });
  const token = String(issued.json["access_token"]);
  const authorization = `Bearer ${token}`;
  return {
    token,
    note: (text, headers = {}) =>
      shop.call("POST", `${path}/v1/notes`, { json: { text }, headers: { authorization, ...headers } }),
    async notes() {
      const { json } = await shop.call("GET", `${path}/v1/notes`, { headers: { authorization } });
      return (json["items"] as { text: string }[]).map(({ text }) => text);
    },
  };
}

async function twoTenants(settings: Parameters<typeof openControlled>[0] = {}) {
  const shop = await openControlled(settings);
  const { path: a } = (await shop.sandbox.tenants?.create({ id: "acme" })) ?? { path: "" };
  const { path: b } = (await shop.sandbox.tenants?.create({ id: "bolt" })) ?? { path: "" };
  return {
    shop,
    a,
    b,
    ofA: await partyOf(shop, a),
    ofB: await partyOf(shop, b),
    ofMain: await partyOf(shop, ""),
  };
}

describe("tenants of a sandbox", () => {
  it("are created, listed and removed by the control API", async () => {
    const { control, call } = await openControlled();
    const created = await control("POST", "/tenants", { id: "acme", seed: "theirs" });
    expect(created.status).toBe(201);
    const tenant = {
      id: "acme",
      seed: "theirs",
      path: "/_tenants/acme",
      createdAt: new Date(START).toISOString(),
    };
    expect(created.json).toEqual({ ...tenant, controlToken: expect.stringMatching(/^[\w-]{43}$/) });
    expect((await control("GET", "/tenants")).json).toEqual({ items: [tenant] });
    expect((await control("POST", "/tenants", { id: "acme" })).json["code"]).toBe("ECO_TENANT_EXISTS");
    expect((await control("DELETE", "/tenants/acme")).status).toBe(204);
    expect((await control("DELETE", "/tenants/acme")).status).toBe(404);
    expect((await call("POST", "/_tenants/acme/v1/token")).status).toBe(404);
  });

  it.each(["", "Acme", "a/b", "-a", "a-", "main", "a".repeat(64), "~tenants"])(
    "can't be called %j",
    async (id) => {
      const { control, sandbox } = await openControlled();
      await expect(sandbox.tenants?.create({ id })).rejects.toMatchObject({ code: "ECO_REQUEST_INVALID" });
      expect((await control("POST", "/tenants", { id })).status).toBe(422);
    },
  );

  it("have each their own state: what one writes, no other sees", async () => {
    const { ofA, ofB, ofMain } = await twoTenants();
    const note = await ofA.note("only here");
    expect(note.status).toBe(201);
    expect(await ofA.notes()).toEqual(["hello", "only here"]);
    expect(await ofB.notes()).toEqual(["hello"]);
    expect(await ofMain.notes()).toEqual(["hello"]);
  });

  it.each(["secure", "seeded"] as const)("refuse each other's tokens, with %s keys", async (randomness) => {
    const { shop, a, b, ofA, ofMain } = await twoTenants({ randomness });
    const status = async (path: string, token: string) =>
      (await shop.call("GET", `${path}/v1/notes`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await status(a, ofA.token)).toBe(200);
    expect([await status(b, ofA.token), await status("", ofA.token), await status(a, ofMain.token)]).toEqual([
      401, 401, 401,
    ]);
  });

  it("have each their own clock, faults, idempotency keys, rate limits and log", async () => {
    const { shop, a, ofA, ofB } = await twoTenants({ rateLimit: { quota: 5, windowSeconds: 60 } });
    await shop.control("PUT", "/clock", { advance: "P1D" });
    const own = (await shop.sandbox.tenants?.sandbox("acme"))?.control;
    await own?.clock.set({ advance: "P9D" });
    expect([(await ofA.note("x")).json["at"], (await ofB.note("x")).json["at"]]).toEqual([
      new Date(START + 9 * 86_400_000).toISOString(),
      new Date(START).toISOString(),
    ]);
    const key = { "idempotency-key": "same" };
    const [inA, inB] = [await ofA.note("a", key), await ofB.note("b", key)];
    expect([inA.status, inB.status, inA.json["text"], inB.json["text"]]).toEqual([201, 201, "a", "b"]);
    await own?.faults.add({ operation: "addNote", status: 503 });
    expect([(await ofA.note("x")).status, (await ofB.note("x")).status]).toEqual([503, 201]);
    await ofA.note("x");
    await ofA.note("x");
    expect([(await ofA.note("x")).status, (await ofB.note("x")).status]).toEqual([429, 201]);
    expect(own?.log.read().items.every(({ path }) => path.startsWith("/v1/"))).toBe(true);
    expect(shop.sandbox.control.log.read().items).toHaveLength(1);
    expect(a).toBe("/_tenants/acme");
  });

  it("are reset one by one", async () => {
    const { shop, ofA, ofB } = await twoTenants();
    await ofA.note("stays");
    await ofB.note("goes");
    await (await shop.sandbox.tenants?.sandbox("bolt"))?.control.reset();
    expect(await ofA.notes()).toEqual(["hello", "stays"]);
    expect((await ofB.note("x")).status).toBe(401);
    expect(await (await partyOf(shop, "/_tenants/bolt")).notes()).toEqual(["hello"]);
  });

  it("are controlled by the sandbox's token and by their own, and know nothing of each other", async () => {
    const { shop } = await twoTenants();
    const { json } = await shop.control("POST", "/tenants", { id: "cove" });
    const own = String(json["controlToken"]);
    const status = async (path: string, token: string) =>
      (await shop.call("GET", path, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await status("/_tenants/cove/_sandbox/clock", TOKEN)).toBe(200);
    expect(await status("/_tenants/cove/_sandbox/clock", own)).toBe(200);
    expect(await status("/_tenants/acme/_sandbox/clock", own)).toBe(401);
    expect(await status("/_sandbox/clock", own)).toBe(401);
    expect(await status("/_tenants/cove/_sandbox/tenants", own)).toBe(404);
  });

  it("cost nothing while nobody calls: opened at the first call, closed when idle, and there again with their state", async () => {
    const { shop, ofA } = await twoTenants();
    const { tenants } = shop.sandbox;
    await ofA.note("kept");
    const before = await tenants?.sandbox("acme");
    await shop.sandbox.settle();
    expect(await tenants?.sandbox("acme")).toBe(before);
    shop.wallMs += 61_000;
    await shop.sandbox.settle();
    expect(await tenants?.sandbox("acme")).not.toBe(before);
    expect(await ofA.notes()).toEqual(["hello", "kept"]);
  });

  it("stay open as long as a timer or a dispatch is due", async () => {
    const { shop } = await twoTenants();
    const tenant = await shop.sandbox.tenants?.sandbox("acme");
    const alarm = { dueAt: "2025-03-01T13:00:00.000Z", capability: "alarms.ring", input: { name: "tea" } };
    const write = { collection: "timers", id: "t1", value: alarm, expectedVersion: 0 };
    await shop.store.apply({ tenant: "acme", writes: [write], transactions: [], events: [] });
    shop.wallMs += 61_000;
    await shop.sandbox.settle();
    expect(await shop.sandbox.tenants?.sandbox("acme")).toBe(tenant);
    shop.wallMs += 3_600_000;
    await shop.sandbox.settle();
    expect((await shop.store.reader("acme").get("rung", "all"))?.value["names"]).toHaveLength(1);
  });

  it("keep nobody from closing while one of them can't be opened; only who called it hears of that", async () => {
    class Failing extends MemoryStore {
      readonly #begun = Promise.withResolvers<void>();
      readonly #held = Promise.withResolvers<void>();
      closed = false;
      fails = false;

      override async apply(changeset: Changeset): Promise<ApplyOutcome> {
        if (changeset.tenant !== "acme" || !this.fails) return super.apply(changeset);
        this.#begun.resolve();
        await this.#held.promise;
        throw new Error("the disk is full");
      }

      override async close(): Promise<void> {
        this.closed = true;
      }

      get begun(): Promise<void> {
        return this.#begun.promise;
      }

      goOn(): void {
        this.#held.resolve();
      }
    }
    const store = new Failing();
    const { sandbox } = await openShop({}, store);
    await sandbox.tenants?.create({ id: "acme" });
    store.fails = true;
    const opening = expect(sandbox.tenants?.sandbox("acme")).rejects.toThrow("the disk is full");
    await store.begun;
    sandbox.release();
    const closing = Promise.all([sandbox.settle(), sandbox.close()]);
    store.goOn();
    await opening;
    await closing;
    expect(store.closed).toBe(true);
  });

  it("are still there after a restart on the same database", async () => {
    const directory = await mkdtemp(join(tmpdir(), "eco-tenants-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    const file = join(directory, "sandbox.db");
    const before = await openShop({}, await SqliteStore.open(file));
    await before.sandbox.tenants?.create({ id: "acme" });
    await (await partyOf(before, "/_tenants/acme")).note("kept");
    await before.sandbox.close();
    const after = await openShop({}, await SqliteStore.open(file));
    expect(await (await partyOf(after, "/_tenants/acme")).notes()).toEqual(["hello", "kept"]);
  });
});
