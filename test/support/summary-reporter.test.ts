import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const reporter = join(root, "test/support/summary-reporter.ts");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "reporter-"));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  /** The last line of what the run wrote. */
  readonly line: string;
  /** The lines under a title of the summary, by the title. */
  readonly under: Readonly<Record<string, readonly string[]>>;
}

/** Runs vitest as a process of its own over a project of the given files. */
async function runVitest(files: Readonly<Record<string, string>>, config = ""): Promise<Ended> {
  const project = await mkdtemp(join(folder, "project-"));
  const imports = `import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";`;
  for (const [name, body] of Object.entries(files))
    await writeFile(join(project, name), `${imports}\n${body}\n`);
  await writeFile(
    join(project, "vitest.config.mjs"),
    `import SummaryReporter from ${JSON.stringify(reporter)};
     export default { test: { reporters: [new SummaryReporter()], maxWorkers: 1, ${config} } };`,
  );
  const { VITEST, VITEST_MODE, VITEST_POOL_ID, VITEST_WORKER_ID, ...env } = process.env;
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  return new Promise((resolve) => {
    const args = [vitest, "run", "--root", project];
    execFile(process.execPath, args, { cwd: project, env }, (error, stdout) => {
      const code = error === null ? 0 : Number(error.code);
      resolve({ code, ...readSummary(stdout) });
    });
  });
}

function readSummary(stdout: string): Omit<Ended, "code"> {
  const under: Record<string, string[]> = {};
  for (const [, title = "", lines = ""] of stdout.matchAll(/^(\S.*):\n((?: {2}.*\n)+)/gmu)) {
    under[title] = lines.trim().split(/\n */u);
  }
  return { line: stdout.trimEnd().split("\n").at(-1) ?? "", under };
}

const FAILED = "Failed without being a test";
const NEVER = "Never ran";

const TWO = `it("one", () => {}); describe("group", () => { it("two", () => {}); });`;

describe("the last line of a run", () => {
  it.each<[string, string, string, readonly string[], readonly string[]]>([
    [
      "an import that throws",
      `throw new Error("no such thing"); ${TWO}`,
      "0 passed, 1 failed",
      ["a.test.ts: no such thing"],
      [],
    ],
    [
      "a group that throws while it is read",
      `it("one", () => {}); describe("group", () => { throw new Error("half read"); });`,
      "0 passed, 1 failed",
      ["a.test.ts: half read"],
      [],
    ],
    [
      "a beforeAll of the file that throws",
      `beforeAll(() => { throw new Error("no server"); }); ${TWO}`,
      "0 passed, 1 failed",
      ["a.test.ts: no server"],
      ["a.test.ts > one", "a.test.ts > group > two"],
    ],
    [
      "a beforeAll of a group that throws, groups within included",
      `it("one", () => {});
       describe("group", () => {
         beforeAll(() => { throw new Error("no server"); });
         it("two", () => {});
         it.skip("put aside", () => {});
         describe("within", () => { it("three", () => {}); });
       });`,
      "1 passed, 1 failed",
      ["a.test.ts > group: no server"],
      ["a.test.ts > group > two", "a.test.ts > group > within > three"],
    ],
    [
      "a beforeEach that throws: each test fails by itself",
      `beforeEach(() => { throw new Error("no server"); }); ${TWO}`,
      "0 passed, 2 failed",
      [],
      [],
    ],
    [
      "an afterAll of the file that throws",
      `afterAll(() => { throw new Error("left open"); }); ${TWO}`,
      "2 passed, 1 failed",
      ["a.test.ts: left open"],
      [],
    ],
    [
      "an afterAll of a group that throws, while a test of it skipped itself",
      `describe("group", () => {
         afterAll(() => { throw new Error("left open"); });
         it("two", (context) => context.skip());
       });`,
      "0 passed, 1 failed",
      ["a.test.ts > group: left open"],
      [],
    ],
    [
      "an unhandled rejection",
      `it("one", async () => {
         void Promise.reject(new Error("nobody waits"));
         await new Promise((resolve) => setImmediate(resolve));
       });`,
      "1 passed, 1 failed",
      ["no test: nobody waits"],
      [],
    ],
    [
      "a file that can't be transformed",
      "it('one', () => { const = 3; });",
      "0 passed, 1 failed",
      [expect.stringMatching(/^a\.test\.ts: Transform failed/u)],
      [],
    ],
    [
      "a worker that dies: the file and the error, and no test of it passes",
      `it("one", () => {}); it("two", () => process.kill(process.pid, "SIGKILL"));`,
      "0 passed, 2 failed",
      ["a.test.ts: it never came to its end", expect.stringMatching(/^no test: /u)],
      ["a.test.ts > one", "a.test.ts > two"],
    ],
    [
      "a file without a test",
      "expect(1).toBe(1);",
      "0 passed, 1 failed",
      [expect.stringMatching(/^a\.test\.ts: /u)],
      [],
    ],
  ])("counts %s", async (_, body, line, failed, never) => {
    const ended = await runVitest({ "a.test.ts": body });
    expect(ended).toEqual({
      code: 1,
      line,
      under: { ...(failed.length > 0 && { [FAILED]: failed }), ...(never.length > 0 && { [NEVER]: never }) },
    });
  });

  it("counts files beside each other, and leaves what passed, failed and was put aside as it is", async () => {
    const ended = await runVitest({
      "a.test.ts": `beforeAll(() => { throw new Error("no server"); }); ${TWO}`,
      "b.test.ts": `${TWO} it("three", () => expect(1).toBe(2)); it.todo("four"); it.skip("five", () => {});`,
    });
    expect([ended.code, ended.line]).toEqual([1, "2 passed, 2 failed"]);
    expect(ended.under[NEVER]).toEqual(["a.test.ts > one", "a.test.ts > group > two"]);
  });

  it("says 0 failed with exit code 0 where all is well", async () => {
    const body = `${TWO} it.fails("three", () => { throw new Error("as it should"); }); it.skip("four", () => {});`;
    expect(await runVitest({ "a.test.ts": body })).toEqual({
      code: 0,
      line: "3 passed, 0 failed",
      under: {},
    });
  });

  it.each<[string, Readonly<Record<string, string>>, string, string]>([
    ["there is no test file", {}, "", "0 passed, 1 failed"],
    [
      "a global set-up throws",
      { "a.test.ts": TWO, "global.ts": `export const setup = () => { throw new Error("no database"); };` },
      `globalSetup: ["./global.ts"]`,
      "0 passed, 1 failed",
    ],
    [
      "a global tear-down throws after all tests have passed",
      { "a.test.ts": TWO, "global.ts": `export const teardown = () => { throw new Error("left open"); };` },
      `globalSetup: ["./global.ts"]`,
      "2 passed, 1 failed",
    ],
  ])("fails with the exit code where %s", async (_, files, config, line) => {
    const ended = await runVitest(files, config);
    expect([ended.code, ended.line]).toEqual([1, line]);
    expect(ended.under[FAILED]).toHaveLength(1);
  });

  it("turns an exit code of 0 into 1 where vitest was told to let errors pass", async () => {
    const body = `it("one", async () => {
      void Promise.reject(new Error("nobody waits"));
      await new Promise((resolve) => setImmediate(resolve));
    });`;
    const ended = await runVitest({ "a.test.ts": body }, "dangerouslyIgnoreUnhandledErrors: true");
    expect([ended.code, ended.line]).toEqual([1, "1 passed, 1 failed"]);
  });
});
