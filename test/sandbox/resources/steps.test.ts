import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";
import { sandboxOf } from "./sandbox-of.ts";

const json = (schema: object) => ({ "application/json": { schema } });
const text = { type: "string" };
const ref = { $ref: "#/components/schemas/Order" };
const enveloped = { type: "object", required: ["order"], properties: { order: ref } };
const id = { name: "id", in: "path", required: true, schema: text };
const answers = (status: number, schema: object = enveloped) => ({
  responses: { [status]: { description: "Fine.", content: json(schema) } },
});
const step = (more: object = {}) => ({
  parameters: [id],
  post: { responses: { ...answers(200).responses, ...more } },
});
const conflict = { 409: { description: "Not any more." } };

const components = {
  schemas: {
    Order: {
      type: "object",
      required: ["id", "title", "pinned"],
      properties: {
        id: { type: "string", readOnly: true },
        title: text,
        note: text,
        to: { type: "array", items: text },
        status: { type: "string", enum: ["open", "paid", "shipped", "cancelled"], default: "open" },
        pinned: { type: "boolean", default: false },
        isActive: { type: "boolean" },
        cancelledAt: { type: "string", format: "date-time" },
      },
    },
    NewOrder: {
      type: "object",
      properties: { title: text, note: text, to: { oneOf: [text, { type: "array", items: text }] } },
    },
  },
};
const sent = { content: json({ $ref: "#/components/schemas/NewOrder" }) };

const paths = {
  "/orders": {
    post: { requestBody: sent, ...answers(201) },
    get: answers(200, { type: "object", properties: { orders: { type: "array", items: ref } } }),
  },
  "/orders/bulk": {
    post: {
      requestBody: {
        content: json({
          type: "object",
          properties: { inputs: { type: "array", items: { $ref: "#/components/schemas/NewOrder" } } },
        }),
      },
      ...answers(200, { type: "object", properties: { results: { type: "array", items: ref } } }),
    },
  },
  "/orders/{id}": {
    parameters: [id],
    get: answers(200),
    put: { requestBody: sent, ...answers(200) },
    post: {
      parameters: [
        { name: "title", in: "query", schema: text },
        { name: "notify", in: "query", schema: text },
      ],
      ...answers(200),
    },
  },
  "/orders/{id}/pay": step(conflict),
  "/orders/{id}/cancel": step(),
  "/orders/{id}/ship": step(conflict),
  "/orders/{id}/deactivate": step(),
  "/orders/{id}/unpin": step(),
  "/orders/{id}/pin": { ...step(), delete: answers(200) },
};

async function orders() {
  const { call } = await sandboxOf(
    join(await writeSpecs({ "api.json": openapi(paths, components) }), "api.json"),
  );
  const { json: made } = await call("POST", "/orders", { title: "bike", note: "red", to: "ann" });
  const { order } = made as { order: { id: string } };
  const path = `/orders/${order.id}`;
  const read = async (): Promise<unknown> => ((await call("GET", path)).json as { order: unknown }).order;
  return { call, order, path, read };
}

describe("a step on a thing", () => {
  it.each([
    ["pay", { status: "paid" }],
    ["cancel", { status: "cancelled", cancelledAt: expect.stringMatching(/^\d{4}-/) }],
    ["pin", { pinned: true }],
    ["unpin", { pinned: false }],
    ["deactivate", { isActive: false }],
  ])("%s changes what its name tells, and nothing else", async (verb, changes) => {
    const { call, order, path, read } = await orders();
    const taken = await call("POST", `${path}/${verb}`);
    expect(taken).toMatchObject({ status: 200, json: { order: { ...order, ...changes } } });
    expect(await read()).toEqual({ ...order, ...changes });
  });

  it("is taken back by DELETE", async () => {
    const { call, path, read } = await orders();
    await call("POST", `${path}/pin`);
    expect((await call("DELETE", `${path}/pin`)).json).toMatchObject({ order: { pinned: false } });
    expect(await read()).toMatchObject({ pinned: false, title: "bike" });
  });

  it("is refused from a state that is final, where the operation declares that it may be", async () => {
    const { call, path, read } = await orders();
    await call("POST", `${path}/cancel`);
    expect((await call("POST", `${path}/ship`)).status).toBe(409);
    expect((await call("POST", `${path}/cancel`)).status).toBe(200);
    expect(await read()).toMatchObject({ status: "cancelled" });
  });

  it("needs the thing", async () => {
    const { call } = await orders();
    expect((await call("POST", "/orders/none/pay")).status).toBe(404);
  });
});

describe("what is sent of a thing", () => {
  it("becomes a list where the thing has one", async () => {
    const { order } = await orders();
    expect(order).toMatchObject({ to: ["ann"] });
  });

  it("may stand in the query where nothing else can say it", async () => {
    const { call, path, read } = await orders();
    expect((await call("POST", `${path}?title=car&notify=me`)).status).toBe(200);
    expect(await read()).toMatchObject({ title: "car", note: "red" });
  });

  it("replaces the thing, but for what it can't be without", async () => {
    const { call, order, path, read } = await orders();
    await call("PUT", path, { note: "blue" });
    expect(await read()).toEqual({
      id: order.id,
      title: "bike",
      note: "blue",
      pinned: false,
      status: "open",
    });
  });

  it("may be many things at once", async () => {
    const { call, order } = await orders();
    const { json: made } = await call("POST", "/orders/bulk", { inputs: [{ title: "a" }, { title: "b" }] });
    const { results } = made as { results: { id: string }[] };
    expect(results).toMatchObject([{ title: "a" }, { title: "b" }]);
    expect((await call("GET", "/orders")).json).toEqual({ orders: [order, ...results] });
    expect((await call("GET", `/orders/${results[1]?.id}`)).json).toEqual({ order: results[1] });
  });
});
