import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Client, sandboxOf } from "./sandbox-of.ts";

const open = (): Promise<Client> =>
  sandboxOf(fileURLToPath(new URL("kinds-of-things.yaml", import.meta.url)));

describe("things of several kinds", () => {
  it("are listed, filtered and read, each as it was made", async () => {
    const { call } = await open();
    const bank = await call("POST", "/accounts", { kind: "bank", iban: "NL1", currency: "EUR" });
    const card = await call("POST", "/accounts", { kind: "card", digits: "42", currency: "USD" });
    const uid = expect.any(String);
    expect(bank.json).toEqual({ uid, kind: "bank", iban: "NL1", currency: "EUR" });
    expect(card.json).toEqual({ uid, kind: "card", digits: "42", currency: "USD" });
    expect((await call("GET", "/accounts")).json).toMatchObject({ result: [bank.json, card.json] });
    expect((await call("GET", "/accounts?currency=USD")).json).toMatchObject({ result: [card.json] });
    const { uid: known } = card.json as { uid: string };
    expect((await call("GET", `/accounts/${known}`)).json).toEqual(card.json);
  });
});

describe("things whose creation is answered with something else", () => {
  it("are read by the id that they were sent with, without what the answer said of itself", async () => {
    const { call } = await open();
    const { status, json: task } = await call("POST", "/indexes", { uid: "movies" });
    expect([status, task]).toMatchObject([202, { taskUid: expect.any(Number) }]);
    const one = await call("GET", "/indexes/movies");
    expect(one.json).toEqual({ uid: "movies", documents: expect.any(Number) });
    expect((await call("GET", "/indexes")).json).toEqual([one.json]);
    expect((await call("GET", "/indexes/none")).status).toBe(404);
  });
});

describe("things in an envelope, with ids under longer names than their paths have", () => {
  it("are what the envelope holds, and a part that came as its id alone is that part", async () => {
    const { call } = await open();
    const made = await call("POST", "/orders", { data: { item: "bike", buyer: "b-7" } });
    expect(made.status).toBe(422);
    const right = await call("POST", "/orders", { data: { item: "bike", buyer: { id: "b-7" } } });
    const { data } = right.json as { data: { orderNumber: string } };
    expect(data).toEqual({ orderNumber: expect.any(String), item: "bike", buyer: { id: "b-7" } });
    expect((await call("GET", `/orders/${data.orderNumber}`)).json).toEqual({ data });
  });
});
