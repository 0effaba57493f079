import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { type Home, newHome, projectRoot } from "../cli/support/eco.ts";
import { startSandbox } from "../cli/support/sandbox.ts";
import { openUnruly } from "../support/unruly-server.ts";

const watcher = `--import=${join(import.meta.dirname, "record-sockets.ts")}`;

let home: Home;
let count = 0;
beforeAll(async () => {
  home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

/** The environment that has a program watched, and what it did so far. */
function watched() {
  const file = join(home.path, `sockets-${count++}`);
  const env = { NODE_OPTIONS: watcher, RECORDED_SOCKETS: file };
  const opened = async (): Promise<string[]> => {
    const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
    expect(lines[0]).toBe("watching");
    return lines.filter((line) => line !== "watching");
  };
  return { env, opened };
}

const flights = join(projectRoot, "test/fixtures/flights-2k.csv");

describe("no socket is opened and no name looked up", () => {
  it.each([
    ["--version"],
    ["--help"],
    ["specs lint"],
    ["specs bundle openapi/partner-api.yaml"],
    ["journeys list"],
    ["profile list"],
    [`rate ${flights} --product express-leg --map startedAt=departed_at,arrivalDelayMinutes=delay_minutes`],
  ])("by eco %s", async (line) => {
    const { env, opened } = watched();
    expect((await home.run(line.split(" "), { env })).status).toBe(0);
    expect(await opened()).toEqual([]);
  });

  it("by a sandbox that serves, beyond the port that it listens on", async () => {
    const { env, opened } = watched();
    const child = { ...home, start: (args: readonly string[]) => home.start(args, { env }) };
    const sandbox = await startSandbox(child, ["--database", join(home.path, "quiet.db")]);
    const journey = ["journeys", "run", "first-delivery-rated", "--sandbox", sandbox.url];
    expect((await home.run(journey)).status).toBe(0);
    await sandbox.stop();
    expect(await opened()).toEqual([]);
  });

  it("when all is imported that eco runs with", async () => {
    const { env, opened } = watched();
    // A package that is its submodules alone.
    const names = Object.keys(packageJson.dependencies).map((name) =>
      name === "@noble/hashes" ? `${name}/sha2.js` : name,
    );
    const script = `for (const name of ${JSON.stringify(names)}) await import(name);`;
    await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
      cwd: projectRoot,
      env: { ...env, PATH: process.env["PATH"] ?? "", HOME: home.path },
    });
    expect(names.length).toBeGreaterThan(10);
    expect(await opened()).toEqual([]);
  });
});

it("a command that calls a sandbox talks to that alone", async () => {
  const server = await openUnruly((_request, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end('{"items":[]}'),
  );
  const { env, opened } = watched();
  const asked = await home.run(["deliveries", "list", "--sandbox", server.url], {
    env: { ...env, ECO_TOKEN: "t" },
  });
  expect(asked.status).toBe(0);
  const sockets = await opened();
  expect(sockets).toContain(`request ${server.url}`);
  const { port } = new URL(server.url);
  expect(sockets.filter((one) => !one.includes(port))).toEqual([]);
});
