import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { ArmedRule } from "../../../sandbox/faults/armed-rule.ts";
import { injectFault } from "../../../sandbox/faults/inject-request.ts";
import { capabilities } from "../../../sandbox/index.ts";
import { Answers } from "../../../sandbox/pipeline/answers.ts";
import { responseOf } from "../../../sandbox/pipeline/reply.ts";
import { specSide } from "../../../sandbox/pipeline/spec-side.ts";
import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";

const root = join(import.meta.dirname, "../../..");

describe("the answer of a fault", () => {
  it.each([
    ["the reference ecosystem", "specs"],
    ["roaming charging", "test/fixtures/ecosystems/roaming-charging"],
    ["quality on demand", "test/fixtures/ecosystems/quality-on-demand"],
    ["Train Travel", "node_modules/@readme/oas-examples/3.1/json/train-travel.json"],
  ])("is valid for every operation of %s that declares its status", async (_, path) => {
    const { catalog } = await loadCatalog(join(root, path), { cacheDir: false });
    const validators = validatorsOf(catalog);
    const store = new MemoryStore();
    onTestFinished(() => store.close());
    const side = specSide({ catalog, validators, capabilities, store }, "eco");
    const answers = new Answers({}, side.resources);
    let declared = 0;
    for (const operation of catalog.operations) {
      for (const status of [400, 401, 403, 404, 409, 422, 429, 500, 502, 503]) {
        const rule = new ArmedRule({ id: "r", status }, "start", { seed: "eco", wallClock: Date.now });
        const response = await injectFault(rule, "", {
          refuse: async (problem) =>
            responseOf(
              await answers.problem(
                { arrival: { headers: new Headers() }, requestId: "req_1", headers: {}, operation },
                problem,
              ),
              "GET",
            ),
          go: () => Promise.reject(new Error("not to be decided")),
          leave: async () => undefined,
          limit: () => undefined,
          wait: async () => undefined,
        });
        expect(response.status).toBe(status);
        const planned = side.table.planOf(operation).response(status);
        if (planned?.mediaType === undefined) continue;
        declared += 1;
        expect({ operation: operation.id, status, type: response.headers.get("content-type") }).toEqual({
          operation: operation.id,
          status,
          type: planned.mediaType,
        });
        expect(planned.check(await response.json())).toEqual([]);
      }
    }
    expect(declared).toBeGreaterThan(5);
  });
});
