import { describe, expect, it } from "vitest";
import type { FieldProblem } from "../../../sandbox/capabilities/capability.ts";
import type { FaultRule } from "../../../sandbox/faults/rule.ts";
import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import { globOf } from "../../../specs/engine/glob.ts";
import { openControlled } from "../control/controlled.ts";
import { openShop, type Shop } from "../pipeline/shop.ts";
import { sharedMemory } from "../store/shared-memory.ts";

/** A rule as somebody may write it who doesn't know the fields. */
const rule = (fields: Record<string, unknown>): FaultRule => fields as FaultRule;

describe("a rule that can't be used", () => {
  it.each<readonly [string, Record<string, unknown>, string, RegExp]>([
    ["an unknown field", { stauts: 503 }, "#/rules/1", /"stauts" \(did you mean status\?\)$/],
    [
      "an unknown operation",
      { operation: "addNotes", status: 503 },
      "#/rules/1/operation",
      /"addNotes" \(did you mean addNote\?\)$/,
    ],
    [
      "a path that there isn't",
      { path: "/v2/notes", status: 503 },
      "#/rules/1/path",
      /no operation has such a path/,
    ],
    [
      "a path of another operation",
      { operation: "count", path: "/v1/notes", drop: true },
      "#/rules/1/path",
      /count/,
    ],
    [
      "a method that isn't there",
      { path: "/v1/notes", method: "PUT", drop: true },
      "#/rules/1/method",
      /no operation/,
    ],
    ["an unknown event", { event: "note.removed", drop: true }, "#/rules/1/event", /"note.removed"/],
    ["a status that is no error", { status: 200 }, "#/rules/1/status", />= 400/],
    ["a probability above 1", { status: 503, probability: 1.5 }, "#/rules/1/probability", /<= 1/],
    ["no effect", { operation: "addNote" }, "#/rules/1", /says nothing of what happens/],
    ["no effect on events", { event: "*" }, "#/rules/1", /duplicate/],
    ["what is for events", { status: 503, signature: "wrong" }, "#/rules/1/signature", /no `event`/],
    [
      "what is for requests",
      { event: "*", duplicate: 1, status: 503 },
      "#/rules/1/status",
      /is for requests/,
    ],
    ["a cut connection with a status", { drop: true, status: 503 }, "#/rules/1/drop", /no place for status/],
    ["jitter of nothing", { status: 503, jitterMs: 5 }, "#/rules/1/jitterMs", /needs latencyMs/],
    [
      "a window that ends first",
      { status: 503, from: "2025-01-02T00:00:00Z", until: "2025-01-01T00:00:00Z" },
      "#/rules/1/until",
      /not after/,
    ],
    ["what is no instant", { status: 503, from: "tomorrow" }, "#/rules/1/from", /date-time/],
    ["what is no duration", { event: "*", delay: "Pretty long" }, "#/rules/1/delay", /ISO 8601/],
    ["a prototype", JSON.parse('{"__proto__":{"x":1},"status":503}'), "#/rules/1", /__proto__/],
  ])("%s: named with its place, and nothing is added", async (_, fields, pointer, detail) => {
    const { sandbox, control } = await openControlled();
    const rules = [rule({ status: 500 }), rule(fields)];
    const problem = { pointer, detail: expect.stringMatching(detail) } as FieldProblem;
    await expect(sandbox.faults.add(...rules)).rejects.toMatchObject({
      code: "ECO_FAULT_INVALID",
      message: expect.stringContaining(pointer),
      details: { errors: [problem] },
    });
    const answer = await control("POST", "/faults", { rules });
    expect(answer.status).toBe(422);
    expect(answer.json["errors"]).toEqual([problem]);
    expect(sandbox.faults.list()).toEqual([]);
  });

  it("an id twice, or one that is taken", async () => {
    const { faults } = (await openShop()).sandbox;
    await expect(faults.add({ id: "a", status: 500 }, { id: "a", status: 501 })).rejects.toThrow(
      /another rule a/,
    );
    await faults.add({ id: "a", status: 500 });
    await expect(faults.add({ id: "a", status: 501 })).rejects.toThrow(/another rule a/);
    expect(faults.list()).toHaveLength(1);
  });

  it("of the start keeps the sandbox from opening", async () => {
    await expect(openShop({ faults: [{ operation: "nothing", drop: true }] })).rejects.toMatchObject({
      code: "ECO_FAULT_INVALID",
      message: expect.stringContaining('no operation "nothing"'),
    });
  });
});

describe("rules", () => {
  it("get ids, are listed with how often they applied, and are removed one by one or all", async () => {
    const { control, call } = await openControlled();
    const added = await control("POST", "/faults", {
      rules: [
        { status: 503, count: 1 },
        { id: "mine", drop: true },
      ],
    });
    expect(added.status).toBe(201);
    await call("POST", "/v1/crash");
    expect((await control("GET", "/faults")).json["items"]).toEqual([
      {
        id: "fault-1",
        rule: { id: "fault-1", status: 503, count: 1 },
        source: "added",
        met: 1,
        applied: 1,
        spent: true,
      },
      { id: "mine", rule: { id: "mine", drop: true }, source: "added", met: 1, applied: 0, spent: false },
    ]);
    expect((await control("DELETE", "/faults/mine")).status).toBe(204);
    expect((await control("DELETE", "/faults/mine")).status).toBe(404);
    expect((await control("DELETE", "/faults")).status).toBe(204);
    expect((await control("GET", "/faults")).json["items"]).toEqual([]);
  });

  it("tell what keeps them from doing anything as things stand", async () => {
    const { control } = await openControlled();
    const remarksOn = async (...rules: readonly object[]): Promise<unknown> => {
      const { json } = await control("POST", "/faults", { rules });
      await control("DELETE", "/faults");
      return (json["items"] as { remarks?: unknown }[]).map(({ remarks }) => remarks);
    };
    const drop = { drop: true };
    expect(await remarksOn({ endpoint: "nowhere", ...drop })).toEqual([
      ["there is no webhook endpoint nowhere"],
    ]);
    expect(await remarksOn({ until: "2001-01-01T00:00:00Z", ...drop })).toEqual([
      [expect.stringMatching(/^its time is over: the virtual clock stands at \d{4}-/)],
    ]);
    const second = ["first is asked first, and decides each time"];
    const notes = { path: "/v1/notes", method: "GET", ...drop };
    for (const [first, later, told] of [
      [drop, notes, second],
      [{ path: "/v1/*", ...drop }, notes, second],
      [{ path: "/v1/notes", ...drop }, { path: "/v1/*", ...drop }, undefined],
      [{ operation: "addNote", ...drop }, notes, undefined],
      [{ ...drop, count: 1 }, notes, undefined],
      [{ ...drop, probability: 0.5 }, notes, undefined],
      [drop, { event: "*", ...drop }, undefined],
      [{ event: "*", ...drop }, { event: "note.added", duplicate: 1 }, second],
    ]) {
      expect(await remarksOn({ id: "first", ...first }, later ?? drop)).toEqual([undefined, told]);
    }
  });

  it("stay over a restart when they were added, and go with a reset; those of the start come back", async () => {
    const store = new MemoryStore();
    const atStart = { faults: [{ id: "start", status: 500, count: 1 }] };
    const before = await openShop(atStart, store);
    await before.sandbox.faults.add({ id: "added", status: 503 });
    await before.sandbox.faults.remove("start");
    const after = await openShop(atStart, store);
    expect(after.sandbox.faults.list().map(({ id }) => id)).toEqual(["start", "added"]);
    await after.call("POST", "/v1/crash");
    await after.sandbox.control.reset();
    expect(after.sandbox.faults.list()).toMatchObject([{ id: "start", met: 0, spent: false }]);
  });

  it("that one process adds apply in the others at once, and are gone there at once", async () => {
    const store = sharedMemory();
    const [one, two] = [await openShop({}, store()), await openShop({}, store())];
    const status = async (shop: Shop) => (await shop.call("GET", "/v1/notes", { as: "blueline" })).status;
    expect([await status(one), await status(two)]).toEqual([200, 200]);
    await one.sandbox.faults.add({ id: "one", status: 503 });
    expect([await status(two), await status(one)]).toEqual([503, 503]);
    await two.sandbox.faults.add({ id: "two", status: 500 });
    await two.sandbox.faults.remove("one");
    expect([await status(one), await status(two)]).toEqual([500, 500]);
    expect(one.sandbox.faults.list().map(({ id }) => id)).toEqual(["two"]);
    await one.sandbox.faults.clear();
    expect([await status(two), await status(one)]).toEqual([200, 200]);
    // Another rule under the name of one that was known.
    await two.sandbox.faults.add({ id: "two", status: 507 });
    expect([await status(one), await status(two)]).toEqual([507, 507]);
  });

  it("that were added are counted among all processes, those of the start by each for itself", async () => {
    const store = sharedMemory();
    const faults = [{ id: "start", status: 500, count: 2, operation: "listNotes" }];
    const shops = [await openShop({ faults }, store()), await openShop({ faults }, store())];
    await shops[0]?.sandbox.faults.add({ id: "added", status: 503, skip: 1, count: 3, operation: "addNote" });
    const statuses = (method: string): Promise<number[]> =>
      Promise.all(
        Array.from({ length: 12 }, async (_, n) => {
          const json = method === "POST" ? { json: { text: "x" } } : {};
          const answer = await shops[n % 2]?.call(method, "/v1/notes", { as: "blueline", ...json });
          return answer?.status ?? 0;
        }),
      );
    expect((await statuses("POST")).filter((status) => status === 503)).toHaveLength(3);
    expect((await statuses("GET")).filter((status) => status === 500)).toHaveLength(4);
    for (const { sandbox } of shops) {
      await sandbox.settle();
      expect(sandbox.faults.list()).toMatchObject([
        { id: "start", met: 6, applied: 2, spent: true },
        { id: "added", met: 12, applied: 3, spent: true },
      ]);
    }
  });

  it("stay counted over a restart where they were added", async () => {
    const before = await openShop();
    await before.sandbox.faults.add({ id: "once", status: 503, count: 1, operation: "listNotes" });
    expect((await before.call("GET", "/v1/notes", { as: "blueline" })).status).toBe(503);
    const after = await openShop({}, before.store);
    expect(after.sandbox.faults.list()).toMatchObject([{ id: "once", met: 1, spent: true }]);
  });
});

describe("a pattern", () => {
  it.each([
    ["/v1/*", "/v1/notes/7", true],
    ["/v1/*", "/v2/notes", false],
    ["*", "", true],
    ["a.b", "a.b", true],
    ["a.b", "axb", false],
    ["*.b*", "a.bc", true],
    ["a+(b)", "a+(b)", true],
  ])("%s fits %s: %s", (pattern, text, fits) => {
    expect(globOf(pattern).test(text)).toBe(fits);
  });
});
