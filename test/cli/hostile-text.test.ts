import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Between, standBetween } from "./support/between.ts";
import { type EcoResult, type Home, newHome, projectRoot } from "./support/eco.ts";
import { type RunningSandbox, startSandbox } from "./support/sandbox.ts";

const ESC = "\u001b";
/** What takes a terminal over: titles, links and the clipboard, the cursor, colours, and letters that change their order. */
const takeover = [
  `${ESC}]0;title\u0007`,
  `${ESC}]8;;http://evil.example\u0007`,
  `${ESC}]52;c;ZXZpbA==${ESC}\\`,
  `${ESC}[2J${ESC}[1;1H${ESC}[31m${ESC}[8m`,
  `${ESC}P+q544e${ESC}\\${ESC}c`,
  "\u009b31m\u009d0;title\u009c",
  "\u0000\u0007\u0008\u000b\u000c\r\u007f",
  "\u202e\u2066\u200f",
].join("");
const evil = `${takeover}HOSTILE`;
const dangerous = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u;

/** Texts that a program goes on with, and not a person: changed, nothing would be shown at all. */
const machinery = /^(access_?token|token_?type|next_?cursor|cursor|digest|catalogDigest|code|mode|kind)$/i;

/** The same answer with every text of it hostile. */
function poisoned(value: unknown): unknown {
  if (typeof value === "string") return value + evil;
  if (Array.isArray(value)) return value.map(poisoned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, machinery.test(name) ? item : poisoned(item)]),
  );
}

let home: Home;
let sandbox: RunningSandbox;
let between: Between;
let env: Readonly<Record<string, string>>;

/** Of eco itself: bold, dim, red, green, yellow, cyan, and their ends. */
const ownColors = new RegExp(`${ESC}\\[(?:0|1|2|22|31|32|33|36|39)m`, "g");

const eco = (url: string, args: readonly string[]): Promise<EcoResult> =>
  home.run([...args, "--sandbox", url], { env });

beforeAll(async () => {
  home = await newHome();
  env = { ECO_SANDBOX_TOKEN: "a-token-of-this-test" };
  const child = { ...home, start: (args: readonly string[]) => home.start(args, { env }) };
  sandbox = await startSandbox(child);
  between = await standBetween(sandbox.url, poisoned);
  const month = join(projectRoot, "test/fixtures/harbour/march-2025.json");
  const made = [
    ["deliveries", "submit", month, "--profile", "harbour"],
    ["disputes", "open", "march-2025-catering", "--reason", "cold", "--profile", "nordic-apps"],
    ["settlements", "close", "2025-03", "--profile", "harbour"],
    ["sandbox", "fault", "add", "--operation", "submitDelivery", "--status", "503"],
  ];
  for (const args of made) expect(await eco(sandbox.url, args)).toMatchObject({ status: 0 });
});
afterAll(async () => {
  await between[Symbol.asyncDispose]();
  await sandbox[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

const asked: readonly string[] = [
  "deliveries list --profile harbour",
  "deliveries show march-2025-catering --profile harbour",
  "deliveries explain march-2025-catering --profile harbour",
  "deliveries explain march-2025-catering --trace --profile harbour",
  "deliveries show nothing --profile harbour",
  "deliveries cancel march-2025-catering --reason x --profile harbour",
  "disputes list --profile harbour",
  "events list --profile harbour",
  "events list",
  "events endpoints list",
  "settlements list --profile harbour",
  "settlements show 2025-03 --profile harbour",
  "commitments list --profile harbour",
  "prepaid list --profile harbour",
  "certify list --profile harbour",
  "sandbox status",
  "sandbox log",
  "sandbox log --bodies",
  "sandbox fault list",
  "sandbox tenant list",
  "sandbox party spacefinder",
  "sandbox clock",
  "status --profile blueline",
  "whoami --profile blueline",
];

describe("what a server says", () => {
  it.each(asked)("can't act on the terminal: eco %s", async (line) => {
    const args = line.split(" ");
    const [plain, json] = await Promise.all([eco(between.url, args), eco(between.url, [...args, "--json"])]);
    expect(plain.stdout + plain.stderr).not.toMatch(dangerous);
    expect(json.stdout + json.stderr).not.toMatch(dangerous);
    expect(json.json.ok).toBe(plain.status === 0);
  });

  it("is shown all the same, and stays in --json what it was", async () => {
    const shown = await eco(between.url, [
      "deliveries",
      "show",
      "march-2025-catering",
      "--profile",
      "harbour",
    ]);
    expect(shown.stdout).toContain("HOSTILE");
    const refused = await eco(between.url, ["deliveries", "show", "nothing", "--profile", "harbour"]);
    expect(refused.stderr).toContain("HOSTILE");
    const args = ["deliveries", "show", "march-2025-catering", "--profile", "harbour", "--json"];
    expect((await eco(between.url, args)).json.result).toMatchObject({ id: `march-2025-catering${evil}` });
  });

  it("brings no colours of its own between those of eco", async () => {
    for (const line of ["status --profile blueline", "deliveries list --profile harbour", "sandbox status"]) {
      const args = [...line.split(" "), "--sandbox", between.url];
      const { stdout, stderr } = await home.run(args, { env: { ...env, FORCE_COLOR: "1" } });
      const shown = `${stdout}${stderr}`;
      expect(shown).toContain("HOSTILE");
      expect(shown).not.toContain(`${ESC}[31m`);
      expect(shown.replace(ownColors, "")).not.toMatch(dangerous);
    }
  });
});

describe("what a file says", () => {
  const quoted = JSON.stringify(evil);

  it("in a spec set can't act on the terminal, whichever command reads it", async () => {
    const specs = join(home.path, "hostile-specs");
    await mkdir(specs, { recursive: true });
    await writeFile(
      join(specs, "api.yaml"),
      [
        `{"openapi": "3.1.0", "info": {"title": ${quoted}, "version": ${quoted}}, "paths": {"/things": {"get": {`,
        `"operationId": ${quoted}, "summary": ${quoted}, "tags": [${quoted}], "x-eco-capability": ${quoted},`,
        `"responses": {"200": {"description": ${quoted}, "content": {"application/json": {"schema": {"type": ${quoted}}}}}}}}}}`,
      ].join("\n"),
    );
    for (const args of [
      ["specs", "lint"],
      ["journeys", "list"],
      ["doctor"],
      ["whoami"],
      ["specs", "bundle", evil],
    ])
      for (const json of [[], ["--json"]]) {
        const { stdout, stderr } = await home.run([
          ...args.map((arg) => arg.replaceAll("\u0000", "")),
          "--specs",
          specs,
          ...json,
        ]);
        expect(stdout + stderr).not.toMatch(dangerous);
      }
    const { stdout } = await home.run(["specs", "lint", "--specs", specs]);
    expect(stdout).toContain("HOSTILE");
  });

  it("in a HAR file can't act on the terminal when it is sent again", async () => {
    const entry = {
      startedDateTime: "2025-03-01T12:00:00Z",
      request: {
        method: "GET",
        url: `http://127.0.0.1/v1/deliveries/${encodeURIComponent("x")}?a=${evil}`,
        headers: [{ name: "x-said", value: "HOSTILE" }],
      },
      response: { status: 200, headers: [], content: { text: quoted, mimeType: "application/json" } },
      _party: evil,
      _operationId: evil,
    };
    const file = join(home.path, "hostile.har");
    await writeFile(
      file,
      JSON.stringify({ log: { version: "1.2", creator: { name: evil }, entries: [entry] } }),
    );
    const { stdout, stderr } = await eco(between.url, ["sandbox", "replay", file]);
    expect(stdout).toContain("HOSTILE");
    expect(stdout + stderr).not.toMatch(dangerous);
  });

  it("in a session, or in a failed test's bundle, can't act on the terminal", async () => {
    const session = join(home.path, "hostile.ndjson");
    await writeFile(session, `${JSON.stringify({ kind: "session", format: evil, version: 1 })}\n`);
    const bundle = join(home.path, "hostile-bundle.json");
    await writeFile(bundle, JSON.stringify({ format: "eco-bundle", version: evil, failure: { name: evil } }));
    const commands = [
      ["replay", session],
      ["replay", bundle],
      ["import", bundle],
    ];
    for (const command of commands) {
      const { stderr, status } = await eco(sandbox.url, ["sandbox", ...command]);
      expect(status).toBe(2);
      expect(stderr).toContain("ECO_EXPORT_INVALID");
      expect(stderr).not.toMatch(dangerous);
    }
  });
});
