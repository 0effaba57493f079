import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Listening, listen, type Sandbox } from "../../sandbox/index.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";

/** An independent runner, Redocly's `respect`, on the journeys as they are published. */
const root = join(import.meta.dirname, "../..");
const runner = join(root, "node_modules/@redocly/cli/bin/cli.js");
// `respect` runs no steps of AsyncAPI, which Arazzo has from 1.1 on.
const files = readdirSync(join(root, "specs/arazzo"))
  .filter((file) => file.endsWith(".yaml"))
  .filter((file) => /^arazzo: 1\.0\./m.test(readFileSync(join(root, "specs/arazzo", file), "utf8")));

let sandbox: Sandbox;
let listening: Listening;

beforeAll(async () => {
  const { catalog } = await loadCatalog(join(root, "specs"));
  sandbox = await createSandbox({ catalog });
  listening = await listen(sandbox, { port: 0 });
});

afterAll(async () => {
  await listening.close();
});

function respect(): Promise<{ status: number; output: string }> {
  const server = `partner=${listening.url}/v1`;
  const args = [runner, "respect", ...files.map((file) => join("specs/arazzo", file)), "-S", server];
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, env }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr });
    });
  });
}

describe("an independent Arazzo runner", () => {
  // One process for all of them: it takes longer to start than to run a journey.
  it.each(["first", "second"])("runs every journey to its end: the %s time on one sandbox", async () => {
    const { status, output } = await respect();
    expect(status, output).toBe(0);
    expect(output).toMatch(/Workflows: \d+ passed, \d+ total/);
    for (const file of files) expect(output).toContain(file);
  });
});
