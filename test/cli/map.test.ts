import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { instance } from "@viz-js/viz";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { beforeAll, describe, expect, it } from "vitest";
import EcosystemMap from "../../cli/commands/map.ts";
import { toDot } from "../../cli/map/dot.ts";
import type { DrawnMap } from "../../cli/map/drawn-map.ts";
import { toGraphml } from "../../cli/map/graphml.ts";
import { toMermaid } from "../../cli/map/mermaid.ts";
import type { EcoResult } from "./support/eco.ts";
import { useSandbox } from "./support/shared.ts";

const shared = useSandbox(["--database", "memory"]);
const as = (profile: string, ...args: string[]): Promise<EcoResult> => shared.as(profile, "map", ...args);

beforeAll(async () => {
  const file = join(shared.home.path, "lunch.json");
  const lunch = {
    id: "lunch",
    product: "catering-cover",
    customer: "nordic-apps",
    provider: "fjord-catering",
    parties: { broker: "spacefinder", supplier: "kestrel" },
    startedAt: "2025-03-11T11:30:00",
    usage: { covers: 37, delayMinutes: 25 },
  };
  await writeFile(file, JSON.stringify([lunch]));
  await shared.done("fjord-catering", "deliveries", "submit", file);
}, 60_000);

const cellsOf = (stdout: string, start: string): string[] =>
  (stdout.split("\n").find((line) => line.startsWith(start)) ?? "").trim().split(/ {2,}/);

describe("eco map", () => {
  it("shows who pays whom and where each stands, to who oversees the ecosystem", async () => {
    const { stdout, stderr, status } = await as("harbour", "--period", "2025-03");
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout).toMatch(/^Harbour Campus, 2025-03: 5 parties, 4 links, density 0\.2\n\nPayer +Payee /);
    expect(cellsOf(stdout, "harbour         fjord-catering")).toEqual([
      ...["harbour", "fjord-catering", "1", "392.28", "47.84", "344.44", "48.22", "EUR", "catering-cover"],
    ]);
    expect(cellsOf(stdout, "harbour         orchestrator")).toEqual([
      ...["harbour", "orchestrator", "1", "382.72", "430.56", "EUR", "1", "2", "0.25", "2: liaison 2", "1"],
    ]);
    expect(cellsOf(stdout, "EUR")).toEqual(["EUR", "4", "830.73", "0.443103"]);
  });

  it("shows a party its own flows, and says where nothing was booked", async () => {
    const { stdout } = await as("kestrel", "--period", "2025-01/2025-03", "--product", "catering-cover");
    expect(stdout).toContain("kestrel, 2025-01/2025-03, catering-cover: 5 parties");
    expect(stdout).not.toContain("nordic-apps");
    const { stderr, status } = await as("kestrel", "--period", "2024-01");
    expect({ status, told: stderr.includes("Nothing was booked in this time.") }).toEqual({
      status: 0,
      told: true,
    });
  });

  it.each([
    ["what is no month", ["--period", "2025-13"], "ECO_USAGE"],
    ["months in the wrong order", ["--period", "2025-03/2025-01"], "ECO_REQUEST_INVALID"],
    ["a file for no format", ["--output", "map.dot"], "ECO_USAGE"],
  ])("refuses %s", async (_, args, code) => {
    const { json, status } = await as("kestrel", ...args, "--json");
    expect({ status, code: json.error.code }).toEqual({ status: 2, code });
  });

  it("does what its examples show", async () => {
    const examples = EcosystemMap.examples.map((example) =>
      typeof example === "string" ? example : example.command,
    );
    for (const example of examples) {
      const args = example.split(" ").slice("<%= config.bin %> <%= command.id %>".split(" ").length);
      const { status, stderr } = await as("harbour", ...args);
      expect({ example, status, stderr: status === 0 ? "" : stderr }).toEqual({
        example,
        status: 0,
        stderr: "",
      });
    }
    const graph = (await instance()).renderJSON(await readFile(join(shared.home.path, "map.dot"), "utf8"));
    expect(graph).toMatchObject({ name: "Harbour Campus, 2025-03", directed: true });
    expect((graph as { edges: unknown[] }).edges).toHaveLength(4);
  });

  it("gives the drawing in an object with --json", async () => {
    const { json } = await as("harbour", "--period", "2025-03", "--as", "mermaid", "--json");
    expect(json.result).toMatchObject({ as: "mermaid", content: expect.stringContaining("flowchart LR\n") });
  });
});

/** Names that no careful ecosystem has, and another may. */
const hostile: DrawnMap = {
  title: 'A "map" of <all> & more',
  parties: [
    { id: 'a"b\\', role: "x<y>&'z" },
    { id: "end", role: "" },
    { id: "a`b#quot;|c]", role: "graph\nTD" },
  ],
  flows: [
    {
      payer: 'a"b\\',
      payee: "end",
      deliveries: "2",
      values: [{ currency: "EUR", valueMinor: "-100" }],
      label: '−1.00 EUR "x"',
    },
    { payer: "end", payee: "a`b#quot;|c]", deliveries: "0", values: [], label: "" },
  ],
};

describe("a map with names that mean something to the format", () => {
  it("is read by Graphviz as it was meant", async () => {
    const graph = (await instance()).renderJSON(toDot(hostile)) as {
      name: string;
      objects: { name: string; label: string }[];
      edges: { tail: number; head: number; label: string }[];
    };
    expect(graph.name).toBe(hostile.title);
    expect(graph.objects.map(({ name }) => name)).toEqual(['a"b\\\\', "end", "a`b#quot;|c]"]);
    expect(graph.edges.map(({ tail, head }) => [tail, head])).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it("is well-formed GraphML that says the same", () => {
    const text = toGraphml(hostile);
    expect(XMLValidator.validate(text)).toBe(true);
    const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", parseTagValue: false });
    const { graphml } = parser.parse(text) as { graphml: { desc: string; graph: Record<string, unknown> } };
    expect(graphml.desc).toBe(hostile.title);
    expect(graphml.graph).toMatchObject({
      edgedefault: "directed",
      node: [{ id: 'a"b\\', data: { "#text": "x<y>&'z" } }, { id: "end" }, { id: "a`b#quot;|c]" }],
      edge: [
        { source: 'a"b\\', target: "end" },
        { source: "end", target: "a`b#quot;|c]" },
      ],
    });
  });

  it("leaves Mermaid nothing but letters, digits and numbers of characters within its labels", () => {
    const labels = [...toMermaid(hostile).matchAll(/"(.*)"\]?\|?/g)].slice(1).map(([, label = ""]) => label);
    expect(labels.length).toBeGreaterThan(3);
    for (const label of labels) expect(label).toMatch(/^(?:[\p{L}\p{N} .,:_−-]|#\d+;|<br\/>)*$/u);
  });
});
