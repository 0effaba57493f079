import { randomBytes } from "node:crypto";
import { cp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { type EcoResult, type Home, newHome, projectRoot } from "../support/eco.ts";
import { type RunningSandbox, startSandbox } from "../support/sandbox.ts";
import { openStarter, type StarterProject, startReceiver } from "./starter-project.ts";

let home: Home;
beforeAll(async () => {
  home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

interface Scaffolded {
  readonly directory: string;
  readonly files: readonly string[];
  readonly unchanged: readonly string[];
  readonly nextCommand: string;
}
const scaffolded = ({ json }: EcoResult): Scaffolded => (json.result as { scaffold: Scaffolded }).scaffold;

interface StoredProfile {
  readonly clientSecret: string;
  readonly webhooks?: Readonly<Record<string, { readonly url: string; readonly secret: string }>>;
}
const profileOf = async (name: string): Promise<StoredProfile> =>
  JSON.parse(await readFile(join(home.path, "config/eco/profiles", `${name}.json`), "utf8"));

describe("eco onboard --scaffold", () => {
  let sandbox: RunningSandbox;
  let first: EcoResult;
  let starter: StarterProject;
  const onboard = (...args: readonly string[]): Promise<EcoResult> =>
    home.run(["onboard", "--sandbox", sandbox.url, "--no-input", "--json", ...args]);
  const answers = ["--name", "Saltmarsh Kitchen", "--role", "complementor", "--accept", "all"];
  const contact = ["--contact-name", "Aino Laine", "--email", "aino@saltmarsh.example"];

  beforeAll(async () => {
    sandbox = await startSandbox(home, ["--database", "memory", "--allow-loopback-webhooks"]);
    first = await onboard(...answers, ...contact, "--scaffold", "mine");
    expect(first.stderr).toContain("Next: cd mine && npm install && npm test");
    starter = await openStarter(home, join(home.path, "mine"));
  });
  afterAll(() => sandbox[Symbol.asyncDispose]());

  it("writes a project at the end of the onboarding and says which files", async () => {
    expect(first.status).toBe(0);
    const { directory, files, unchanged, nextCommand } = scaffolded(first);
    expect([directory, unchanged, nextCommand]).toEqual([
      starter.directory,
      [],
      "cd mine && npm install && npm test",
    ]);
    expect([...files].sort()).toEqual(Object.keys(starter.files).sort());
    expect(first.json.result).toMatchObject({ party: "saltmarsh-kitchen", status: "active" });
  });

  it("holds no secret, in no file and no output", async () => {
    const { clientSecret } = await profileOf("default");
    expect(clientSecret.length).toBeGreaterThan(16);
    const all = Object.values(starter.files).join("\n") + first.stdout + first.stderr;
    expect(all).not.toContain(clientSecret);
    expect(all).not.toContain("whsec_A");
    expect(starter.files[".gitignore"]).toContain(".env\n");
  });

  it("asks for the whole of what --force belongs to", async () => {
    expect((await onboard("--force")).status).toBe(2);
  });

  it("registers nobody where the folder can't be one", async () => {
    await writeFile(join(home.path, "a-file"), "mine");
    const refused = await onboard(...answers, ...contact, "--profile", "nobody", "--scaffold", "a-file");
    expect([refused.status, refused.json.error.code]).toEqual([2, "ECO_FILE_UNWRITABLE"]);
    await expect(profileOf("nobody")).rejects.toThrow("ENOENT");
  });

  it("passes the compiler", async () => {
    expect(await starter.typeErrors()).toBe("");
  });

  it("submits a delivery as the partner, and takes in the event that the sandbox signs for it", async () => {
    await using receiver = await startReceiver(starter);
    const registered = await onboard("--webhook", receiver.url);
    expect(registered.json.result).toMatchObject({ webhookVerified: true });
    const call = await starter.run(["src/first-call.ts"]);
    expect([call.status, call.stderr]).toEqual([0, ""]);
    expect(call.stdout).toMatch(/^201 /);
    expect(JSON.parse(call.stdout.slice(4))).toMatchObject({
      provider: "saltmarsh-kitchen",
      status: "rated",
    });
    await eventually(() => expect(receiver.told).toContain("campus.harbour.delivery.rated.v1"));
    expect((await starter.run(["src/first-call.ts"])).stdout).toMatch(/^200 /);
  });

  it("lets no forged, old or repeated event have an effect", async () => {
    const secret = `whsec_${randomBytes(24).toString("base64")}`;
    const events = join(starter.directory, "events.db");
    const env = { ECO_WEBHOOK_SECRET: secret, EVENTS_FILE: events, INSPECTION: "1" };
    const type = "campus.harbour.delivery.rated.v1";
    const body = JSON.stringify({ id: "evt_1", type, data: { marker: "told-once" } });
    const signed = (id: string, at: Date, by = secret, text = body): Record<string, string> => ({
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(by).sign(id, at, text),
    });
    const now = new Date();
    const genuine = signed("evt_1", now);
    {
      await using receiver = await startReceiver(starter, env);
      const send = async (headers: Record<string, string>, text = body): Promise<number> =>
        (await fetch(receiver.url, { method: "POST", headers, body: text })).status;
      const forger = `whsec_${randomBytes(24).toString("base64")}`;
      expect(await send(signed("evt_0", now, forger))).toBe(401);
      expect(await send(genuine, body.replace("told-once", "told-lies"))).toBe(401);
      // The same JSON, and not the same bytes.
      expect(await send(genuine, body.replace(":", ": "))).toBe(401);
      expect(await send(signed("evt_0", new Date(now.getTime() - 301_000)))).toBe(401);
      expect(await send({})).toBe(400);
      expect(receiver.told).not.toContain("told-");
      expect(await Promise.all([send(genuine), send(genuine), send(genuine)])).toEqual([204, 204, 204]);
      const seen = await fetch(receiver.url.replace("webhooks", "inspection?id=evt_1"));
      expect(await seen.json()).toEqual({ id: "evt_1", effects: 1 });
    }
    // A restart has forgotten nothing.
    await using receiver = await startReceiver(starter, env);
    expect((await fetch(receiver.url, { method: "POST", headers: genuine, body })).status).toBe(204);
    const seen = await fetch(receiver.url.replace("webhooks", "inspection?id=evt_1"));
    expect(await seen.json()).toEqual({ id: "evt_1", effects: 0 });
  });

  it("shows check by check where the partner stands, by its own tests", async () => {
    const { stdout, status } = await starter.run([
      "--test",
      "--test-reporter=tap",
      "test/certification.test.ts",
    ]);
    const failed = [...stdout.matchAll(/^ *not ok \d+ - (\S+?):/gm)].map(([, id]) => id);
    // What only the partner can answer is left to it.
    expect([status, failed]).toEqual([1, ["receiver.reply.declared", "receiver.data.erasure"]]);
    const passed = [...stdout.matchAll(/^ *ok \d+ - (\w+)\.\S+:(?!.*# SKIP)/gm)].map(([, part]) => part);
    expect(new Set(passed)).toEqual(new Set(["client", "receiver", "governance"]));
    expect(passed.length).toBeGreaterThan(40);
    expect(stdout).toContain("Fix: ");
  });
});

/** A starter for a party of an ecosystem that has other words, paths and events, there for all tests of a block. */
function useStarter(ecosystem: string, party: string) {
  const specs = join(projectRoot, "test/fixtures/ecosystems", ecosystem);
  let sandbox: RunningSandbox;
  let first: EcoResult;
  let starter: StarterProject;
  const onboard = (...args: readonly string[]): Promise<EcoResult> =>
    home.run([
      ...["onboard", "--sandbox", sandbox.url, "--specs", specs, "--profile", party],
      ...["--scaffold", `of-${party}`, "--json", ...args],
    ]);
  beforeAll(async () => {
    sandbox = await startSandbox(home, ["--database", "memory", "--specs", specs]);
    first = await onboard();
    starter = await openStarter(home, scaffolded(first).directory);
  });
  afterAll(() => sandbox[Symbol.asyncDispose]());
  return { onboard, first: () => first, starter: () => starter };
}

describe.each([
  ["roaming-charging", "voltport", "Report a charging session"],
  ["quality-on-demand", "northcell", "The network reports what a session was worth"],
])("for %s, which has other words, paths and events", (ecosystem, party, summary) => {
  const { first, starter } = useStarter(ecosystem, party);

  it("is written for a party with published credentials, passes the compiler and submits a delivery", async () => {
    expect([first().status, first().stderr]).toEqual([0, expect.stringContaining("Nobody registers here")]);
    const all = Object.values(starter().files).join("\n");
    expect(all).not.toMatch(/harbour/i);
    expect(all).not.toContain((await profileOf(party)).clientSecret);
    expect(starter().files["README.md"]).toContain(summary);
    expect(await starter().typeErrors()).toBe("");
    const call = await starter().run(["src/first-call.ts"]);
    expect([call.status, call.stderr]).toEqual([0, ""]);
    expect(call.stdout).toMatch(/^201 /);
  });
});

describe("a starter that is there", () => {
  const { onboard, starter } = useStarter("roaming-charging", "drivemile");

  it("changes nothing when it is written again, and names what it would have to replace", async () => {
    const again = await onboard();
    expect([again.status, scaffolded(again).files]).toEqual([0, []]);
    const changed = join(starter().directory, "src/events.ts");
    await writeFile(changed, "// mine\n");
    const refused = await onboard();
    expect([refused.status, refused.json.error.code]).toEqual([2, "ECO_FILE_EXISTS"]);
    expect(refused.json.error.message).toContain("src/events.ts");
    expect(await readFile(changed, "utf8")).toBe("// mine\n");
    const forced = await onboard("--force");
    expect([forced.status, scaffolded(forced).files]).toEqual([0, ["src/events.ts"]]);
    expect(await readFile(changed, "utf8")).toBe(starter().files["src/events.ts"]);
  });

  it("doesn't pass the compiler with a field that the documents don't know", async () => {
    const call = join(starter().directory, "src/first-call.ts");
    await writeFile(call, (starter().files["src/first-call.ts"] ?? "").replace("tariff_id:", "unheardOf:"));
    expect(await starter().typeErrors()).toMatch(/first-call\.ts.*unheardOf/s);
  });
});

it("writes nothing where a document's name leads elsewhere", async () => {
  const specs = join(home.path, "specs");
  await cp(join(projectRoot, "test/fixtures/ecosystems/roaming-charging"), specs, { recursive: true });
  await rename(join(specs, "openapi.yaml"), join(specs, "c:evil.yaml"));
  await rm(join(specs, "arazzo.yaml"));
  await using sandbox = await startSandbox(home, ["--database", "memory", "--specs", specs]);
  const refused = await home.run([
    ...["onboard", "--sandbox", sandbox.url, "--specs", specs, "--profile", "drivemile"],
    ...["--scaffold", "evil", "--json"],
  ]);
  expect([refused.status, refused.json.error.code]).toEqual([2, "ECO_FILE_NAME_UNSAFE"]);
  expect(refused.json.error.message).toContain("c:evil.ts");
  expect(await readdir(home.path)).not.toContain("evil");
});
