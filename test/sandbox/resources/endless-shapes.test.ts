import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { sandboxOf } from "./sandbox-of.ts";

const shown = { prefer: "code=200" };
const to = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

/** Schemas of which each asks for both of the level below: with every level, there are twice as many ways down. */
function doubled(keyword: string, levels: number): object {
  const schemas = Array.from({ length: levels }, (_, level) =>
    ["a", "b"].map((side) => {
      const bottom = { type: "object", required: [side], properties: { [side]: { type: "string" } } };
      return [
        side + level,
        level === 0 ? bottom : { [keyword]: [to(`a${level - 1}`), to(`b${level - 1}`)] },
      ] as const;
    }),
  );
  return { ...Object.fromEntries(schemas.flat()), thing: to(`a${levels - 1}`) };
}

/** Lists of lists of lists, none of which may be short. */
function nested(levels: number): object {
  const schemas = Array.from({ length: levels }, (_, level) => {
    const list = { type: "array", minItems: 20, items: to(`n${level - 1}`) };
    const holder = { type: "object", required: ["list"], properties: { list } };
    return [`n${level}`, level === 0 ? { type: "string" } : holder] as const;
  });
  return { ...Object.fromEntries(schemas), thing: to(`n${levels - 1}`) };
}

it.each<readonly [what: string, schemas: object, isShown: boolean]>([
  ["refers to itself", { thing: to("thing") }, true],
  ["refers to itself by where it is used", { thing: { $dynamicAnchor: "one", $dynamicRef: "#one" } }, true],
  [
    "is one of two that are each other",
    { thing: { anyOf: [to("it")] }, it: { anyOf: [to("thing"), to("it")] } },
    true,
  ],
  ["has alternatives of alternatives", doubled("anyOf", 30), false],
  ["is lists of lists", nested(9), true],
  [
    "is longer than any text can be",
    {
      thing: { type: "object", required: ["text"], properties: { text: { type: "string", minLength: 2e9 } } },
    },
    true,
  ],
])("a schema that %s is answered for", async (_what, schemas, isShown) => {
  const content = { "application/json": { schema: to("thing") } };
  const listed = { "application/json": { schema: { type: "array", items: to("thing") } } };
  const document = {
    openapi: "3.1.0",
    info: { title: "Endless", version: "1" },
    paths: {
      "/things": {
        get: { responses: { "200": { description: "All.", content: listed } } },
        post: { requestBody: { content }, responses: { "201": { description: "Made.", content } } },
      },
    },
    components: { schemas },
  };
  const dir = await mkdtemp(join(tmpdir(), "eco-endless-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  const path = join(dir, "endless.json");
  await writeFile(path, JSON.stringify(document));
  const { call, faults } = await sandboxOf(path);
  expect((await call("POST", "/things", { a: "sent" })).status).toBeLessThan(500);
  expect((await call("GET", "/things")).status).toBe(200);
  if (isShown) expect((await call("GET", "/things", undefined, shown)).status).toBeLessThan(500);
  expect(faults).toEqual([]);
});
