import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { codes, getThings, loadFiles, openapi, writeSpecs } from "../spec-set.ts";

/** Counts what this process works, not what it waits for others on a busy machine. */
async function timed<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly milliseconds: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, milliseconds: (user + system) / 1000 };
}

describe("documents that are too much", () => {
  const bomb = (): string => {
    const lines = ["openapi: 3.1.0", "a0: &a0 [x,x,x,x,x,x,x,x,x]"];
    for (let level = 1; level < 12; level += 1) {
      lines.push(
        `a${level}: &a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(",")}]`,
      );
    }
    return lines.join("\n");
  };
  // Below the alias limit of the parser, above the limit of values: only the count of what it expands to shows it.
  const quietBomb = (): string => {
    const lines = [
      "openapi: 3.1.0",
      `a0: &a0 [${Array(2000).fill("x").join(",")}]`,
      `a1: &a1 [${Array(80).fill("*a0").join(",")}]`,
    ];
    lines.push(`a2: [${Array(80).fill("*a1").join(",")}]`);
    return lines.join("\n");
  };
  const repeated = (times: number, write: (index: number) => string): string =>
    Array.from({ length: times }, (_, index) => write(index)).join("");
  const chain = (length: number): { readonly schemas: object } => ({
    schemas: Object.fromEntries(
      Array.from({ length }, (_, index) => [`S${index}`, { $ref: `#/components/schemas/S${index + 1}` }]),
    ),
  });
  /** Each refers to the next one twice, and the last one is a blank. */
  const doubling = (length: number): object => {
    const next = (index: number): object => ({ $ref: `#/components/schemas/S${index + 1}` });
    const one = (index: number): object => ({ properties: { a: next(index), b: next(index) } });
    const schemas = Array.from({ length }, (_, index) => [`S${index}`, one(index)]);
    return { schemas: { ...Object.fromEntries(schemas), [`S${length}`]: { $dynamicRef: "#blank" } } };
  };
  const numbered = (count: number, one: (at: number) => readonly [string, unknown]): object =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => one(at)));
  const deadFile = (at: number) => [`S${at}`, { $ref: `./f${at}.yaml` }] as const;
  const anchored = (at: number) => [`^a${at}$`, {}] as const;
  const named = (at: number) => [`${at}`, { name: `q${at}`, in: "query" }] as const;
  const typed = (at: number) => [`application/x${at}`, { schema: {} }] as const;
  const served = (at: number) => [`${at}`, { url: `/v${at}` }] as const;
  const filledIn = {
    $ref: "#/components/schemas/S0",
    $defs: { filling: { $dynamicAnchor: "blank", type: "string" } },
  };

  it.each([
    ["a bomb of YAML aliases", "api.yaml", bomb, "spec.document.too-large"],
    ["a quiet bomb of YAML aliases", "api.yaml", quietBomb, "spec.document.too-large"],
    [
      "a YAML alias that contains itself",
      "api.yaml",
      () => "openapi: 3.1.0\na: &a [*a]",
      "spec.document.cycle",
    ],
    [
      "10,000 levels of JSON",
      "api.json",
      () => `{"openapi":"3.1.0","a":${"[".repeat(10_000)}${"]".repeat(10_000)}}`,
      "spec.document.too-large",
    ],
    [
      "10,000 levels of objects in JSON",
      "api.json",
      () => `{"openapi":"3.1.0","a":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`,
      "spec.document.too-large",
    ],
    [
      "10,000 levels of YAML in flow style",
      "api.yaml",
      () => `openapi: 3.1.0\na: ${"[".repeat(10_000)}${"]".repeat(10_000)}`,
      "spec.document.too-large",
    ],
    [
      "a million levels of YAML in flow style",
      "api.yaml",
      () => `openapi: 3.1.0\na: ${"[".repeat(1_000_000)}`,
      "spec.document.too-large",
    ],
    [
      "10,000 levels of YAML in block style",
      "api.yaml",
      () => `openapi: 3.1.0\na:\n ${"- ".repeat(10_000)}x`,
      "spec.document.too-large",
    ],
    [
      "300 levels of JSON",
      "api.json",
      () => `{"openapi":"3.1.0","a":${"[".repeat(300)}${"]".repeat(300)}}`,
      "spec.document.too-large",
    ],
    [
      "a key of JSON that is there twice among 40,000",
      "api.json",
      () => `{"openapi":"3.1.0",${repeated(40_000, (index) => `"k${index}":1,`)}"k7":2}`,
      "spec.document.syntax",
    ],
    [
      "100,000 lines that are no YAML",
      "api.yaml",
      () => `openapi: 3.1.0\n${repeated(100_000, () => "}: ]\n")}`,
      "spec.document.syntax",
    ],
    [
      "more YAML aliases than can be resolved",
      "api.yaml",
      () =>
        `openapi: 3.1.0\na:\n${repeated(40_000, (index) => ` - &a${index} x\n`)}${repeated(11_000, (index) => ` - *a${index}\n`)}`,
      "spec.document.too-large",
    ],
    [
      "rows of brackets just shorter than those that are refused at once",
      "api.yaml",
      () => `openapi: 3.1.0\na: "${repeated(400, () => `${`[${" ".repeat(64)}`.repeat(499)}!`)}\n`,
      "spec.document.syntax",
    ],
    [
      "a number that JSON can't say",
      "api.yaml",
      () => "openapi: 3.1.0\nx-a: [-.inf]",
      "spec.document.number",
    ],
    [
      "7.5 MB of brackets, 250 deep",
      "api.yaml",
      () => `openapi: 3.1.0\na:\n${repeated(15_000, () => `- ${"[".repeat(250)}${"]".repeat(250)}\n`)}`,
      "spec.document.too-large",
    ],
    [
      "a key of YAML that is there twice among 200,000",
      "api.yaml",
      () => `openapi: 3.1.0\na:\n${repeated(200_000, (index) => `  k${index}: 1\n`)}  k7: 2\n`,
      "spec.document.syntax",
    ],
    [
      "merge keys that come to a million",
      "api.yaml",
      () =>
        `openapi: 3.1.0\na: &a {${repeated(1_000, (index) => `k${index}: 1, `)}}\nb:\n${repeated(1_000, () => "- {<<: *a}\n")}`,
      "spec.document.too-large",
    ],
    [
      "generic schemas that fill each other 2^40 times",
      "api.json",
      () => JSON.stringify(openapi(getThings(filledIn), doubling(40))),
      "spec.document.too-large",
    ],
    [
      "a path of 3,000 parameters in one segment",
      "api.json",
      () => JSON.stringify(openapi({ [`/${repeated(3_000, (at) => `{p${at}}`)}`]: { get: {} } })),
      "spec.document.too-large",
    ],
    [
      "a path of 20,000 segments",
      "api.json",
      () => JSON.stringify(openapi({ [`/${"a/".repeat(20_000)}`]: { get: {} } })),
      "spec.document.too-large",
    ],
    ["50 MB", "api.yaml", () => `openapi: 3.1.0\n# ${"x".repeat(50_000_000)}`, "spec.document.too-large"],
  ])("refuses %s within a second", async (_, name, text, code) => {
    const root = await writeSpecs({ [name]: text() });
    const { result, milliseconds } = await timed(() => loadCatalog(root, { cacheDir: false }));
    expect([...new Set(codes(result.findings))]).toEqual([`error ${code}`]);
    // A generous multiple, because machines differ: without the limits these take minutes or all memory.
    expect(milliseconds).toBeLessThan(5_000);
  });

  it.each<readonly [string, () => object]>([
    ["paths", () => openapi(numbered(20_000, (at) => [`/p${at}`, { get: {} }]))],
    ["schemas that refer to nothing", () => openapi({}, { schemas: numbered(50_000, deadFile) })],
    ["patterns of properties", () => openapi(getThings({ patternProperties: numbered(20_000, anchored) }))],
    ["patterns", () => openapi({}, { schemas: numbered(3_000, (at) => [`S${at}`, { pattern: `^${at}$` }]) })],
    ["parameters", () => openapi({ "/a": { parameters: Object.values(numbered(50_000, named)), get: {} } })],
    [
      "media types",
      () => openapi({ "/a": { get: { responses: { default: { content: numbered(50_000, typed) } } } } }),
    ],
    ["servers", () => ({ ...openapi(getThings({})), servers: Object.values(numbered(1_000, served)) })],
  ])("refuses very many %s within a second", async (_, document) => {
    const root = await writeSpecs({ "api.json": JSON.stringify(document()) });
    const { result, milliseconds } = await timed(() => loadCatalog(root, { cacheDir: false }));
    expect(codes(result.findings)).toEqual(["error spec.document.too-large"]);
    expect(milliseconds).toBeLessThan(5_000);
  });

  it.each([
    ["leads nowhere", ["error spec.ref.chain", "error spec.ref.missing"], { S5000: { $ref: "#/nowhere" } }],
    ["leads to a schema", ["error spec.ref.chain"], { S5000: { type: "string" } }],
    [
      "comes back",
      ["error spec.ref.chain", "error spec.ref.circle"],
      { S5000: { $ref: "#/components/schemas/S0" } },
    ],
  ])("refuses a chain of 5,000 references that %s", async (_, want, end) => {
    const { schemas } = chain(5_000);
    const { result, milliseconds } = await timed(() =>
      loadFiles({
        "api.json": openapi(getThings({ $ref: "#/components/schemas/S0" }), {
          schemas: { ...schemas, ...end },
        }),
      }),
    );
    expect([...new Set(codes(result.findings))].sort()).toEqual(want);
    expect(milliseconds).toBeLessThan(5_000);
  });

  it("follows a workflow into those within it no further than a run would", async () => {
    const calls = (target: object) => [
      { stepId: "a", ...target },
      { stepId: "b", ...target },
    ];
    const workflows = Array.from({ length: 41 }, (_, index) => ({
      workflowId: `w${index}`,
      steps: calls(index < 40 ? { workflowId: `w${index + 1}` } : { operationId: "listThings" }),
    }));
    const { catalog, findings } = await loadFiles({
      "api.json": openapi(getThings({ type: "string" })),
      "j.json": {
        arazzo: "1.0.1",
        info: { title: "J", version: "1" },
        sourceDescriptions: [{ name: "api", type: "openapi", url: "api.json" }],
        workflows,
      },
    });
    expect(findings).toEqual([]);
    const calledBy = (id: string) => catalog.workflows.find((one) => one.id === id)?.operations.length ?? 0;
    expect(calledBy("w38")).toBe(8);
    expect(calledBy("w0")).toBeGreaterThan(0);
    expect(calledBy("w0")).toBeLessThanOrEqual(1_000);
  });

  it("refuses what is too much in all, and names the file where it became so", async () => {
    const large = (title: string): string =>
      JSON.stringify({ ...openapi({}), "x-pad": "x".repeat(19_000_000), title });
    const files = Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [`${name}.json`, large(name)]));
    const { catalog, findings } = await loadFiles(files);
    expect(catalog.documents.map(({ path }) => path)).toEqual(["a.json", "b.json"]);
    expect(findings).toMatchObject([{ document: "c.json", code: "spec.document.too-large" }]);
  });

  it("takes long lists of values, and any name for what it names itself", async () => {
    const values = Array.from({ length: 20_000 }, (_, at) => `v${at}`);
    const properties = { enum: { type: "string" }, example: { enum: values }, value: { default: values } };
    const { findings } = await loadFiles({
      "api.json": openapi(getThings({ properties, examples: [values] })),
    });
    expect(findings).toEqual([]);
    const hidden = { properties: { default: { properties: numbered(3_000, (at) => [`p${at}`, {}]) } } };
    const refused = await loadFiles({ "api.json": openapi(getThings(hidden)) });
    expect(codes(refused.findings)).toEqual(["error spec.document.too-large"]);
  });

  it("reads a large map within a second", async () => {
    const keys = repeated(100_000, (index) => `  k${index}: 1\n`);
    const { result, milliseconds } = await timed(() =>
      loadFiles({ "api.yaml": `openapi: 3.1.0\npaths: {}\nx-map:\n${keys}` }),
    );
    expect(result.findings).toEqual([]);
    expect(milliseconds).toBeLessThan(5_000);
  });

  it("refuses a bomb that a reference leads to", async () => {
    const { findings } = await loadFiles({
      "api.json": openapi(getThings({ $ref: "./bomb.yaml" })),
      "bomb.yaml": bomb(),
    });
    expect(codes(findings)).toContain("error spec.document.too-large");
  });
});
