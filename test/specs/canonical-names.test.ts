import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createSandbox } from "../../sandbox/index.ts";
import { canonicalNames, hasField } from "../../specs/engine/canonical-fields.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { messageByType, operationById } from "../../specs/engine/catalog/lookup.ts";
import { validatorsOf } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import { runWorkflow } from "../../specs/engine/journey/index.ts";
import { getThings, loadFiles, openapi } from "./spec-set.ts";

/** Where the values of a body stand: `charges.0.netMinor`. */
function placesIn(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return path === "" ? [] : [path];
  const inner = Object.entries(value).flatMap(([name, one]) =>
    placesIn(one, path === "" ? name : `${path}.${name}`),
  );
  return inner.length === 0 && path !== "" ? [path] : inner;
}

describe("the names that a binding may use", () => {
  it("follow from the schemas of answers and payloads", async () => {
    const tree = {
      type: "object",
      properties: {
        usage: { type: "object", properties: { litres: { type: "number" } } },
        parts: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
      },
    };
    const answer = {
      oneOf: [
        { type: "object", properties: { id: { type: "string", description: "Its id." } } },
        { allOf: [{ $ref: "#/components/schemas/Tree" }] },
      ],
    };
    const paths = getThings(answer, { "x-eco-capability": "things.get" });
    const { catalog } = await loadFiles({ "api.json": openapi(paths, { schemas: { Tree: tree } }) });
    const fields = canonicalNames(catalog).results["things.get"] ?? {};
    expect(fields).toMatchObject({
      id: { type: "string", description: "Its id." },
      usage: { type: "object", open: true },
      parts: { type: "array" },
      "parts.*.parts": { type: "array" },
    });
    const known = ["id", "parts.3.parts.0.usage.anything", `${"parts.0.".repeat(9)}name`];
    const unknown = ["name", "id.name", "parts.0.name"];
    expect([...known, ...unknown].filter((path) => hasField(fields, path))).toEqual(known);
  });

  it("are all that capabilities answer and events carry, in every reference journey", async () => {
    const { catalog } = await loadCatalog(join(import.meta.dirname, "../../specs"), { cacheDir: false });
    const names = canonicalNames(catalog);
    const validators = validatorsOf(catalog);
    const undeclared = new Set<string>();
    const tried = new Set<string>();
    const hold = (name: string, of: (typeof names)["results"], body: unknown): void => {
      tried.add(name);
      for (const place of placesIn(body))
        if (!hasField(of[name] ?? {}, place)) undeclared.add(`${name}: ${place}`);
    };
    for (const { id: workflowId } of catalog.workflows) {
      const sandbox = await createSandbox({ catalog });
      const fetch = (request: Request): Promise<Response> => sandbox.fetch(request);
      const run = await runWorkflow({
        catalog,
        workflowId,
        fetch,
        baseUrls: "http://sandbox.test",
        validators,
      });
      for (const { operationId, response } of run.steps) {
        const { capability } = operationById(catalog, operationId ?? "") ?? {};
        if (capability === undefined || response === undefined || response.status >= 300) continue;
        // What is bound elsewhere has other names in the answer.
        if (Object.keys(capability.response).length === 0)
          hold(capability.name, names.results, response.body);
      }
      for (const { type, data } of await sandbox.store.reader(sandbox.tenant).events({ limit: 500 })) {
        const event = messageByType(catalog, type)?.event;
        if (event !== undefined) hold(event, names.events, data);
      }
      await sandbox.close();
    }
    expect([...undeclared]).toEqual([]);
    expect(tried.size).toBeGreaterThan(30);
  });
});
