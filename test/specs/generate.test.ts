import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findDrift, generateAll, generateTypes, writeTypes } from "../../specs/engine/generate.ts";
import { getThings, openapi, writeSpecs } from "./spec-set.ts";

const events = {
  asyncapi: "3.0.0",
  info: { title: "Events", version: "1" },
  channels: {
    c: {
      address: "c",
      messages: {
        made: {
          payload: {
            type: "object",
            required: ["type"],
            properties: { type: { const: "thing.made" }, of: { $ref: "#/components/schemas/Thing" } },
          },
        },
      },
    },
  },
  components: { schemas: { Thing: { type: "string" } } },
};

describe("types made from the documents", () => {
  it("come from OpenAPI and AsyncAPI alike", async () => {
    const files = await generateTypes(
      await writeSpecs({
        "openapi/partner-api.json": openapi(getThings({ type: "array", items: { type: "integer" } })),
        "asyncapi/events.json": events,
      }),
    );
    expect([...files.keys()].sort()).toEqual(["events.ts", "partner-api.ts"]);
    expect(files.get("partner-api.ts")).toContain("listThings");
    expect(files.get("events.ts")).toContain('"thing.made": components["schemas"]["made"];');
    expect(files.get("events.ts")).toContain('of?: components["schemas"]["Thing"]');
  });

  it("are in drift when a file differs, is missing, or is left over", async () => {
    const target = await writeSpecs({ "keep.md": "", "left-over.ts": "" });
    const files = new Map([["a.ts", "export type A = 1;\n"]]);
    expect(await findDrift(target, files)).toEqual(["a.ts", "left-over.ts"]);
    await writeTypes(target, files);
    expect(await findDrift(target, files)).toEqual([]);
    expect(await readFile(join(target, "keep.md"), "utf8")).toBe("");
    await writeFile(join(target, "a.ts"), "export type A = 2;\n");
    expect(await findDrift(target, files)).toEqual(["a.ts"]);
  });

  it("refuse specs with errors", async () => {
    const root = await writeSpecs({ "api.json": openapi(getThings({ $ref: "#/nowhere" })) });
    await expect(generateTypes(root)).rejects.toMatchObject({ code: "ECO_SPEC_INVALID" });
  });

  it("are up to date in this repository", async () => {
    const specs = join(import.meta.dirname, "../../specs");
    expect(await findDrift(join(specs, "generated"), await generateAll(specs))).toEqual([]);
  });
});
