import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openReceiver, type Received } from "../sandbox/events/receiver.ts";
import { eventually } from "../support/eventually.ts";
import { type Home, newHome } from "./support/eco.ts";
import { openEndpoint } from "./support/endpoint.ts";
import { startSandbox } from "./support/sandbox.ts";

let home: Home;
beforeEach(async () => {
  home = await newHome();
});
afterEach(() => home[Symbol.asyncDispose]());

/** `eco events …` on one sandbox, its result as a table of the texts that a test reads. */
const eventsOf =
  (url: string) =>
  async (...args: string[]) => {
    const ran = await home.run(["events", ...args, "--sandbox", url, "--json"]);
    return { ...ran, result: ran.json.result as { id: string; secretFile: string; status?: string } };
  };

const secretIn = async (file: string): Promise<string> => (await readFile(file, "utf8")).trim();

/** Which of the secrets a webhook is signed with. */
const signers = (secrets: readonly string[], { body, headers }: Received): string[] =>
  secrets.filter((secret) => {
    try {
      new Webhook(secret).verify(body, { ...headers });
      return true;
    } catch {
      return false;
    }
  });

describe("eco events endpoints", () => {
  it("registers one, replaces its secret with an overlap that the virtual clock ends, and takes it away", async () => {
    const receiver = await openReceiver();
    await using sandbox = await startSandbox(home, ["--database", "memory", "--allow-loopback-webhooks"]);
    const eco = eventsOf(sandbox.url);
    const { result: added } = await eco("endpoints", "add", receiver.url, "--party", "nordic-apps");
    expect(JSON.stringify(added)).not.toContain("whsec_");
    expect((await stat(added.secretFile)).mode & 0o777).toBe(0o600);
    const first = await secretIn(added.secretFile);
    const own = join(home.path, "rotated");
    expect((await eco("endpoints", "rotate", added.id, "--secret-file", own)).result.secretFile).toBe(own);
    const secrets = [first, await secretIn(own)];
    const signedBy = async (): Promise<string[]> => {
      const before = receiver.received.length;
      await eco("trigger", "delivery.rated", "--party", "nordic-apps");
      await eventually(() => expect(receiver.received).toHaveLength(before + 1));
      return signers(secrets, receiver.received.at(-1) as Received);
    };
    expect(await signedBy()).toEqual(secrets);
    await home.run(["sandbox", "clock", "--advance", "P1D", "--sandbox", sandbox.url]);
    expect(await signedBy()).toEqual(secrets.slice(1));
    await eco("endpoints", "remove", added.id);
    const { stderr } = await eco("trigger", "delivery.rated", "--party", "nordic-apps");
    expect(stderr).toContain("No endpoint wants it: nothing is sent.");
  });

  it("brings one back that answered 410, on a sandbox of one's own", async () => {
    const receiver = await openReceiver();
    await using sandbox = await startSandbox(home, ["--database", "memory", "--allow-loopback-webhooks"]);
    const eco = eventsOf(sandbox.url);
    const { id } = (await eco("endpoints", "add", receiver.url, "--party", "nordic-apps")).result;
    receiver.answers.push({ status: 410 });
    await eco("trigger", "delivery.rated");
    const status = async () => {
      const { json } = await eco("endpoints", "list");
      return (json.result as { items: { status: string }[] }).items[0]?.status;
    };
    await eventually(async () => expect(await status()).toBe("disabled"));
    expect((await eco("endpoints", "resume", id)).result.status).toBe("active");
    const subject = "after-it-came-back";
    await eco("trigger", "delivery.rated", "--set", `/subject=${subject}`);
    await eventually(() => expect(receiver.received.at(-1)?.body).toContain(subject));
  });

  it("has a party prove its endpoint, at first and after a 410", async () => {
    const receiver = await openReceiver();
    const answering = await openEndpoint();
    await using sandbox = await startSandbox(home, ["--database", "memory", "--allow-loopback-webhooks"]);
    const eco = async (...args: string[]) => eventsOf(sandbox.url)(...args, "--profile", "nordic-apps");
    const good = await eco("endpoints", "add", answering.url);
    expect(good.result).toMatchObject({ verified: true, url: answering.url });
    expect(await secretIn(good.result.secretFile)).toMatch(/^whsec_/);
    expect((await eco("endpoints", "add", answering.url)).json.error).toMatchObject({
      code: "ECO_CONFLICT",
      fix: expect.stringContaining(good.result.id),
    });
    receiver.answers.push({ status: 410 }, { status: 410 });
    const { id } = (await eco("endpoints", "add", receiver.url)).result;
    const resumed = await eco("endpoints", "resume", id);
    expect(resumed.json.error).toMatchObject({
      code: "ECO_STATE_TRANSITION",
      fix: `When your receiver is there again: eco events endpoints verify ${id}`,
    });
    const gone = await eco("endpoints", "verify", id);
    expect([gone.status, gone.json.error.code]).toEqual([2, "ECO_WEBHOOK_UNVERIFIED"]);
    expect(gone.json.error.fix).toContain(`eco events endpoints verify ${id} --challenge TEXT`);
    const challenge = JSON.parse(receiver.received.at(-1)?.body ?? "{}").data.challenge as string;
    expect((await eco("endpoints", "verify", id, "--challenge", "a-guess")).status).toBe(2);
    expect((await eco("endpoints", "verify", id, "--challenge", challenge)).result).toEqual({
      id,
      verified: true,
    });
  });

  it("has an endpoint that is registered already prove itself when its party onboards again", async () => {
    const endpoint = await openEndpoint();
    await using sandbox = await startSandbox(home, ["--database", "memory", "--allow-loopback-webhooks"]);
    const onboard = (...args: string[]) => home.run(["onboard", ...args, "--sandbox", sandbox.url, "--json"]);
    const company = [
      "--name",
      "Salt",
      "--role",
      "customer",
      "--contact-name",
      "A",
      "--email",
      "a@salt.example",
    ];
    const wrong = await onboard(...company, "--accept", "all", "--webhook", "partner.example/hooks");
    expect(wrong.json.error.message).toContain("https://partner.example/webhooks");
    endpoint.answerWith(410);
    expect((await onboard("--webhook", endpoint.url)).stderr).toMatch(/eco events endpoints verify whe_\w+/);
    endpoint.answerWith(200);
    expect((await onboard("--webhook", endpoint.url)).stderr).toContain("is verified now");
    expect((await onboard("--webhook", endpoint.url)).stderr).toContain("is registered already.");
    expect(endpoint.ids).toHaveLength(2);
  });
});
