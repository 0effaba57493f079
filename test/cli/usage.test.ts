import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Home, newHome } from "./support/eco.ts";

let home: Home;
beforeAll(async () => {
  home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

describe("wrong use", () => {
  it.each([
    {
      name: "a command that does not exist",
      args: ["onbaord"],
      code: "ECO_COMMAND_UNKNOWN",
      message: "`onbaord`",
      fix: "Did you mean onboard?",
    },
    ...["constructor", "toString", "__proto__"].map((word) => ({
      name: `the command ${word}, which every object has`,
      args: [word],
      code: "ECO_COMMAND_UNKNOWN",
      message: `\`${word}\``,
      fix: "eco --help",
    })),
    {
      name: "a command of a topic that does not exist",
      args: ["deliveries", "sumbit", "x.csv"],
      code: "ECO_COMMAND_UNKNOWN",
      message: "`deliveries sumbit`",
      fix: "Did you mean submit?",
    },
    {
      name: "a flag that does not exist",
      args: ["rate", "--prodcut", "x"],
      code: "ECO_USAGE",
      message: "--prodcut",
      fix: "Did you mean --product?",
    },
    {
      name: "a flag without its value",
      args: ["rate", "--product"],
      code: "ECO_USAGE",
      message: "--product expects a value",
      fix: "eco rate --help",
    },
    {
      name: "a value that is none of the options",
      args: ["rate", "x", "--format", "xml"],
      code: "ECO_USAGE",
      message: "csv, json, ndjson",
      fix: "eco rate --help",
    },
    {
      name: "an argument too many",
      args: ["whoami", "me"],
      code: "ECO_USAGE",
      message: "me",
      fix: "eco whoami --help",
    },
    {
      name: "a required flag left out",
      args: ["deliveries", "cancel", "x"],
      code: "ECO_USAGE",
      message: "Missing required flag --reason",
      fix: "eco deliveries cancel --help",
    },
    {
      name: "a required argument left out",
      args: ["deliveries", "show"],
      code: "ECO_USAGE",
      message: "id",
      fix: "eco deliveries show --help",
    },
    {
      name: "an address that is no URL",
      args: ["whoami", "--sandbox", "nowhere"],
      code: "ECO_USAGE",
      message: "`nowhere`",
      fix: "http",
    },
    {
      name: "a spec set that is not there",
      args: ["rate", "x.csv", "--specs", "no/such/specs"],
      code: "ECO_FILE_UNREADABLE",
      message: "no/such/specs",
      fix: "--specs",
    },
    {
      name: "a product that there isn't, before a row is sent",
      args: ["deliveries", "submit", import.meta.filename, "--format", "csv", "--product", "catring-cover"],
      code: "ECO_PRODUCT_UNKNOWN",
      message: "`catring-cover`",
      fix: "Did you mean catering-cover?",
    },
  ])("$name: exit 2, named with a fix, in text and as JSON", async ({ args, code, message, fix }) => {
    const text = await home.run(args);
    expect(text).toMatchObject({ status: 2, stdout: "" });
    expect(text.stderr).toContain(message);
    expect(text.stderr).toContain(fix);
    expect(text.stderr).toContain(code);

    const json = await home.run([...args, "--json"]);
    expect(json.status).toBe(2);
    expect(json.json).toMatchObject({
      schema: "eco/v1",
      ok: false,
      error: { code, docs: `errors/${code}/` },
    });
    expect(json.json.error.message).toContain(message);
    expect(json.json.error.fix).toContain(fix);
  });

  it("says where the name of a profile came from that there isn't, and which was meant", async () => {
    const { status, json } = await home.run(["whoami", "--profile", "fjord-catring", "--json"]);
    expect([status, json.error.code]).toEqual([4, "ECO_NOT_SIGNED_IN"]);
    expect(json.error.message).toContain("`fjord-catring` (from --profile)");
    expect(json.error.fix).toBe("Did you mean fjord-catering?");
  });

  it("takes --json after `--` for an argument, as every parser does", async () => {
    const { stdout, stderr, status } = await home.run(["nonsense", "--", "--json"]);
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    expect(stderr).toContain("`nonsense`");
  });
});

describe("help", () => {
  it.each([
    [
      "nothing but --json",
      ["--json"],
      { commands: expect.arrayContaining([{ command: "rate", summary: expect.any(String) }]) },
    ],
    ["--version", ["--version", "--json"], { version: expect.any(String), node: process.versions.node }],
    [
      "a topic",
      ["deliveries", "--json"],
      { commands: expect.arrayContaining([{ command: "deliveries submit", summary: expect.any(String) }]) },
    ],
    [
      "help for a command",
      ["help", "rate", "--json"],
      {
        command: "rate",
        flags: expect.arrayContaining([expect.objectContaining({ name: "json", takesValue: false })]),
      },
    ],
    ["a command with --help", ["rate", "--help", "--json"], { command: "rate" }],
  ])("is one JSON object for %s", async (_what, args, result) => {
    const { stdout, stderr, status } = await home.run(args);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout.trim().split("\n")).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({ schema: "eco/v1", ok: true, result, warnings: [] });
  });

  it("names all topics and commands, on stdout, with exit 0", async () => {
    const { stdout, stderr, status } = await home.run(["--help"]);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    for (const word of ["deliveries", "sandbox", "onboard", "certify", "rate", "doctor"])
      expect(stdout).toContain(word);
    const first = stdout.slice(stdout.indexOf("START HERE"), stdout.indexOf("TOPICS"));
    expect(first.match(/^ {2}eco (sandbox )?\w+/gm)).toEqual([
      ...["  eco sandbox start", "  eco onboard", "  eco deliveries", "  eco certify", "  eco status"],
    ]);
  });

  it.each([[["rate", "--help"]], [["help", "rate"]], [["rate", "x.csv", "--product", "p", "--help"]]])(
    "%j shows flags and examples",
    async (args) => {
      const { stdout, status } = await home.run(args);
      expect(status).toBe(0);
      expect(stdout).toContain("--map <field=column>");
      expect(stdout).toContain("--vectors rating.json");
      expect(stdout).toContain("--no-input");
    },
  );

  it("of a topic lists its commands", async () => {
    const { stdout, status } = await home.run(["deliveries"]);
    expect(status).toBe(0);
    expect(stdout).toContain("deliveries submit");
    expect(stdout).toContain("deliveries explain");
  });

  it("of a command that does not exist is an error", async () => {
    const { stdout, status } = await home.run(["nonsense", "--help"]);
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
  });
});

it("prints its version", async () => {
  const { stdout, status } = await home.run(["--version"]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^eco \d+\.\d+\.\d+ \(.+\)\n$/);
});

it("says in one line on an older Node what it needs, and exits with 2", async () => {
  const preload = join(home.path, "old-node.cjs");
  await writeFile(
    preload,
    'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.1.0" } });',
  );
  const env = { NODE_OPTIONS: `--require ${preload}` };
  const { stdout, stderr, status } = await home.run(["--version"], { env });
  expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(stderr).toContain("Node 24");
  expect(stderr).toContain("ECO_NODE_TOO_OLD");
  expect(stderr).toContain("20.1.0");
});
