import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { finished, type Home, newHome, projectRoot } from "./support/eco.ts";

const flights = join(projectRoot, "test/fixtures/flights-2k.csv");
const rate = [
  "rate",
  flights,
  "--product",
  "express-leg",
  "--map",
  "startedAt=departed_at,arrivalDelayMinutes=delay_minutes",
];
const esc = String.fromCharCode(27);

let home: Home;
beforeAll(async () => {
  home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

describe("colour", () => {
  it.each([
    { name: "none on a pipe", env: {}, colored: false },
    { name: "forced by FORCE_COLOR", env: { FORCE_COLOR: "1" }, colored: true },
    { name: "not by FORCE_COLOR=0", env: { FORCE_COLOR: "0" }, colored: false },
    { name: "NO_COLOR", env: { NO_COLOR: "1" }, colored: false },
    { name: "TERM=dumb", env: { TERM: "dumb" }, colored: false },
  ])("$name", async ({ env, colored }) => {
    const { stdout, stderr } = await home.run(rate, { env });
    expect(stdout.includes(esc)).toBe(colored);
    const error = await home.run(["nonsense"], { env });
    expect(error.stderr.includes(esc)).toBe(colored);
    expect(stderr).toContain("Rating");
  });

  it("never gets into --json", async () => {
    const { stdout } = await home.run([...rate, "--json"], { env: { FORCE_COLOR: "1" } });
    expect(stdout).not.toContain(esc);
  });
});

it("prints plain lines of progress where stderr is no terminal, none of them on stdout", async () => {
  const { stdout, stderr } = await home.run(rate);
  expect(stderr).toContain(`Rating ${flights} …`);
  expect(stderr).not.toContain("\r");
  expect(stdout).not.toContain("Rating");
});

it("is one JSON document for whoever interrupts while it is written", async () => {
  const child = home.start(["specs", "bundle", "openapi/partner-api.yaml", "--format", "json", "--json"]);
  await once(child.stdout, "readable");
  child.kill("SIGINT");
  const { stdout } = await finished(child);
  // The rest of it may never be read: what must not be is another one behind it.
  expect(stdout.slice(0, 28)).toBe('{"schema":"eco/v1","ok":true');
  expect(stdout.includes("ECO_INTERRUPTED")).toBe(false);
});

it("gives a slow reader everything", async () => {
  const child = home.start(["specs", "bundle", "openapi/partner-api.yaml", "--format", "json"]);
  await once(child.stdout, "readable");
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { stdout, status } = await finished(child);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toHaveProperty("openapi");
});

it("ends quietly when the reader has had enough", async () => {
  const child = home.start(["specs", "bundle", "openapi/partner-api.yaml"]);
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  await once(child.stdout, "data");
  child.stdout.destroy();
  const [status] = await once(child, "close");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

it("strips control characters of a file before they reach the terminal", async () => {
  const path = join(home.path, "evil.csv");
  await writeFile(path, `departed_at,delay_minutes,distance_miles\n${esc}[2Jgone,0,5\n`);
  const { stdout, stderr } = await home.run(["rate", path, ...rate.slice(2)]);
  expect(`${stdout}${stderr}`).not.toContain(esc);
  expect(stderr).toContain("gone");
});

it.each([{ args: [] }, { args: ["--json"] }])("ends with 130 when interrupted %j", async ({ args }) => {
  const child = home.start([...rate.with(1, "-"), "--format", "csv", ...args]);
  const started = once(child.stderr, "data");
  child.stdin.write("departed_at,delay_minutes,distance_miles\n2001-01-01T06:55:00,-19,1797\n");
  await started;
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.kill("SIGINT");
  const [status] = await once(child, "close");
  expect(status).toBe(130);
  if (args.length > 0)
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: "ECO_INTERRUPTED" } });
  else expect(stdout).toBe("");
});

it("works when it is started through a link, as package managers do", async () => {
  const link = join(home.path, "eco");
  const { symlink } = await import("node:fs/promises");
  await symlink(join(projectRoot, "cli/bin.js"), link);
  const { stdout, status } = await finished(spawn(process.execPath, [link, "--version"]));
  expect(status).toBe(0);
  expect(stdout).toMatch(/^eco /);
});
