import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ownPort } from "../support/own-port.ts";
import { startSandbox } from "./support/sandbox.ts";
import { useSandbox } from "./support/shared.ts";

const shared = useSandbox();

const file = (name: string): string => join(shared.home.path, name);
const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
const eco = (...args: string[]) => shared.home.run([...args, "--sandbox", shared.sandbox.url]);

/** Everything that leaves secrets in a file of the user's choice; resolves to the exit status, or null where it had to be ended. */
const writers: readonly (readonly [what: string, write: (path: string) => Promise<number | null>])[] = [
  ["sandbox export", async (path) => (await eco("sandbox", "export", path)).status],
  ["sandbox export, as HAR", async (path) => (await eco("sandbox", "export", path, "--har")).status],
  [
    "sandbox record stop",
    async (path) => {
      await eco("sandbox", "record", "start");
      const { status } = await eco("sandbox", "record", "stop", path);
      return status;
    },
  ],
  [
    "sandbox start --record",
    async (path) => {
      const started = await startSandbox(shared.home, ["--database", "memory", "--record", path]).catch(
        () => undefined,
      );
      if (started === undefined) return 2;
      await started.stop();
      return 0;
    },
  ],
];

describe.each(writers)("%s", (what, write) => {
  const path = (name: string): string => file(`${what.replaceAll(/\W/g, "-")}-${name}`);

  it("writes for the owner alone", async () => {
    expect(await write(path("new"))).toBe(0);
    expect(await modeOf(path("new"))).toBe("600");
  });

  it("closes a file that others could read", async () => {
    await writeFile(path("open"), "before");
    await chmod(path("open"), 0o644);
    expect(await write(path("open"))).toBe(0);
    expect(await modeOf(path("open"))).toBe("600");
    expect(await readFile(path("open"), "utf8")).not.toBe("before");
  });

  it("follows no link that somebody put in its place", async () => {
    await writeFile(path("target"), "before");
    await symlink(path("target"), path("link"));
    expect(await write(path("link"))).toBe(2);
    expect(await readFile(path("target"), "utf8")).toBe("before");
  });
});

it("a database, and all that SQLite puts beside it, is the owner's alone", async () => {
  await using started = await startSandbox(shared.home, ["--database", file("state/.eco/sandbox.db")]);
  await shared.home.run(["deliveries", "list", "--profile", "harbour", "--sandbox", started.url]);
  const beside = await readdir(file("state/.eco"));
  expect(beside.sort()).toEqual(["sandbox.db", "sandbox.db-shm", "sandbox.db-wal"]);
  for (const name of beside) expect([name, await modeOf(file(`state/.eco/${name}`))]).toEqual([name, "600"]);
  expect(await modeOf(file("state/.eco"))).toBe("700");
});

it("a database is never written through a link that somebody put in its place", async () => {
  const link = file("planted.db");
  await symlink(file("elsewhere.db"), link);
  const { status, json } = await shared.home.run([
    "sandbox",
    "start",
    "--database",
    link,
    "--port",
    "0",
    "--json",
  ]);
  expect([status, json]).toMatchObject([2, { error: { code: "ECO_DATABASE_UNUSABLE" } }]);
  expect(JSON.stringify(json)).toContain("is a symbolic link");
  expect(await readdir(file("."))).not.toContain("elsewhere.db");
});

it("a database that can't be made is told with its path", async () => {
  await writeFile(file("no-directory"), "");
  const where = file("no-directory/sandbox.db");
  const { json } = await shared.home.run(["sandbox", "start", "--database", where, "--port", "0", "--json"]);
  expect(json.error.code).toBe("ECO_DATABASE_UNUSABLE");
  expect(json.error.message).toContain(file("no-directory"));
});

it("how to control a sandbox is left in no link, and in a directory of the owner's alone", async () => {
  const state = file("linked-state");
  await mkdir(join(state, "eco/sandboxes"), { recursive: true });
  await writeFile(file("bait"), "before");
  const { port } = new URL(shared.sandbox.url);
  const other = {
    ...shared.home,
    start: (args: readonly string[]) => shared.home.start(args, { env: { XDG_STATE_HOME: state } }),
  };
  const freed = String(await ownPort());
  const args = ["--database", "memory", "--port", freed];
  const first = await startSandbox(other, args);
  expect(await modeOf(join(state, `eco/sandboxes/localhost-${freed}.json`))).toBe("600");
  await first.stop();
  await symlink(file("bait"), join(state, `eco/sandboxes/localhost-${freed}.json`));
  await using _second = await startSandbox(other, args);
  expect(await readFile(file("bait"), "utf8")).toBe("before");
  expect(await modeOf(file(".local/state/eco/sandboxes"))).toBe("700");
  expect(await modeOf(file(`.local/state/eco/sandboxes/localhost-${port}.json`))).toBe("600");
});

it("the secret that events are signed with is left in no link", async () => {
  const state = file("linked-secret");
  await mkdir(join(state, "eco"), { recursive: true });
  await symlink(file("bait"), join(state, "eco/webhook-secret"));
  const { status, json } = await shared.home.run(
    ["events", "trigger", "delivery.rated", "--to", "http://127.0.0.1:9/", "--json"],
    { env: { XDG_STATE_HOME: state } },
  );
  expect({ status, message: json.error.message }).toMatchObject({
    status: 2,
    message: expect.stringContaining("is a symbolic link"),
  });
});
