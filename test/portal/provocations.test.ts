import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findProvocations } from "../../portal/lib/provoke/find.ts";
import type { Provocation } from "../../portal/lib/provoke/provocation.ts";
import { Stage } from "../../portal/lib/provoke/stage.ts";
import { whyNot } from "../../portal/lib/provoke/why-not.ts";
import { createSite, type Site } from "../../portal/lib/site.ts";
import { capabilities, seedRecords, standingRecords } from "../../sandbox/capabilities/index.ts";
import { openSandbox } from "../../sandbox/pipeline/open-sandbox.ts";
import { MemoryStore } from "../../sandbox/store/memory/memory.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { interpretingValidators } from "../../specs/engine/catalog/schemas/interpreted.ts";
import { errorCodes, errorDefinition } from "../../specs/engine/errors/index.ts";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const specSets = {
  reference: at("../../specs"),
  "kerb-rhine": at("../fixtures/ecosystems/kerb-rhine"),
  "a plain document": at("../../node_modules/@readme/oas-examples/3.1/json/train-travel.json"),
} as const;

async function siteOf(specs: string): Promise<Site> {
  const { catalog } = await loadCatalog(specs);
  return createSite(specs, catalog);
}

/** The codes of the answers to a provocation, played as a page does: by validators that walk the schemas. */
async function codesOf({ catalog }: Site, provocation: Provocation): Promise<(string | undefined)[]> {
  const validators = interpretingValidators(catalog);
  const parts = { catalog, validators, store: new MemoryStore(), capabilities, seedRecords, standingRecords };
  const stage = await Stage.open((settings) => openSandbox(parts, settings), provocation);
  const codes: (string | undefined)[] = [];
  for (const step of provocation.steps) {
    const answer = await stage.play(step);
    if (answer !== undefined) codes.push(answer.code);
  }
  await stage.sandbox.close();
  return codes;
}

/** Of any document that has an operation with a body and one with credentials. */
const EVERYWHERE = [
  "ECO_BODY_NOT_JSON",
  "ECO_BODY_TOO_LARGE",
  "ECO_CONTROL_REFUSED",
  "ECO_FAULT_INJECTED",
  "ECO_METHOD_NOT_ALLOWED",
  "ECO_NOT_ACCEPTABLE",
  "ECO_NOT_FOUND",
  "ECO_ORIGIN_REFUSED",
  "ECO_RATE_LIMITED",
  "ECO_REQUEST_INVALID",
  "ECO_REQUEST_MALFORMED",
  "ECO_UNAUTHENTICATED",
  "ECO_UNSUPPORTED_MEDIA_TYPE",
];

describe("provoking an error", () => {
  it.each(Object.entries(specSets))("gives exactly its code, with the specs of %s", async (name, specs) => {
    const site = await siteOf(specs);
    const found = await findProvocations(site);
    for (const [code, provocation] of found) {
      const codes = await codesOf(site, provocation);
      expect([code, codes.at(-1)]).toEqual([code, code]);
      // It is the last step that leads there: what comes before is in order.
      expect([code, codes.slice(0, -1).filter((one) => one !== undefined)]).toEqual([code, []]);
    }
    expect([...found.keys()]).toEqual(expect.arrayContaining(EVERYWHERE));
    if (name !== "reference") return;
    const without = errorCodes.filter((code) => errorDefinition(code)?.status && !found.has(code));
    expect(without.sort()).toEqual([
      "ECO_ANSWER_INVALID",
      "ECO_ANSWER_LOST",
      "ECO_CURRENCY_MISMATCH",
      "ECO_EXPORT_INVALID",
      "ECO_EXPORT_OTHER_SPECS",
      "ECO_FAULT_INVALID",
      "ECO_FORWARD_UNSUPPORTED",
      // Nobody's own handlers answer in a page.
      "ECO_HANDLER_FAILED",
      "ECO_HOST_REFUSED",
      "ECO_INTERNAL",
      // What is loaded when it is needed comes from where the page itself comes from.
      "ECO_PART_MISSING",
      // No operation of the reference ecosystem takes the version of a thing.
      "ECO_PRECONDITION_FAILED",
      "ECO_SANDBOX_NOT_EMPTY",
      "ECO_SESSION_RECORDING",
      "ECO_SESSION_TOO_LARGE",
      "ECO_SESSION_UNWRITABLE",
      "ECO_TENANT_EXISTS",
      "ECO_TRACE_UNREPEATABLE",
      "ECO_UNAVAILABLE",
      // Every operation declares an answer that there can be.
      "ECO_UNSATISFIABLE",
      // Its schema takes one grant type alone.
      "ECO_UNSUPPORTED_GRANT",
    ]);
    // Without what leads there, it isn't reached.
    const twice = found.get("ECO_DELIVERY_CONFLICT");
    expect(await codesOf(site, { ...twice, code: "", steps: twice?.steps.slice(1) ?? [] })).toEqual([
      undefined,
    ]);
  });

  it("says in one sentence why a page can't", () => {
    for (const code of errorCodes) expect(whyNot(code)).toMatch(/^[A-Z].*\.$/su);
    expect(whyNot("ECO_USAGE")).toContain("command line alone");
  });
});
