import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EcoResult, type Home, newHome } from "./support/eco.ts";

let home: Home;
beforeAll(async () => {
  home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(home.path, name);
  await writeFile(path, content);
  return path;
}

/** Refused in words: what, where and what to do about it, and nothing of the program's inside. */
function expectRefused({ status, json, stderr }: EcoResult, message: RegExp): void {
  expect(json.error).toMatchObject({ code: "ECO_INPUT_INVALID", message: expect.stringMatching(message) });
  expect(json.error.fix).not.toBe("");
  expect(status).toBe(2);
  expect(stderr).not.toMatch(/\n\s+at |node:internal/);
}

const many = (count: number, one: (at: number) => string, between = ""): string =>
  Array.from({ length: count }, (_, at) => one(at)).join(between);

describe("a file in YAML", () => {
  const hostile: readonly [string, string | Uint8Array, RegExp][] = [
    ["brackets", "[".repeat(500_000), /nests deeper than 256 levels/],
    ["levels", many(1_000, (at) => `${" ".repeat(at)}a:\n`), /nests deeper than 256 levels/],
    [
      "aliases of aliases",
      `a0: &a0 [x, x]\n${many(40, (at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]\n`)}`,
      /has more than 1000000 values|nests deeper/,
    ],
    ["an alias within itself", "a: &a [*a]\n", /contains itself/],
    ["anchors", "&a ".repeat(300_000), /line 1: Not YAML/],
    ["a key twice", "id: a\nid: b\n", /line 2: Not YAML: Map keys must be unique/],
    ["a name that every object has", "__proto__: {polluted: true}\n", /A key is called `__proto__`/],
    ["a number that is none", "id: .inf\n", /a number that JSON can't say/],
    ["several documents", "a: 1\n---\nb: 2\n", /line 3: Not YAML: Source contains multiple documents/],
    ["another encoding", Buffer.from("\uFEFFid: x\n", "utf16le"), /is not UTF-8 text/],
    ["three megabytes", `a: ${"x".repeat(3_000_000)}\n`, /has more than 2 MB/],
  ];

  it.each(hostile)("with %s is refused", async (name, content, message) => {
    const yaml = await file(`${name.replaceAll(" ", "-")}.yaml`, content);
    expectRefused(await home.run(["onboard", "--answers", yaml, "--no-input", "--json"]), message);
  });

  it("with a hundred thousand keys is read at once, and the first that isn't known is named", async () => {
    const answers = await file(
      "keys.yaml",
      many(100_000, (at) => `k${at}: 1\n`),
    );
    expectRefused(await home.run(["onboard", "--answers", answers, "--no-input", "--json"]), /answers `k0`/);
  });

  it("is refused as rules of faults too, and no sandbox starts", async () => {
    const faults = await file("faults.yaml", "rules: &a [*a]\n");
    expectRefused(await home.run(["sandbox", "start", "--faults", faults, "--json"]), /contains itself/);
  });

  it("that a project leaves for everybody is held to the same", async () => {
    const cwd = join(home.path, "project");
    await mkdir(cwd);
    await file("project/eco.config.yaml", "[".repeat(500_000));
    expectRefused(await home.run(["profile", "list", "--json"], { cwd }), /eco\.config\.yaml: .* 256 levels/);
  });
});

describe("a file that never ends", () => {
  it.each([
    ["answers", ["onboard", "--no-input", "--answers"], /\/dev\/zero has more than 2 MB/],
    ["vectors", ["rate", "--vectors"], /\/dev\/zero has more than 256 MB/],
  ])("is not read as %s for ever", async (_what, args, message) => {
    if (process.platform === "win32") return;
    expectRefused(await home.run([...args, "/dev/zero", "--json"]), message);
  });
});

describe("rows", () => {
  const rate = (path: string): Promise<EcoResult> =>
    home.run(["rate", path, "--product", "express-leg", "--json"]);

  it("on a line without end are refused", async () => {
    const rows = await file("endless.ndjson", `{"id":1}\n\n{"id":"${"x".repeat(20_000_000)}`);
    expectRefused(await rate(rows), /Line 3 has more than 1000000 characters/);
  });

  it("with a hundred thousand columns are read as soon as their header is", async () => {
    const header = many(100_000, (at) => `c${at}`, ",");
    const rows = await file("wide.csv", `${header},c7\n`);
    expectRefused(await rate(rows), /names the column `c7` twice/);
  });

  it("in a file of vectors are none", async () => {
    const rows = await file("rows.json", '[{"id":"a"}, {"__proto__":{}}]');
    expect(await home.run(["rate", "--vectors", rows, "--json"])).toMatchObject({ status: 3 });
    const other = await file("other.json", '{"log":{"entries":[]}}');
    expectRefused(
      await home.run(["rate", "--vectors", other, "--json"]),
      /other\.json has no rating vectors/,
    );
  });
});

it("isn't taken for a spec set where no document of it can be read, instead of serving nothing", async () => {
  const specs = await file("api.yaml", "openapi: 3.1.0\ninfo: { title: x\npaths: [\n");
  const { status, json } = await home.run(["sandbox", "start", "--specs", specs, "--port", "0", "--json"]);
  expect(status).toBe(2);
  expect(json.error).toMatchObject({
    code: "ECO_SPEC_INVALID",
    message: "api.yaml:3:1: Not YAML: deficient indentation.",
  });
});
