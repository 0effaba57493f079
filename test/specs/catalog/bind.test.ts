import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  readRequest,
  readResponse,
  writeRequest,
  writeResponse,
} from "../../../specs/engine/catalog/exchange/bind.ts";
import { placeOfField } from "../../../specs/engine/catalog/exchange/place-of-field.ts";
import type { CapabilityBinding, Locator, Operation } from "../../../specs/engine/catalog/types.ts";

function operation(binding: Partial<CapabilityBinding>, more: Partial<Operation> = {}): Operation {
  return {
    id: "postCdr",
    document: "api.json",
    method: "POST",
    path: "/v2/cdrs/{country}",
    template: "/cdrs/{country}",
    tags: [],
    summary: "",
    description: "",
    deprecated: false,
    parameters: [
      { name: "country", in: "path", required: true, examples: {} },
      { name: "dryRun", in: "query", required: false, examples: {} },
    ],
    requestBody: { required: true, content: { "application/json": { examples: {} } } },
    responses: [],
    security: [],
    capability: { name: "deliveries.submit", request: {}, response: {}, ...binding },
    pointer: "/paths/~1cdrs~1{country}/post",
    ...more,
  };
}

describe("a request in canonical names", () => {
  const parts = {
    path: { country: "FI" },
    query: { dryRun: true },
    headers: { "X-Party": "acme" },
    body: { service: "charging", cdr: { kwh: 12.5, minutes: 30 }, started: "2025-03-01T10:00:00Z" },
  };
  it.each([
    [
      {},
      {
        dryRun: true,
        country: "FI",
        service: "charging",
        cdr: { kwh: 12.5, minutes: 30 },
        started: "2025-03-01T10:00:00Z",
      },
    ],
    [
      {
        product: "$request.body#/service",
        "usage.kwh": "$request.body#/cdr/kwh",
        "usage.minutes": "$request.body#/cdr/minutes",
        startedAt: "$request.body#/started",
        provider: "$request.header.x-party",
        "parties.broker": { const: "hub" },
        zone: "$request.path.country",
      },
      {
        dryRun: true,
        country: "FI",
        product: "charging",
        usage: { kwh: 12.5, minutes: 30 },
        startedAt: "2025-03-01T10:00:00Z",
        provider: "acme",
        parties: { broker: "hub" },
        zone: "FI",
      },
    ],
    [
      { missing: "$request.body#/nowhere", "deep.er": "$request.query.nothing" },
      { dryRun: true, country: "FI", ...parts.body },
    ],
    [{ whole: "$request.body" }, { dryRun: true, country: "FI", ...parts.body, whole: parts.body }],
    // A bound field doesn't fall back to a field of its own name, which means something else here.
    [
      { service: "$request.body#/nowhere" },
      { dryRun: true, country: "FI", cdr: parts.body.cdr, started: parts.body.started },
    ],
    // Two that change places, and one that hides a parameter.
    [
      {
        started: "$request.body#/service",
        service: "$request.body#/started",
        dryRun: "$request.path.country",
      },
      {
        country: "FI",
        cdr: parts.body.cdr,
        started: "charging",
        service: "2025-03-01T10:00:00Z",
        dryRun: "FI",
      },
    ],
  ])("is read by %j", (request, want) => {
    const before = structuredClone(parts);
    expect(readRequest(operation({ request }), parts)).toEqual(want);
    expect(parts).toEqual(before);
  });

  it("can be read from a body that is no object", () => {
    expect(readRequest(operation({}), { path: {}, query: {}, headers: {}, body: [1] })).toEqual({});
    expect(
      readRequest(operation({ request: { rows: "$request.body" } }), {
        path: {},
        query: {},
        headers: {},
        body: [1],
      }),
    ).toEqual({ rows: [1] });
  });

  it.each<[string, Record<string, Locator>, string]>([
    ["a field", { "__proto__.polluted": { const: true } }, "{}"],
    ["a field that is bound whole", { ["__proto__"]: "$request.body#/polluted" }, '{"polluted":1}'],
    ["the body", {}, '{"__proto__":{"polluted":true}}'],
  ])("takes no prototype from the name of %s", (_, request, body) => {
    const parts = { path: {}, query: {}, headers: {}, body: JSON.parse(body) as unknown };
    const input = readRequest(operation({ request }), parts);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(Object.hasOwn(input, "__proto__")).toBe(true);
    expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
  });
});

describe("a request written from canonical names", () => {
  it("goes where the binding says", () => {
    const request = {
      product: "$request.body#/service",
      "usage.kwh": "$request.body#/cdr/kwh",
      provider: "$request.header.X-Party",
      kind: { const: "cdr" },
    };
    const input = {
      product: "charging",
      usage: { kwh: 3, minutes: 4 },
      provider: "acme",
      country: "FI",
      dryRun: true,
      note: "x",
    };
    expect(writeRequest(operation({ request }), input)).toEqual({
      method: "POST",
      path: "/v2/cdrs/FI",
      search: "?dryRun=true",
      query: { dryRun: true },
      headers: { "X-Party": "acme" },
      body: { usage: { minutes: 4 }, note: "x", service: "charging", cdr: { kwh: 3 } },
    });
  });

  it("encodes what stands in the path", () => {
    expect(writeRequest(operation({}), { country: "a/b c" }).path).toBe("/v2/cdrs/a%2Fb%20c");
  });

  it.each([".", ".."])("goes to no other operation by what stands in the path: %s", (country) => {
    expect(() => writeRequest(operation({}), { country })).toThrowError(
      expect.objectContaining({
        code: "ECO_INPUT_INVALID",
        message: expect.stringContaining("another path"),
      }),
    );
    expect(writeRequest(operation({}), { country: `${country}a` }).path).toBe(`/v2/cdrs/${country}a`);
  });

  it("writes parameters in the styles that the operation declares", () => {
    const styled = operation({});
    const { path, search } = writeRequest(
      {
        ...styled,
        parameters: [
          { name: "country", in: "path", required: true, style: "label", examples: {} },
          {
            name: "status",
            in: "query",
            required: false,
            style: "pipeDelimited",
            explode: false,
            examples: {},
          },
        ],
      },
      { country: "FI", status: ["open", "settled"] },
    );
    expect([path, search]).toEqual(["/v2/cdrs/.FI", "?status=open%7Csettled"]);
  });

  it("says which path parameter is missing, and which field has no place", () => {
    expect(() => writeRequest(operation({}), { note: 1 })).toThrowError(
      expect.objectContaining({ code: "ECO_INPUT_MISSING" }),
    );
    const { requestBody: _, ...bodiless } = operation({});
    expect(() => writeRequest(bodiless, { country: "FI", note: 1 })).toThrowError(
      expect.objectContaining({ code: "ECO_INPUT_INVALID" }),
    );
    expect(writeRequest(bodiless, { country: "FI" })).not.toHaveProperty("body");
  });

  it("is read back as it was, whatever the fields hold", () => {
    const request = {
      product: "$request.body#/service",
      "usage.kwh": "$request.body#/cdr/kwh",
      startedAt: "$request.body#/times/0",
    };
    const bound = operation({ request });
    const text = fc.string({ minLength: 1 });
    const input = fc.record({
      product: text,
      usage: fc.record({ kwh: fc.double({ noNaN: true }), minutes: fc.integer() }),
      startedAt: text,
      country: text.filter((name) => !/^\.\.?$/.test(name)),
      customer: fc.jsonValue(),
    });
    fc.assert(
      fc.property(input, (value) => {
        const { query, headers, body } = writeRequest(bound, value);
        expect(readRequest(bound, { path: { country: value.country }, query, headers, body })).toEqual(value);
      }),
    );
  });
});

describe("an answer", () => {
  const result = {
    id: "d1",
    payableMinor: 120,
    items: [
      { id: "a", n: 1 },
      { id: "b", n: 2 },
    ],
  };
  it.each([
    [{}, result],
    [
      { "/cdr/id": "id", "/total": "payableMinor" },
      { cdr: { id: "d1" }, total: 120 },
    ],
    [
      { "": ".", "/cdrId": "id" },
      { ...result, cdrId: "d1" },
    ],
    [
      { "/data/*/cdr_id": "items.*.id", "/data/*/seq": "items.*.n" },
      {
        data: [
          { cdr_id: "a", seq: 1 },
          { cdr_id: "b", seq: 2 },
        ],
      },
    ],
    [{ "/gone": "nothing.here" }, {}],
  ])("is shaped by %j", (response, want) => {
    expect(writeResponse(operation({ response }), result)).toEqual(want);
  });

  it("is read back in canonical names", () => {
    const response = {
      "/cdr/id": "id",
      "/total": "payableMinor",
      "/data/*/cdr_id": "items.*.id",
      "/data/*/seq": "items.*.n",
    };
    const bound = operation({ response });
    expect(readResponse(bound, writeResponse(bound, result))).toEqual(result);
    expect(readResponse(operation({}), result)).toBe(result);
  });
});

describe("lists whose items go by other names", () => {
  const operation = {
    id: "enrol",
    method: "POST",
    path: "/members",
    parameters: [],
    requestBody: { required: true, content: {} },
    capability: {
      name: "parties.register",
      request: {
        "contacts.*.name": "$request.body#/people/*/full_name",
        "contacts.*.email": "$request.body#/people/*/mail",
        "parts.*.usage.kwh": "$request.body#/plugs/*/metering/kwh",
      },
      response: { "/rows/*/id": "items.*.id", "/rows/*/cells/*/n": "items.*.parts.*.n" },
    },
  } as unknown as Operation;
  const input = {
    contacts: [{ name: "Aino", email: "a@x.example" }, { name: "Eero" }],
    parts: [{ usage: { kwh: 4 } }],
  };
  const body = {
    people: [{ full_name: "Aino", mail: "a@x.example" }, { full_name: "Eero" }],
    plugs: [{ metering: { kwh: 4 } }],
  };

  it("are read from a request, which stays as it was, and written to one", () => {
    const before = structuredClone(body);
    expect(readRequest(operation, { path: {}, query: {}, headers: {}, body })).toEqual(input);
    expect(body).toEqual(before);
    expect(writeRequest(operation, input).body).toEqual(body);
  });

  it.each([
    [{ items: [] }, { rows: [] }],
    [{ items: [{ id: "a", parts: [] }] }, { rows: [{ id: "a", cells: [] }] }],
    [
      { items: [{ id: "a", parts: [{ n: 1 }, { n: 2 }] }, { id: "b" }] },
      { rows: [{ id: "a", cells: [{ n: 1 }, { n: 2 }] }, { id: "b" }] },
    ],
    [{}, {}],
  ])("are lists in an answer whether they have items or not: %j", (result, want) => {
    expect(writeResponse(operation, result)).toEqual(want);
    expect(readResponse(operation, want)).toEqual(result);
  });

  it.each([
    ["#/contacts/1/name", "#/people/1/full_name"],
    ["#/parts/0/usage/kwh", "#/plugs/0/metering/kwh"],
    ["#/role", "#/role"],
    ["$request.header.Prefer", "$request.header.Prefer"],
  ])("are where a refusal points to: %s", (pointer, want) => {
    expect(placeOfField(operation, pointer)).toBe(want);
  });
});

it.each([
  ["#/deliveryId", "$request.path.session"],
  ["#/limit", "$request.query.page_size"],
  ["#/usage/kwh/0", "#/kwh/0"],
  ["#/product", "#/product"],
  ["#/month", "$request.query.month"],
])("a refusal of %s points to what the request calls it", (pointer, want) => {
  const operation = {
    parameters: [{ name: "month", in: "query" }],
    capability: {
      request: {
        deliveryId: "$request.path.session",
        limit: "$request.query.page_size",
        usage: "$request.body#/measures",
        "usage.kwh": "$request.body#/kwh",
        product: { const: "charging" },
      },
    },
  } as unknown as Operation;
  expect(placeOfField(operation, pointer)).toBe(want);
});
