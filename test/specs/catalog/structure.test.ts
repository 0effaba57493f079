import { describe, expect, it } from "vitest";
import { lintSpecs } from "../../../specs/engine/catalog/lint/lint.ts";
import { getThings, openapi, writeSpecs } from "../spec-set.ts";

describe("lint of the structure", () => {
  it("takes schemas of other formats, and a channel without an address, for what AsyncAPI allows", async () => {
    const payload = (schemaFormat: string, schema: unknown) => ({ payload: { schemaFormat, schema } });
    const root = await writeSpecs({
      "events.json": {
        asyncapi: "3.0.0",
        info: { title: "x", version: "1" },
        channels: {
          c: {
            address: null,
            messages: {
              avro: payload("application/vnd.apache.avro;version=1.9.0", { type: "record", fields: [] }),
              proto: payload("application/vnd.google.protobuf;version=3", "message A {}"),
              old: payload("application/vnd.oai.openapi;version=3.0.0", { type: "string", nullable: true }),
              slip: { payload: { type: "object" }, paylod: {} },
            },
          },
        },
      },
    });
    const { findings } = await lintSpecs(root, { cacheDir: false });
    expect(findings.map(({ code, pointer }) => `${code} ${pointer.split("/").at(-1)}`).sort()).toEqual([
      "spec.asyncapi.payload avro",
      "spec.asyncapi.payload proto",
      "spec.structure paylod",
    ]);
  });

  it("finds keys that are misspelt or misplaced, in OpenAPI, AsyncAPI and Arazzo", async () => {
    const paths = getThings({ type: "array" }, { requestbody: {} });
    const root = await writeSpecs({
      "api.json": openapi(paths),
      "events.json": { asyncapi: "3.0.0", info: { title: "x", version: "1" }, chanels: {}, channels: {} },
      "j.json": {
        arazzo: "1.0.1",
        info: { title: "x", version: "1" },
        sourceDescriptions: [{ name: "a", type: "openapi", url: "api.json" }],
        workflows: [
          { workflowId: "w", steps: [{ stepId: "s", operationId: "listThings", sucessCriteria: [] }] },
        ],
      },
    });
    const { findings } = await lintSpecs(root, { cacheDir: false });
    const structure = findings.filter(({ code }) => code === "spec.structure");
    expect(structure.map(({ document, pointer, severity }) => `${severity} ${document}${pointer}`)).toEqual([
      "error api.json/paths/~1things/get/requestbody",
      "error events.json/chanels",
      "error j.json/workflows/0/steps/0/sucessCriteria",
    ]);
    expect(structure[0]).toMatchObject({ line: 23, fix: "Did you mean requestBody?" });
  });

  it("says how to mend what is missing or misplaced, and goes on where the structure can't be checked", async () => {
    const root = await writeSpecs({
      "api.json": openapi({
        "/things": { get: { responses: { "200": { "application/json": {}, type: "string" } } } },
      }),
      "short.json": {
        ...openapi({ "/parts": { get: { responses: { "200": { $ref: "parts.json#/ok" } } } } }),
        openapi: "3.0",
      },
      "parts.json": { ok: { description: "Parts." } },
      "circle.json": openapi({ "/a": { $ref: "#/paths/~1b" }, "/b": { $ref: "#/paths/~1a" } }),
      "number.json": { ...openapi({}), openapi: 3 },
    });
    const { catalog, findings } = await lintSpecs(root, { cacheDir: false });
    const told = (document: string) =>
      findings.filter((finding) => finding.document === document).map(({ code, fix }) => `${code} ${fix}`);
    expect(told("api.json")).toEqual([
      "spec.structure Add `description` to /paths/~1things/get/responses/200.",
      "spec.structure Move `application/json` into `content`.",
      "spec.structure Remove `type`, or call it `x-type` if it is your own.",
    ]);
    expect(told("short.json")).toEqual([
      'spec.structure Write the whole version as a text, such as `openapi: "3.0.4"`.',
    ]);
    expect(catalog.operations.map(({ path }) => path)).toContain("/parts");
    expect(told("circle.json")).toContain(
      "spec.structure Correct the references that lead back to themselves.",
    );
    expect(told("number.json")).toEqual([
      "spec.document.version Write the whole version, in quotes: a number loses its zeros.",
    ]);
  });

  it("takes what AsyncAPI 3 has: discriminators that are a name, schemas that are a boolean, titles of servers", async () => {
    const root = await writeSpecs({
      "events.json": {
        asyncapi: "3.0.0",
        info: { title: "Events", version: "1" },
        servers: { main: { host: "x.example", protocol: "kafka", title: "Main", summary: "One." } },
        channels: {
          things: { address: "things", messages: { thing: { $ref: "#/components/messages/thing" } } },
        },
        components: {
          messages: { thing: { payload: { $ref: "#/components/schemas/Thing" } } },
          schemas: {
            Thing: {
              type: "object",
              discriminator: "kind",
              required: ["kind"],
              properties: { kind: { type: "string" }, more: true },
              allOf: [true],
            },
          },
        },
      },
    });
    const { findings } = await lintSpecs(root, { cacheDir: false });
    expect(findings).toEqual([]);
  });

  it("reads a file once, however many references lead to it", async () => {
    const count = 200;
    const parts = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `P${index}`,
        { type: "object", description: "x".repeat(9_000) },
      ]),
    );
    const answers = (index: number) => ({
      "200": {
        description: "One.",
        content: { "application/json": { schema: { $ref: `parts.json#/P${index}` } } },
      },
    });
    const paths = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`/p${index}`, { get: { responses: answers(index) } }]),
    );
    const root = await writeSpecs({ "api.json": openapi(paths), "parts.json": parts });
    const before = process.memoryUsage().rss;
    const { findings } = await lintSpecs(root, { cacheDir: false });
    expect(findings).toEqual([]);
    // Read anew for each reference, the parts alone would be 200 times their 1.8 MB, and take more than twice that.
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
  });
});
