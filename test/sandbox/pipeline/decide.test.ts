import { describe, expect, it } from "vitest";
import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import type { ApplyOutcome, Changeset } from "../../../sandbox/store/store.ts";
import { EcoError } from "../../../specs/engine/errors/index.ts";
import { note, openShop } from "./shop.ts";

describe("the pipeline: decisions", () => {
  it("decides again when what it read has changed: no count is lost", async () => {
    const shop = await openShop();
    await shop.call("GET", "/v1/notes", { as: "blueline" });
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => shop.call("POST", "/v1/counter", { as: "blueline" })),
    );
    const counts = answers.map(({ json }) => Number(json["count"])).sort((a, b) => a - b);
    expect(counts).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
  });

  it("withholds an answer that breaks its own schema, applies nothing and reports the fault", async () => {
    const shop = await openShop();
    const { status, json } = await shop.call("POST", "/v1/broken");
    expect([status, json["code"]]).toEqual([500, "ECO_ANSWER_INVALID"]);
    expect(await shop.store.reader("main").list({ collection: "notes", limit: 9 })).toHaveLength(1);
    expect(String(shop.faults[0]?.error)).toContain("missing");
    expect(shop.faults[0]?.where).toBe("breakAnswer");
  });

  it("withholds everything when an event breaks its message's schema", async () => {
    const shop = await openShop();
    expect((await shop.call("POST", "/v1/notes", note("bad event"))).status).toBe(500);
    expect(String(shop.faults[0]?.error)).toContain("shop.note.added.v1");
    expect(await shop.store.reader("main").events({ limit: 9 })).toEqual([]);
  });

  it("says that it is unavailable while the store refuses, and goes on afterwards", async () => {
    class Refusing extends MemoryStore {
      refusing = false;
      override async apply(changeset: Changeset): Promise<ApplyOutcome> {
        if (this.refusing)
          throw new EcoError("ECO_DATABASE_UNUSABLE", "/somewhere/sandbox.db can't be used.");
        return super.apply(changeset);
      }
    }
    const store = new Refusing();
    const shop = await openShop({}, store);
    store.refusing = true;
    const { status, json, headers, text } = await shop.call("POST", "/v1/notes", note("x"));
    expect([status, json["code"], headers.get("retry-after")]).toEqual([503, "ECO_UNAVAILABLE", "1"]);
    expect(text).not.toContain("/somewhere");
    store.refusing = false;
    expect((await shop.call("POST", "/v1/notes", note("x"))).status).toBe(201);
  });

  it("tells nothing of a crash but its request id", async () => {
    const shop = await openShop();
    const { status, text, headers } = await shop.call("POST", "/v1/crash");
    expect(status).toBe(500);
    expect(text).not.toContain("secret");
    expect(shop.faults[0]).toMatchObject({ requestId: headers.get("eco-request-id"), where: "crash" });
  });

  it("notes each exchange, without any content", async () => {
    const exchanges: unknown[] = [];
    const shop = await openShop({ onExchange: (exchange) => exchanges.push(exchange) });
    const { headers } = await shop.call("POST", "/v1/notes", note("refuse me"));
    expect(exchanges.at(-1)).toEqual({
      requestId: headers.get("eco-request-id"),
      method: "POST",
      path: "/v1/notes",
      operationId: "addNote",
      party: "blueline",
      status: 409,
      code: "ECO_STATE_TRANSITION",
      durationMs: expect.any(Number),
    });
  });
});
