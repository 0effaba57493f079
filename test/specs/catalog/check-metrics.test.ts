import { describe, expect, it } from "vitest";
import { lintSpecs } from "../../../specs/engine/catalog/lint/lint.ts";
import { MEASURES } from "../../../specs/engine/catalog/measures.ts";
import { SIGNALS } from "../../../specs/engine/catalog/signals.ts";
import metricsSchema from "../../../specs/schemas/metrics.schema.json" with { type: "json" };
import { getThings, openapi, writeSpecs } from "../spec-set.ts";

const metric = (over: object = {}): object => ({
  id: "on-time",
  layer: "outcome",
  title: "On time",
  description: "How much came in time.",
  unit: "ratio",
  direction: "higher-is-better",
  measure: { kind: "service-levels-kept" },
  ...over,
});

async function findingsOf(metrics: readonly object[], more: object = {}, others: object = {}) {
  const document = { ecoVersion: "1", kind: "metrics", id: "card", version: "1.0.0", title: "Card" };
  const root = await writeSpecs({
    "api.json": openapi(getThings({ type: "array" })),
    "metrics.json": JSON.stringify({ ...document, metrics, ...more }),
    ...others,
  });
  const { findings } = await lintSpecs(root, { cacheDir: false });
  return findings
    .filter(({ code }) => code.startsWith("spec.metrics"))
    .map(({ document, code, pointer, message, fix }) => ({ document, code, pointer, message, fix }));
}

describe("the lint of a metric catalogue", () => {
  it("has nothing to say of one that is sound", async () => {
    const tiers = [{ id: "gold", title: "Gold", rules: [{ metric: "on-time", atLeast: 0.9 }], benefits: [] }];
    expect(await findingsOf([metric()], { tiers })).toEqual([]);
  });

  it("names a brief that would compare nothing", async () => {
    expect(await findingsOf([metric()], { brief: { weeks: 6, minimumWeeks: 4 } })).toEqual([]);
    expect(await findingsOf([metric()], { brief: { minimumWeeks: 9 } })).toMatchObject([
      { code: "spec.metrics.brief", pointer: "/brief/minimumWeeks", fix: "Give at most 8, or more `weeks`." },
    ]);
  });

  it("knows from the schema the signals of a brief that there are", () => {
    expect(metricsSchema.$defs.brief.properties.signals.items.enum).toEqual(Object.keys(SIGNALS));
  });

  it.each<[string, object[], string, string, RegExp]>([
    [
      "a product that no rate card has",
      [metric({ measure: { kind: "deliveries-credited", products: ["ferry"] } })],
      "spec.metrics.name",
      "/metrics/0/measure/products/0",
      /the product ferry/,
    ],
    [
      "a service level that no agreement has",
      [metric({ measure: { kind: "service-levels-kept", serviceLevels: ["quick"] } })],
      "spec.metrics.name",
      "/metrics/0/measure/serviceLevels/0",
      /the service level quick/,
    ],
    [
      "checks that there are none of",
      [metric({ measure: { kind: "checks-passed", checks: ["provider.*"] } })],
      "spec.metrics.name",
      "/metrics/0/measure/checks/0",
      /the check provider\.\*/,
    ],
    [
      "a unit that the measure isn't given in",
      [metric({ unit: "hours" })],
      "spec.metrics.unit",
      "/metrics/0/unit",
      /isn't given in hours/,
    ],
    [
      "two of one id",
      [metric(), metric()],
      "spec.metrics.duplicate-id",
      "/metrics/1/id",
      /two metrics on-time/,
    ],
    [
      "a sample that computes to something else",
      [metric({ sample: { part: 2, of: 3, value: 0.67 } })],
      "spec.metrics.sample",
      "/metrics/0/sample/value",
      /2 \/ 3 isn't 0\.67/,
    ],
    [
      "a measure that there is none of",
      [metric({ measure: { kind: "happiness" } })],
      "spec.metrics.schema",
      "/metrics/0/measure/kind",
      /allowed values/,
    ],
    [
      "a parameter that the measure doesn't take",
      [metric({ measure: { kind: "time-to-decide", products: ["ferry"] }, unit: "days" })],
      "spec.metrics.schema",
      "/metrics/0/measure",
      /no property products/,
    ],
  ])("names %s, with its place and the fix", async (_, metrics, code, pointer, message) => {
    const findings = await findingsOf(metrics);
    expect(findings).toContainEqual({
      document: "metrics.json",
      code,
      pointer,
      message: expect.stringMatching(message),
      fix: expect.stringMatching(/\S/),
    });
  });

  it("names metrics that a tier, an outcome or a level leans on in vain, and an outcome with a target of its own", async () => {
    const ecosystem = {
      ...{ ecoVersion: "1", kind: "ecosystem", id: "port", version: "1.0.0", title: "Port" },
      ...{ orchestrator: "port", timeZone: "UTC", currency: "EUR" },
      roles: [{ id: "orchestrator", title: "Port", description: "Runs it.", decisionRights: [], scopes: [] }],
      parties: [{ id: "port", name: "Port", role: "orchestrator", standIn: true }],
      outcomes: [
        { id: "quick", title: "Quick", description: "Quick.", metric: "on-tme", target: 0.9 },
        { id: "timely", title: "Timely", description: "Timely.", metric: "on-time", target: 0.9 },
      ],
    };
    const tiers = [{ id: "gold", title: "Gold", rules: [{ metric: "late", atMost: 1 }], benefits: [] }];
    const findings = await findingsOf(
      [metric({ target: 0.95 })],
      { tiers },
      { "ecosystem.json": JSON.stringify(ecosystem) },
    );
    expect(findings.map(({ code, pointer, fix }) => [code, pointer, fix])).toEqual([
      ["spec.metrics.unknown", "/outcomes/0/metric", "Did you mean on-time?"],
      [
        "spec.metrics.target",
        "/outcomes/1/target",
        "Give both the same target: the scorecard shows the metric's.",
      ],
      ["spec.metrics.unknown", "/tiers/0/rules/0/metric", "Use one of on-time."],
    ]);
  });

  it("knows from the schema the measures that there are, and what each takes", () => {
    const { measure } = metricsSchema.$defs;
    expect(measure.properties.kind.enum).toEqual(Object.keys(MEASURES));
    const taken = measure.allOf.map((rule) => {
      const { kind: _kind, ...parameters } = rule.then.properties;
      return [rule.if.properties.kind.const, Object.keys(parameters)];
    });
    expect(taken).toEqual(Object.entries(MEASURES).map(([kind, { parameters }]) => [kind, parameters]));
  });

  it.each(Object.entries(MEASURES))(
    "takes the measure %s with every parameter that it declares",
    async (kind, { parameters, result }) => {
      const values: { readonly [name: string]: unknown } = {
        outcomes: ["open"],
        score: 4,
        party: "customer",
      };
      const lists = Object.fromEntries(
        parameters.map((name) => [name, name in values ? values[name] : ["x"]]),
      );
      const unit = { share: "ratio", mean: "points", evenness: "ratio", count: "parties", median: "days" }[
        result
      ];
      const findings = await findingsOf([metric({ unit, measure: { kind, ...lists } })]);
      // The names themselves are those of nothing; the schema has no objection.
      expect(new Set(findings.map(({ code }) => code))).toEqual(
        new Set(parameters.some((name) => !(name in values)) ? ["spec.metrics.name"] : []),
      );
    },
  );
});
