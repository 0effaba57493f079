import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ForwardedOffer } from "../../../sandbox/capabilities/webhooks/forward-records.ts";
import type { WorkOrderRecord } from "../../../sandbox/capabilities/work-orders/records.ts";
import { operationFor, requestFor, verdictOf } from "../../../sandbox/forwarding/fulfilment.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { type Validators, validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog, Operation } from "../../../specs/engine/catalog/types.ts";

/** What garages implement for a towing network: other paths, other names, fewer fields, no way to look. */
const towing = {
  openapi: "3.1.0",
  info: { title: "Garage API", version: "1" },
  servers: [{ url: "https://garage.example/v2" }],
  paths: {
    "/tows/{towId}": {
      put: {
        operationId: "requestTow",
        "x-eco-capability": "fulfilment.offer",
        "x-eco-bind": {
          request: { workOrderId: "$request.path.towId", "usage.km": "$request.body#/job/km" },
          response: { "/state": "status", "/why": "reason" },
        },
        parameters: [{ name: "towId", in: "path", required: true, schema: { type: "string" } }],
        requestBody: {
          content: {
            "application/json": {
              schema: {
                type: "object",
                additionalProperties: false,
                properties: { product: { type: "string" }, job: { type: "object" } },
              },
            },
          },
        },
        responses: {
          200: {
            description: "What the garage makes of it.",
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: ["state"],
                  properties: { state: { type: "string" }, why: { type: "string" } },
                },
              },
            },
          },
        },
      },
    },
  },
};

const order = {
  id: "tow 7",
  product: "tow",
  customer: "driver",
  scheduledFor: "2026-03-17T11:30:00Z",
  usage: { km: 12 },
  respondBy: "2026-03-16T08:30:00.000Z",
} as unknown as WorkOrderRecord;

const offer: ForwardedOffer = {
  workOrderId: "tow 7",
  attempt: 1,
  provider: "garage",
  url: "http://127.0.0.1:9000/mine/",
  takenIn: false,
  tries: 0,
  state: "due",
  leasedUntilMs: 0,
};

let directory: string;
let catalog: Catalog;
let validators: Validators;
let operation: Operation;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "eco-towing-"));
  await writeFile(join(directory, "garage.json"), JSON.stringify(towing));
  ({ catalog } = await loadCatalog(directory, { cacheDir: false }));
  validators = validatorsOf(catalog);
  const found = operationFor(catalog, offer);
  if (found === undefined) throw new Error("The offer is bound.");
  operation = found;
});
afterAll(() => rm(directory, { recursive: true }));

describe("the API that partners of another ecosystem implement", () => {
  it("is called by its own paths and names, below the address given, with what it declares alone", () => {
    expect(requestFor(operation, offer, order, catalog)).toEqual({
      method: "PUT",
      url: "http://127.0.0.1:9000/mine/tows/tow%207",
      headers: {
        accept: "application/json, application/problem+json",
        "content-type": "application/json",
      },
      body: JSON.stringify({ product: "tow", job: { km: 12 } }),
    });
  });

  it("is asked by the same operation again where it has none to look", () => {
    expect(operationFor(catalog, { ...offer, takenIn: true })?.id).toBe("requestTow");
  });

  it.each([
    [{ state: "accepted" }, { verdict: "accepted" }],
    [{ state: "in-progress" }, { verdict: "accepted" }],
    [{ state: "offered" }, { verdict: "waiting" }],
    [
      { state: "declined", why: "No truck." },
      { verdict: "declined", reason: "No truck." },
    ],
    [{ state: "cancelled" }, { verdict: "declined" }],
    [{ state: "asleep" }, { verdict: "failed", reason: expect.stringContaining('"asleep"') }],
    [{}, { verdict: "failed", reason: expect.stringContaining("breaks the specification") }],
  ])("answering %o means %o", (body, verdict) => {
    const reply = {
      kind: "answered",
      status: 200,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    } as const;
    expect(verdictOf(operation, reply, "tow 7", validators)).toEqual(verdict);
  });
});
