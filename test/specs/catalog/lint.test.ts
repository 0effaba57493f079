import { execFileSync } from "node:child_process";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lintSpecs } from "../../../specs/engine/catalog/lint/lint.ts";
import { codes, getThings, openapi, writeSpecs } from "../spec-set.ts";

const text = { type: "string" };
const meanings = {
  capabilities: {
    "things.list": {
      input: { customer: { required: true }, usage: { required: false } },
      events: ["thing.listed"],
    },
  },
  names: {
    results: {
      "things.list": {
        items: { type: "array" },
        "items.*": { type: "object" },
        "items.*.status": text,
        usage: { type: "object", open: true },
      },
    },
    events: { "thing.listed": { thingId: text } },
  },
};

const operation = (more: object): object =>
  getThings({ type: "array" }, { "x-eco-capability": "things.list", ...more });

/** With what the answer takes of the result; any answer will do. */
const answering = (response: object): object =>
  getThings(
    { type: "object", additionalProperties: true },
    {
      "x-eco-capability": "things.list",
      "x-eco-bind": { request: { customer: { const: "a" } }, response },
    },
  );

describe("lint", () => {
  it("reads nothing that the loader has refused to read", async () => {
    const root = await writeSpecs({
      // Misspelt keys of it would be findings.
      "outside.yaml": "typo: string",
      "specs/api.json": openapi({
        ...getThings({ $ref: "./link.yaml" }),
        "/pipe": { get: { responses: { 200: { $ref: "./pipe.yaml" } } } },
      }),
    });
    await symlink(join(root, "outside.yaml"), join(root, "specs/link.yaml"));
    // Whoever opens it waits for ever.
    execFileSync("mkfifo", [join(root, "specs/pipe.yaml")]);
    const { findings } = await lintSpecs(join(root, "specs"), { cacheDir: false });
    expect(codes(findings).toSorted()).toEqual(["error spec.ref.missing", "error spec.ref.refused"]);
  });

  it("names the file in which a path item was written, and what a reference may have meant", async () => {
    const root = await writeSpecs({
      "api/root.yaml": [
        "openapi: 3.1.0",
        "info: { title: Things, version: 1.0.0 }",
        "paths:",
        "  /things: { $ref: routes/things.yaml#/all }",
      ].join("\n"),
      "api/routes/things.yaml": [
        "all:",
        "  get:",
        "    operationId: getThings",
        "    x-eco-capability: things.lits",
        "    parameters: [{ $ref: ../parts.yaml#/Lmit }]",
        "    responses: { '200': { description: All of them. } }",
      ].join("\n"),
      "api/parts.yaml": "Limit: { name: limit, in: query, schema: { type: integer } }",
    });
    const { findings } = await lintSpecs(root, { cacheDir: false, meanings });
    expect(findings.map(({ document, line, code, fix }) => `${document}:${line} ${code} ${fix}`)).toEqual([
      expect.stringMatching(/^api\/routes\/things.yaml:4 spec.capability.unknown Did you mean things.list\?/),
      "api/routes/things.yaml:5 spec.ref.missing Did you mean Limit?",
    ]);
  });

  it("says where each finding stands in the source, sorted by place", async () => {
    const root = await writeSpecs({
      "api.yaml": [
        "openapi: 3.1.0",
        "info: {title: x, version: '1'}",
        "paths:",
        "  /a:",
        "    get:",
        "      parameters:",
        "        - {name: q, in: query, schema: {type: any}}",
        "      responses:",
        "        200:",
        "          description: ok",
        "          content:",
        "            application/json:",
        "              schema: {type: integer}",
        "              examples:",
        "                wrong: {value: text}",
        "",
      ].join("\n"),
    });
    const { findings } = await lintSpecs(root, { cacheDir: false });
    expect(findings.map(({ line, column, code, severity }) => [line, column, severity, code])).toEqual([
      [7, 41, "warning", "spec.schema.keyword"],
      [15, 17, "warning", "spec.example.invalid"],
    ]);
    expect(findings[1]?.message).toBe("The example breaks its schema: the value must be integer.");
  });

  it.each([
    [
      "a capability that doesn't exist",
      operation({ "x-eco-capability": "things.count" }),
      ["error spec.capability.unknown"],
    ],
    [
      "an input that the capability doesn't have",
      operation({ "x-eco-bind": { request: { owner: { const: 1 }, customer: { const: "a" } } } }),
      ["error spec.bind.field"],
    ],
    ["a required input without a place", operation({}), ["error spec.bind.missing"]],
    [
      "a required input that is a parameter",
      operation({ parameters: [{ name: "customer", in: "query", schema: {} }] }),
      [],
    ],
    [
      "a required input that is bound",
      operation({ "x-eco-bind": { request: { customer: { const: "a" }, "usage.miles": { const: 1 } } } }),
      [],
    ],
    [
      "a field that the result doesn't have",
      answering({ "/states/*": "items.*.state" }),
      ["error spec.bind.field"],
    ],
    [
      "fields that the result has, items by number and what is below an open field among them",
      answering({ "/a/*": "items.*.status", "/b": "items.0.status", "/c": "items", "/d": "usage.miles" }),
      [],
    ],
  ])("reports %s", async (_, paths, want) => {
    const root = await writeSpecs({ "api.json": openapi(paths) });
    const { findings } = await lintSpecs(root, { cacheDir: false, meanings });
    expect(codes(findings)).toEqual(want);
    // Without the list of capabilities there is nothing to say.
    expect((await lintSpecs(root, { cacheDir: false })).findings).toEqual([]);
  });

  it("reports a message that no capability causes, and a field that its event doesn't carry", async () => {
    const webhook = (name: string, event: string, bind?: object): object => ({
      [name]: {
        post: {
          "x-eco-event": event,
          ...(bind === undefined ? {} : { "x-eco-bind": bind }),
          requestBody: { content: { "application/json": { schema: {} } } },
          responses: {},
        },
      },
    });
    const root = await writeSpecs({
      "api.json": openapi(
        {},
        {},
        {
          webhooks: {
            ...webhook("n", "thing.lost"),
            ...webhook("o", "thing.listed", { "/a": "thingID", "/b": "thingId", "/c": "time" }),
          },
        },
      ),
    });
    const { findings } = await lintSpecs(root, { cacheDir: false, meanings });
    expect(findings).toMatchObject([
      {
        code: "spec.event.unknown",
        fix: "Did you mean thing.listed?",
        pointer: "/webhooks/n/post/x-eco-event",
      },
      {
        code: "spec.bind.field",
        fix: "Did you mean thingId?",
        pointer: "/webhooks/o/post/x-eco-bind/~1a",
      },
    ]);
  });

  it("names parties, roles, scopes and a time zone that lead nowhere, and what was meant", async () => {
    const id = { ecoVersion: "1", id: "a", version: "1.0.0", title: "A" };
    const scheme = { type: "oauth2", flows: { clientCredentials: { tokenUrl: "/t", scopes: {} } } };
    const root = await writeSpecs({
      "api.json": {
        ...openapi({
          "/things": {
            get: {
              operationId: "listThings",
              "x-eco-roles": ["custommer"],
              security: [{ o: ["things:raed"] }],
              responses: { "200": { description: "Things." } },
            },
            // What partners serve is called by nobody here, and nothing near it is held.
            post: {
              operationId: "offer",
              security: [{ o: ["fulfilment"] }],
              responses: { "200": { description: "Taken." } },
            },
          },
        }),
        components: { securitySchemes: { o: scheme } },
      },
      "ecosystem.json": {
        ...id,
        kind: "ecosystem",
        orchestrator: "shopp",
        timeZone: "Mars",
        roles: [
          {
            id: "customer",
            title: "C",
            description: "C.",
            decisionRights: ["Pays."],
            scopes: ["things:read"],
          },
        ],
        parties: [{ id: "shop", name: "Shop", role: "custommer" }],
        testData: { seed: "s", personas: [{ party: "shap", clientId: "c", clientSecret: "s" }] },
      },
      "agreement.json": {
        ...id,
        kind: "agreement",
        status: "in-force",
        engagedParty: [{ role: "custommer" }, { role: "customer", id: "shopp" }],
        validFor: { start: "2025-01-01" },
        terms: { dataRights: { title: "D", rules: [] } },
      },
    });
    const { findings } = await lintSpecs(root, { cacheDir: false });
    const named = findings.filter(({ code }) => /^spec\.(party|role|scope|ecosystem\.time-zone)/.test(code));
    expect(
      named.map(({ severity, document, pointer, fix }) => [`${severity} ${document}${pointer}`, fix]),
    ).toEqual([
      ["error agreement.json/engagedParty/0/role", "Did you mean customer?"],
      ["warning agreement.json/engagedParty/1/id", expect.stringContaining("Did you mean shop?")],
      ["warning api.json/paths/~1things/get", expect.stringContaining("Did you mean things:read?")],
      ["error api.json/paths/~1things/get/x-eco-roles/0", "Did you mean customer?"],
      ["error ecosystem.json/orchestrator", "Did you mean shop?"],
      ["error ecosystem.json/timeZone", expect.stringContaining("IANA")],
      ["warning ecosystem.json/roles/0/scopes/0", "Did you mean things:raed?"],
      ["error ecosystem.json/parties/0/role", "Did you mean customer?"],
      ["warning ecosystem.json/testData/personas/0/party", expect.stringContaining("Did you mean shop?")],
    ]);
  });

  it("says which property of a rate card was meant, once, and what can't be read before all else", async () => {
    const card = {
      ...{
        ecoVersion: "1",
        kind: "rate-card",
        id: "r",
        version: "1.0.0",
        title: "R",
        currency: "EUR",
        scale: 2,
      },
      ...{
        rounding: { mode: "half-even", level: "line" },
        timeZone: "UTC",
        validFor: { start: "2025-01-01" },
      },
      tax: { prices: "exclusive", level: "line", codes: { none: { title: "N", rates: [{ percent: "0" }] } } },
    };
    const entry = (price: object): object => ({
      ...card,
      entries: [{ product: "p", title: "P", price, taxCode: "none" }],
    });
    const root = await writeSpecs({
      "a.json": entry({ modell: "unit" }),
      "b.json": { ...entry({ model: "unitt" }), id: "b" },
      "z.yaml": "openapi: 3.1.0\n wrong: x",
    });
    const { findings } = await lintSpecs(root, { cacheDir: false });
    expect(findings[0]).toMatchObject({ document: "z.yaml", code: "spec.document.syntax" });
    const own = findings.filter(({ code }) => code === "spec.rate-card.schema");
    const prices = own.filter(({ pointer }) => pointer.startsWith("/entries/0/price"));
    expect(prices.map(({ document, fix }) => `${document} ${fix}`)).toEqual([
      "a.json See specs/schemas/rate-card.schema.json, #/required.",
      "a.json Did you mean model or mode?",
      "b.json Did you mean unit?",
    ]);
  });

  it("takes in the findings of extra checks and gives them their line", async () => {
    const root = await writeSpecs({ "api.json": openapi({}) });
    const { findings } = await lintSpecs(root, {
      cacheDir: false,
      extraChecks: [
        (catalog) =>
          catalog.documents.map(
            ({ path }) =>
              ({
                document: path,
                pointer: "/info/title",
                severity: "warning",
                code: "mine.title",
                message: "x",
                fix: "y",
              }) as const,
          ),
      ],
    });
    expect(findings).toMatchObject([{ document: "api.json", line: 4, column: 5, code: "mine.title" }]);
  });

  it("has nothing to say about the reference specs", async () => {
    const { findings } = await lintSpecs(join(import.meta.dirname, "../../../specs"), { cacheDir: false });
    expect(findings).toEqual([]);
  });
});
