import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readPreference } from "../../../sandbox/pipeline/preference.ts";
import { type Called, sandboxOf } from "../resources/sandbox-of.ts";

describe("the Prefer header", () => {
  it.each([
    [null, undefined],
    ["respond-async", undefined],
    ["code=404", { code: 404 }],
    ["Code=404; foo=1", { code: 404 }],
    ['example="a, b", code=200', { example: "a, b", code: 200 }],
    ["wait=10, example = red", { example: "red" }],
    ["code=99", undefined],
    // The answer after it would be taken for the final one.
    ["code=100", undefined],
    ["code=103, code=404", { code: 404 }],
    ["code=404, code=500", { code: 404 }],
  ])("%s is read as %j", (header, want) => {
    expect(readPreference(header)).toEqual(want);
  });
});

const spec = `
openapi: 3.1.0
info: { title: Lamps, version: "1" }
paths:
  /lamps:
    post:
      operationId: addLamp
      requestBody: { content: { application/json: { schema: { type: object, required: [name], properties: { name: { type: string } } } } } }
      responses:
        "201":
          description: added
          headers: { X-Shelf: { required: true, schema: { type: integer, minimum: 3 } }, Eco-Request-Id: { schema: { type: string } } }
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Lamp" }
              examples:
                red: { value: { name: red lamp } }
                blue: { value: { name: blue lamp } }
        4XX:
          description: refused
          content: { application/json: { schema: { type: object, required: [why], properties: { why: { type: string, minLength: 6 } } } } }
        "503": { description: closed }
    get:
      operationId: listLamps
      responses:
        "200":
          description: ok
          content:
            application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Lamp" } } }
            text/csv: { examples: { sheet: { value: "name\\nred" } } }
components:
  schemas: { Lamp: { type: object, required: [name], properties: { name: { type: string } } } }
`;

async function lamps() {
  const folder = await mkdtemp(join(tmpdir(), "lamps-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "lamps.yaml"), spec);
  return sandboxOf(join(folder, "lamps.yaml"));
}

describe("a preferred answer", () => {
  const seen = ({ status, headers, text }: Called): unknown => [
    status,
    headers.get("preference-applied"),
    text,
  ];

  it.each([
    ["example=blue", [201, "example=blue", '{"name":"blue lamp"}']],
    ["code=201, example=red", [201, "code=201, example=red", '{"name":"red lamp"}']],
    ["code=418", [418, "code=418", '{"why":"textxx"}']],
    ["code=503", [503, "code=503", ""]],
  ])("%s is the declared one", async (prefer, want) => {
    const { call } = await lamps();
    expect(seen(await call("POST", "/lamps", { name: "x" }, { prefer }))).toEqual(want);
  });

  it("comes in the media type that has the example", async () => {
    const { call } = await lamps();
    const csv = await call("GET", "/lamps", undefined, { prefer: "example=sheet" });
    expect([csv.headers.get("content-type"), csv.text]).toEqual(["text/csv", "name\nred"]);
  });

  it("has the headers that its declaration requires, as every other answer has", async () => {
    const { call } = await lamps();
    const preferred = await call("POST", "/lamps", { name: "x" }, { prefer: "code=201" });
    const usual = await call("POST", "/lamps", { name: "x" });
    expect([preferred, usual].map(({ headers }) => headers.get("x-shelf"))).toEqual(["3", "3"]);
    for (const { headers } of [preferred, usual]) expect(headers.get("eco-request-id")).toMatch(/^req_/);
  });

  it("changes nothing, and is not what a repeated key gets", async () => {
    const { call } = await lamps();
    const key = { "idempotency-key": "one" };
    await call("POST", "/lamps", { name: "x" }, { ...key, prefer: "code=503" });
    expect((await call("GET", "/lamps")).json).toEqual([]);
    const second = await call("POST", "/lamps", { name: "x" }, key);
    expect([second.status, second.headers.get("idempotent-replayed")]).toEqual([201, null]);
  });

  it("is refused with what there is where the operation doesn't declare it", async () => {
    const { call } = await lamps();
    const none = await call("GET", "/lamps", undefined, { prefer: "code=404, example=sheet" });
    expect([none.status, none.text]).toEqual([
      422,
      expect.stringContaining(
        "listLamps declares no answer for the status 404 with an example sheet; it has 200 (examples: sheet).",
      ),
    ]);
  });

  it.each(["constructor", "toString", "__proto__"])(
    "is none for the example %s, which nobody declares",
    async (name) => {
      const { call } = await lamps();
      const none = await call("GET", "/lamps", undefined, { prefer: `example=${name}` });
      expect([none.status, none.text]).toEqual([422, expect.stringContaining(`an example ${name}`)]);
    },
  );

  it("doesn't spare the request its validation", async () => {
    const { call } = await lamps();
    const refused = await call("POST", "/lamps", {}, { prefer: "code=201" });
    expect(seen(refused)).toEqual([422, null, `{"why":"# must have required property 'name'."}`]);
  });
});
