import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../specs/engine/certification/index.ts";
import { certificateFile, type Served, serve, serveTls } from "../reference-partner/serve.ts";
import { eventually } from "../support/eventually.ts";
import { type Home, newHome, projectRoot } from "./support/eco.ts";
import { partnerAnswers, partnerTokens } from "./support/partner.ts";

let home: Home;
let api: Served;
let secure: Served;
let isBroken = false;
let env: Record<string, string>;

beforeAll(async () => {
  home = await newHome();
  const [healthy, broken] = [await partnerAnswers(), await partnerAnswers("provider.security.alg-none")];
  const answer = async (request: Request): Promise<Response> => {
    const handler = isBroken ? broken : healthy;
    return handler(request);
  };
  api = await serve(answer);
  secure = await serveTls(answer);
  const { ECO_TARGET_TOKEN = "" } = await partnerTokens();
  env = { ECO_TARGET_TOKEN };
});

afterAll(async () => {
  await Promise.all([api.close(), secure.close()]);
  await home[Symbol.asyncDispose]();
});

const provider = (...args: string[]): string[] => [
  "certify",
  "--as",
  "provider",
  "--target",
  api.url,
  ...args,
];
const tokens = ["--check", "provider.security.alg-none", "--check", "provider.security.no-credentials"];

function checksOf(result: unknown): string[] {
  return (result as Report).checks.map((one) => one.definition.id);
}

describe("eco certify --failed", () => {
  it("runs only what failed before, with its seed, until nothing is left", async () => {
    isBroken = true;
    const first = await home.run(provider(...tokens, "--seed", "77", "--json"), { env });
    expect(first.status).toBe(3);
    const second = await home.run(provider("--failed", "--json"), { env });
    expect(second.status).toBe(3);
    expect(checksOf(second.json.result)).toEqual(["provider.security.alg-none"]);
    expect((second.json.result as Report).run.seed).toBe("77");
    isBroken = false;
    expect((await home.run(provider("--failed", "--json"), { env })).status).toBe(0);
    const last = await home.run(provider("--failed"), { env });
    expect(last.status).toBe(0);
    expect(last.stderr).toContain("Nothing failed");
  });

  it("says what to do where nothing has run", async () => {
    const result = await home.run(provider("--failed", "--json"), { env, cwd: projectRoot });
    expect(result.json.error).toMatchObject({
      code: "ECO_INPUT_MISSING",
      fix: expect.stringContaining("eco certify"),
    });
    expect(result.status).toBe(2);
  });

  it("warns where the run can't be kept for it, and judges all the same", async () => {
    isBroken = false;
    const file = join(home.path, "no-directory");
    await writeFile(file, "");
    const judged = await home.run(provider(...tokens, "--json"), { env: { ...env, XDG_STATE_HOME: file } });
    expect(judged.json.warnings).toEqual([
      expect.stringMatching(/^--failed won't know of this run: .*no-directory/),
    ]);
    expect(judged.json.result).toMatchObject({ outcome: "passed" });
    expect(judged.status).toBe(0);
  });
});

describe("eco certify --level", () => {
  it("fails where the run passes and the level isn't reached, and says what is missing", async () => {
    isBroken = false;
    const result = await home.run(provider("--level", "gold", "--json"), { env });
    expect(result.status).toBe(3);
    expect(result.json.result).toMatchObject({ outcome: "passed" });
    expect(result.json.error.message).toContain("Gold isn't reached");
    expect(result.json.error.message).toContain("journeys");
  });

  it("passes where it is reached", async () => {
    expect((await home.run(provider("--level", "bronze"), { env })).status).toBe(0);
  });

  it.each([
    [["--certificate", join(projectRoot, "package.json")], "is no certificate"],
    [["--level", "golt"], "Did you mean gold?"],
    [["--check", "provider.security.alg-nona"], "Did you mean provider.security.alg-none"],
    [["--report", "report.docx"], ".html"],
    [["--level", "gold", "--check", "provider.*"], "--level"],
    [["--watch", "no-such-folder"], "can't be watched"],
  ])("%j is refused before anything runs: %s", async (args, text) => {
    const result = await home.run(provider(...args), { env });
    expect(`${result.stdout}${result.stderr}`).toContain(text);
    expect(result.stderr).not.toContain("Testing");
    expect(result.status).toBe(2);
  });
});

it("trusts a certificate that it is told to trust, and no other", async () => {
  isBroken = false;
  const args = ["certify", "--as", "provider", "--target", secure.url, "--check", "provider.security.https"];
  expect((await home.run([...args, "--ca", certificateFile], { env })).status).toBe(0);
  const untrusted = await home.run(args, { env });
  expect(untrusted.status).toBe(3);
  expect(untrusted.stdout).toContain("SELF_SIGNED");
});

it("runs again when a file changes, and ends at Ctrl+C", async () => {
  isBroken = true;
  const child = home.start(provider(...tokens, "--watch", home.path, "--report", "watched.json"), { env });
  let text = "";
  let runs = 0;
  const saidBy = new Map<number, () => void>();
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    runs = text.split("Waiting for a change").length - 1;
    saidBy.get(runs)?.();
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
  });
  const until = (count: number): Promise<void> =>
    runs >= count ? Promise.resolve() : new Promise((resolve) => saidBy.set(count, resolve));
  await until(1);
  await eventually(() => expect(stdout).toContain("failed: provider.security.alg-none"));
  isBroken = false;
  await writeFile(join(home.path, "source.ts"), "changed");
  await until(2);
  await eventually(() => expect(stdout).toContain("self-test: passed"));
  child.kill("SIGINT");
  const status = await new Promise((resolve) => child.once("close", resolve));
  expect(status).toBe(130);
  expect(runs).toBe(2);
});
