import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openReceiver, type Received } from "../sandbox/events/receiver.ts";
import { eventually } from "../support/eventually.ts";
import { ownPort } from "../support/own-port.ts";
import { type Envelope, finished, type Home, newHome, projectRoot } from "./support/eco.ts";
import { signIn, startSandbox } from "./support/sandbox.ts";

let home: Home;
beforeEach(async () => {
  home = await newHome();
});
afterEach(() => home[Symbol.asyncDispose]());

const foreign = ["--specs", join(projectRoot, "test/fixtures/foreign/streetlights.yaml")];
const ids = (received: readonly Received[]) => received.map(({ headers }) => headers["webhook-id"]);
const resultOf = <T>(json: Envelope): T => json.result as T;

/** Whether a webhook is signed with the secret that the command line keeps. */
async function verify({ body, headers }: Received): Promise<void> {
  const file = join(home.path, ".local/state/eco/webhook-secret");
  new Webhook((await readFile(file, "utf8")).trim()).verify(body, { ...headers });
}

/** `eco events listen` in the background; ready when it says so. */
async function listen(url: string, ...args: string[]) {
  const child = home.start(["events", "listen", ...args, "--sandbox", url]);
  const ended = finished(child, "", false);
  let stderr = "";
  await new Promise<void>((resolve) => {
    child.stderr.on("data", (chunk) => {
      stderr += String(chunk);
      if (stderr.includes("Listening.")) resolve();
    });
    void ended.then(() => resolve());
  });
  return { child, ended, stderr: () => stderr };
}

describe("eco events listen", () => {
  it("brings the events of any spec set to a receiver, signed, again where it fails", async () => {
    const receiver = await openReceiver();
    await using sandbox = await startSandbox(home, ["--database", "memory"]);
    const trigger = async (subject: string) =>
      home.run([
        "events",
        "trigger",
        "delivery.rated",
        "--set",
        `/subject=${subject}`,
        "--sandbox",
        sandbox.url,
      ]);
    await trigger("before");
    const { child, ended } = await listen(sandbox.url, "--forward-to", receiver.url, "--json");
    receiver.answers.push({ status: 503 }, { status: 429, headers: { "retry-after": "1" } });
    for (const subject of ["a", "b"]) expect((await trigger(subject)).status).toBe(0);
    await eventually(() => expect(receiver.received).toHaveLength(4));
    child.kill("SIGINT");
    const { stdout, status } = await ended;
    expect(status).toBe(130);
    const subjects = receiver.received.map(({ body }) => (JSON.parse(body) as { subject: string }).subject);
    expect(new Set(subjects)).toEqual(new Set(["a", "b"]));
    for (const one of receiver.received) await verify(one);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter(({ then }) => then === "done")).toHaveLength(2);
    expect(
      lines
        .filter(({ then }) => then === "retry")
        .map(({ status }) => status)
        .sort(),
    ).toEqual([429, 503]);
  });

  it.each(["SIGTERM", "SIGKILL"] as const)(
    "goes on after a restart of the sandbox that ended by %s, with nothing twice and nothing missed",
    async (signal) => {
      const receiver = await openReceiver();
      const args = ["--database", join(home.path, "sandbox.db"), "--port", String(await ownPort())];
      const first = await startSandbox(home, args);
      const { child, ended, stderr } = await listen(first.url, "--forward-to", receiver.url);
      const trigger = (n: number) =>
        home.run(["events", "trigger", "delivery.rated", "--set", `/subject=s-${n}`, "--sandbox", first.url]);
      for (const n of [1, 2]) await trigger(n);
      await eventually(() => expect(receiver.received).toHaveLength(2));
      await first.stop(signal);
      await using _again = await startSandbox(home, args);
      for (const n of [3, 4]) expect((await trigger(n)).status).toBe(0);
      await eventually(() => expect(receiver.received).toHaveLength(4));
      child.kill("SIGTERM");
      expect((await ended).status).toBe(0);
      expect(new Set(ids(receiver.received)).size).toBe(4);
      expect(stderr()).not.toContain("began again");
    },
  );

  it("says so when the sandbox began again", async () => {
    const receiver = await openReceiver();
    await using sandbox = await startSandbox(home);
    const { child, ended, stderr } = await listen(sandbox.url, "--forward-to", receiver.url);
    await home.run(["sandbox", "reset", "--yes", "--sandbox", sandbox.url]);
    await home.run(["events", "trigger", "case.opened", "--sandbox", sandbox.url]);
    await eventually(() => expect(receiver.received).toHaveLength(1));
    child.kill("SIGTERM");
    await ended;
    expect(stderr()).toContain("The sandbox began again");
  });

  it("gives a party its own events by the operation that lists them, and ends at 410", async () => {
    const receiver = await openReceiver();
    await using sandbox = await startSandbox(home);
    const { ended } = await listen(
      sandbox.url,
      "--forward-to",
      receiver.url,
      "--profile",
      "nordic-apps",
      "--type",
      "case.routed",
    );
    receiver.answers.push({ status: 410 });
    const token = await signIn(sandbox.url, "nordic-apps");
    const opened = await fetch(`${sandbox.url}/v1/cases`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ intent: "park-car", customer: "nordic-apps", subject: "?" }),
    });
    expect(opened.status).toBe(201);
    const { status, stderr } = await ended;
    expect([status, stderr]).toEqual([2, expect.stringContaining("410 Gone")]);
    expect(receiver.received).toHaveLength(1);
    const [came] = receiver.received as [Received];
    await verify(came);
    expect(JSON.parse(came.body)).toMatchObject({
      specversion: "1.0",
      source: "urn:eco:harbour-campus",
      type: "campus.harbour.case.routed.v1",
    });
  });

  it.each([
    [[], "ECO_INPUT_MISSING", "--forward-to"],
    [["--forward-to", "localhost:3000"], "ECO_USAGE", "http://127.0.0.1:3000/webhooks"],
    [["--print", "--type", "delivery.lost"], "ECO_USAGE", "delivery.rated"],
  ])("refuses %j", async (args, code, fix) => {
    const { status, json } = await home.run(["events", "listen", ...args, "--json"]);
    expect([status, json.error.code, json.error.fix]).toEqual([2, code, expect.stringContaining(fix)]);
  });
});

describe("eco events trigger", () => {
  it("sends a message of a document that nobody bound to anything, as it is, signed", async () => {
    const receiver = await openReceiver();
    const args = [
      "events",
      "trigger",
      "lightMeasured",
      "--to",
      receiver.url,
      "--set",
      "/lumens=7",
      ...foreign,
    ];
    const { status, json } = await home.run([...args, "--json"]);
    expect([status, resultOf<{ status: number }>(json).status]).toEqual([0, 204]);
    const [came] = receiver.received as [Received];
    await verify(came);
    expect(came.headers["content-type"]).toBe("application/vnd.streetlights+json");
    expect(JSON.parse(came.body)).toMatchObject({ lumens: 7, sentAt: expect.any(String) });
    const again = await home.run([...args, "--json"]);
    expect(resultOf<{ body: string }>(again.json).body).toBe(came.body);
  });

  it.each([
    [["lightMeasured", "--set", "/lumens=-1"], "ECO_INPUT_INVALID", "/lumens"],
    [["lightMeasured", "--set", "lumens"], "ECO_USAGE", "JSON pointer"],
    [["darkness"], "ECO_USAGE", "There is no message darkness"],
  ])("refuses %j before anything is sent", async (args, code, message) => {
    const receiver = await openReceiver();
    const { status, json } = await home.run([
      "events",
      "trigger",
      ...args,
      "--to",
      receiver.url,
      ...foreign,
      "--json",
    ]);
    expect([status, json.error.code, json.error.message]).toEqual([
      2,
      code,
      expect.stringContaining(message),
    ]);
    expect(receiver.received).toEqual([]);
  });

  it("tells a receiver that refuses from one that isn't there", async () => {
    const receiver = await openReceiver();
    receiver.answers.push({ status: 400 });
    const send = (url: string) =>
      home.run(["events", "trigger", "lightMeasured", "--to", url, ...foreign, "--json"]);
    expect((await send(receiver.url)).json).toMatchObject({
      error: { code: "ECO_REQUEST_REFUSED" },
      result: { status: 400 },
    });
    expect(await send("http://127.0.0.1:1/")).toMatchObject({ status: 5 });
  });

  it("signs with a secret of one's own, which is never printed", async () => {
    const receiver = await openReceiver();
    const secret = `whsec_${Buffer.from("b".repeat(32)).toString("base64")}`;
    const file = join(home.path, "secret");
    await writeFile(file, `${secret}\n`);
    const args = [
      "events",
      "trigger",
      "lightMeasured",
      "--to",
      receiver.url,
      "--secret-file",
      file,
      ...foreign,
    ];
    const { stdout, stderr } = await home.run(args);
    const [{ body, headers }] = receiver.received as [Received];
    new Webhook(secret).verify(body, { ...headers });
    expect(stdout + stderr).not.toContain(secret);
    await writeFile(file, "nonsense");
    expect((await home.run([...args, "--json"])).json.error.code).toBe("ECO_INPUT_INVALID");
  });
});

describe("eco events list", () => {
  it("shows those of all parties on a sandbox of one's own, without credentials", async () => {
    await using sandbox = await startSandbox(home, ["--database", "memory"]);
    const run = (...args: string[]) => home.run(["events", ...args, "--sandbox", sandbox.url, "--json"]);
    await run("trigger", "delivery.rated", "--set", "/subject=a");
    await run("trigger", "dispute.opened", "--set", "/subject=b");
    type Listed = { items: { id: string; subject: string; causedBy: string }[]; more: boolean };
    const { items, more } = resultOf<Listed>((await run("list")).json);
    expect([items.map(({ subject }) => subject), more]).toEqual([["a", "b"], false]);
    const narrowed = async (...args: string[]) =>
      resultOf<Listed>((await run("list", ...args)).json).items.map(({ subject }) => subject);
    expect(await narrowed("--type", "dispute.opened")).toEqual(["b"]);
    expect(await narrowed("--caused-by", items[0]?.causedBy ?? "")).toEqual(["a"]);
    expect(resultOf<Listed>((await run("list", "--limit", "1")).json)).toMatchObject({ more: true });
  });

  it("says which argument is missing, and nothing of flags", async () => {
    const { status, stderr } = await home.run(["events", "trigger"]);
    expect(status).toBe(2);
    expect(stderr).toContain("Missing argument type: The message's type");
    expect(stderr).not.toContain("Note:");
  });
});

describe("eco events show, replay and endpoints", () => {
  it("follow an event of any spec set through its attempts", async () => {
    const receiver = await openReceiver();
    await using sandbox = await startSandbox(home, [
      "--database",
      "memory",
      "--allow-loopback-webhooks",
      ...foreign,
    ]);
    const eco = async <T>(...args: string[]) =>
      resultOf<T>((await home.run(["events", ...args, "--sandbox", sandbox.url, ...foreign, "--json"])).json);
    const access = JSON.parse(
      await readFile(
        join(home.path, `.local/state/eco/sandboxes/localhost-${new URL(sandbox.url).port}.json`),
        "utf8",
      ),
    ) as { token: string };
    await fetch(`${sandbox.url}/_sandbox/endpoints`, {
      method: "POST",
      headers: { authorization: `Bearer ${access.token}`, "content-type": "application/json" },
      body: JSON.stringify({ party: "lamp-post", url: receiver.url }),
    });
    const [endpoint] = (await eco<{ items: [{ id: string; status: string }] }>("endpoints", "list")).items;
    expect(endpoint.status).toBe("active");
    await eco("endpoints", "pause", endpoint.id);
    const { id } = await eco<{ id: string }>("trigger", "lightMeasured", "--party", "lamp-post");
    const shown = () =>
      eco<{ body: string; dispatches: { state: string; attempts: { status: number }[] }[] }>("show", id);
    await eventually(async () => expect((await shown()).dispatches).toMatchObject([{ state: "pending" }]));
    expect(receiver.received).toEqual([]);
    await eco("endpoints", "resume", endpoint.id);
    await eventually(async () =>
      expect((await shown()).dispatches).toMatchObject([{ state: "done", attempts: [{ status: 204 }] }]),
    );
    expect(receiver.received[0]?.body).toBe((await shown()).body);
    expect(await eco("replay", id)).toMatchObject({ dispatches: [{ endpointId: endpoint.id }] });
    await eventually(() => expect(receiver.received).toHaveLength(2));
    expect(new Set(ids(receiver.received))).toEqual(new Set([id]));
    const text = await home.run(["events", "show", id, "--sandbox", sandbox.url, ...foreign]);
    expect(text.stdout).toMatch(/done {2}whe_\w+ {2}http/);
    expect(
      (await home.run(["events", "show", "evt_0", "--sandbox", sandbox.url, ...foreign, "--json"])).json.error
        .code,
    ).toBe("ECO_NOT_FOUND");
  });
});
