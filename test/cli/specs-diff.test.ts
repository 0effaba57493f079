import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SpecDifference } from "../../specs/engine/difference/change.ts";
import { type Home, newHome, projectRoot } from "./support/eco.ts";

let home: Home;

const document = (required: readonly string[], values: readonly string[], description = "Things."): string =>
  JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Things", version: "1.0.0", description },
    paths: {
      "/things": {
        post: {
          operationId: "makeThing",
          requestBody: {
            content: {
              "application/json": {
                schema: { type: "object", properties: { state: { enum: values } }, required },
              },
            },
          },
          responses: { 201: { description: "Made" } },
        },
      },
    },
  });

beforeAll(async () => {
  home = await newHome();
  await writeFile(join(home.path, "old.json"), document([], ["open"]));
  await writeFile(join(home.path, "reworded.json"), document([], ["open"], "Said better."));
  await writeFile(join(home.path, "wider.json"), document([], ["open", "shut"]));
  await writeFile(join(home.path, "stricter.json"), document(["state"], ["open", "shut"]));
  await writeFile(join(home.path, "events.json"), JSON.stringify({ asyncapi: "2.6.0" }));
});

afterAll(() => home[Symbol.asyncDispose]());

const diff = (...args: readonly string[]) => home.run(["specs", "diff", ...args]);

describe("eco specs diff", () => {
  it.each<[string, readonly string[], number, string]>([
    [
      "says that nothing changed",
      ["old.json", "old.json", "--fail-on", "possibly-breaking"],
      0,
      "Nothing changed.",
    ],
    [
      "passes what is compatible",
      ["old.json", "wider.json", "--fail-on", "breaking"],
      0,
      'State may be "shut" now.',
    ],
    [
      "tells of what breaks and exits 0 unless told otherwise",
      ["old.json", "stricter.json"],
      0,
      "state is required now.",
    ],
    ["fails on what breaks", ["old.json", "stricter.json", "--fail-on", "breaking"], 3, "1 breaking change"],
    [
      "fails on what may break",
      ["stricter.json", "old.json", "--fail-on", "possibly-breaking"],
      3,
      "1 breaking or possibly breaking change",
    ],
    ["passes words", ["old.json", "reworded.json", "--fail-on", "possibly-breaking"], 0, "1 only text"],
    [
      "keeps no release without a version of its own",
      ["old.json", "wider.json", "--release", "2027-01-15"],
      2,
      "has no version of its own",
    ],
    ["names a file that isn't there", ["old.json", "missing.json"], 2, "missing.json"],
    [
      "names a document that can't be read",
      ["old.json", "events.json"],
      2,
      "asyncapi 2.6.0 is not supported",
    ],
    [
      "refuses a report that it can't write",
      ["old.json", "wider.json", "--report", "out.pdf"],
      2,
      ".md or .json",
    ],
    ["asks for both", ["old.json"], 2, "new"],
  ])("%s", async (_name, args, status, text) => {
    const got = await diff(...args);
    expect(`${got.stdout}${got.stderr}`.toLowerCase()).toContain(text.toLowerCase());
    expect(got.status).toBe(status);
  });

  it("writes a changelog and its data, and prints one envelope", async () => {
    const { json, status } = await diff(
      "old.json",
      "stricter.json",
      "--json",
      "--fail-on",
      "breaking",
      "--report",
      "log.md",
      "--report",
      "log.json",
    );
    expect(status).toBe(3);
    expect(json).toMatchObject({ ok: false, error: { code: "ECO_SPECS_BREAKING" } });
    const difference = json.result as SpecDifference;
    expect(difference.counts).toEqual({ breaking: 1, "possibly-breaking": 0, compatible: 1, text: 0 });
    expect(JSON.parse(await readFile(join(home.path, "log.json"), "utf8"))).toEqual(difference);
    expect(await readFile(join(home.path, "log.md"), "utf8")).toContain(
      "## Breaking\n\n- state is required now. Reaches makeThing (request body).",
    );
  });

  it("finds nothing between the reference specs and themselves", async () => {
    const specs = join(projectRoot, "specs");
    const { json } = await diff(specs, specs, "--json");
    expect((json.result as SpecDifference).changes).toEqual([]);
  });
});
