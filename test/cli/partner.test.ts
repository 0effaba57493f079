import { existsSync } from "node:fs";
import { readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { standBetween } from "./support/between.ts";
import { finished, type Home, newHome, projectRoot } from "./support/eco.ts";
import { openEndpoint } from "./support/endpoint.ts";
import { type RunningSandbox, startSandbox } from "./support/sandbox.ts";

type Item = Readonly<Record<string, string | number | boolean>>;
interface Profile {
  readonly clientId: string;
  readonly clientSecret: string;
}

let home: Home;
let sandbox: RunningSandbox;
beforeEach(async () => {
  home = await newHome();
  sandbox = await startSandbox(home, ["--database", "memory", "--allow-loopback-webhooks"]);
});
afterEach(async () => {
  await sandbox[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

const eco = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const ran = await home.run([...args, "--json"], { env: { ECO_SANDBOX: sandbox.url, ...env } });
  return { ...ran, result: ran.json.result as Readonly<Record<string, unknown>>, error: ran.json.error };
};

const onboard = async (...more: string[]): Promise<void> => {
  const company = ["--name", "Saltmarsh Kitchen", "--role", "complementor", "--email", "a@saltmarsh.example"];
  const { status, stderr } = await eco([
    "onboard",
    ...company,
    "--contact-name",
    "A",
    "--accept",
    "all",
    ...more,
  ]);
  expect(status, stderr).toBe(0);
};

const profileFile = (): string => join(home.path, "config/eco/profiles/default.json");
const profile = async (): Promise<Profile> => JSON.parse(await readFile(profileFile(), "utf8")) as Profile;
const signsIn = async ({ clientId, clientSecret }: Profile): Promise<boolean> => {
  const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
  const answer = await fetch(`${sandbox.url}/v1/oauth/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  return answer.ok;
};
const credentials = async (): Promise<readonly Item[]> =>
  (await eco(["partner", "show"])).result["credentials"] as readonly Item[];

describe("eco partner show", () => {
  it("tells company, credentials, endpoints and agreements, and no secret", async () => {
    const endpoint = await openEndpoint();
    await onboard("--webhook", endpoint.url);
    const text = await home.run(["partner", "show"], { env: { ECO_SANDBOX: sandbox.url } });
    const { clientId } = await profile();
    expect(text.status).toBe(0);
    expect(text.stdout).toMatch(/^Status +active$/m);
    expect(text.stdout).toMatch(new RegExp(`^\\* +${clientId} `, "m"));
    const { result, stdout } = await eco(["partner", "show"]);
    expect(result).toMatchObject({
      party: { id: "saltmarsh-kitchen", name: "Saltmarsh Kitchen", status: "active", tier: "bronze" },
      credentials: [{ clientId, inUse: true }],
      endpoints: [{ url: endpoint.url, status: "verified" }],
      certifications: [],
      refused: {},
      notOffered: [],
    });
    const secrets =
      (await readFile(profileFile(), "utf8")).match(/"(?:clientSecret|secret)": "[^"]+"/g) ?? [];
    expect(secrets).toHaveLength(2);
    for (const secret of secrets)
      expect(stdout + text.stdout + text.stderr).not.toContain(secret.split('"')[3]);
  });

  it("tells what is not shown to a company that has left", async () => {
    await onboard();
    await eco(["partner", "exit", "--reason", "Closed.", "--no-export", "--yes"]);
    const { result, status } = await eco(["partner", "show"]);
    expect(status).toBe(0);
    expect(result).toMatchObject({
      party: { status: "exited" },
      credentials: [{ inUse: true }],
      refused: { endpoints: expect.stringContaining("webhooks:write") },
    });
  });
});

describe("eco partner rotate", () => {
  it("keeps the new secret for the owner alone, beside the former until the virtual clock ends that", async () => {
    await onboard();
    const first = await profile();
    const { result, stdout, stderr } = await eco(["partner", "rotate", "--overlap", "PT2H"]);
    const second = await profile();
    expect(result).toMatchObject({
      clientId: second.clientId,
      former: [{ clientId: first.clientId }],
      resumed: false,
    });
    expect(stdout + stderr).not.toContain(second.clientSecret);
    expect((await stat(profileFile())).mode & 0o777).toBe(0o600);
    expect([await signsIn(first), await signsIn(second)]).toEqual([true, true]);
    await home.run(["sandbox", "clock", "--advance", "PT2H", "--sandbox", sandbox.url]);
    expect([await signsIn(first), await signsIn(second)]).toEqual([false, true]);
    expect((await eco(["whoami"])).status).toBe(0);
  });

  it("with --now ends all former ones, but only by the new", async () => {
    await onboard();
    const first = await profile();
    await eco(["partner", "rotate"]);
    const second = await profile();
    const { result } = await eco(["partner", "rotate", "--now"]);
    expect(result).toMatchObject({ former: [], ended: [first.clientId, second.clientId] });
    expect([await signsIn(first), await signsIn(second), await signsIn(await profile())]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("killed while it waits for the answer, goes on under the same key and is given the same secret", async () => {
    await onboard();
    const first = await profile();
    const given: string[] = [];
    let killed: () => void = () => undefined;
    let kills = true;
    await using between = await standBetween(sandbox.url, (body) => {
      const { clientSecret } = body as { clientSecret?: string };
      if (clientSecret !== undefined) given.push(clientSecret);
      if (clientSecret !== undefined && kills) killed();
      return body;
    });
    const args = ["partner", "rotate", "--sandbox", between.url, "--json"];
    const child = home.start([...args, "--now"]);
    // In the very moment in which the answer passes by: the sandbox has the new secret, and nobody else has.
    killed = () => child.kill("SIGKILL");
    await finished(child);
    kills = false;
    expect(given).toHaveLength(1);
    expect(await profile()).toEqual(first);
    const again = await home.run(args);
    expect(again.status, again.stderr).toBe(0);
    expect(again.json.result).toMatchObject({ resumed: true, ended: [first.clientId] });
    const second = await profile();
    expect(given).toEqual([second.clientSecret, second.clientSecret]);
    expect([await signsIn(first), await signsIn(second)]).toEqual([false, true]);
    expect(await credentials()).toHaveLength(1);
    // Done is done: the next one is a rotation of its own.
    expect((await home.run(args)).json.result).toMatchObject({ resumed: false });
  });

  it("loses nothing where the new secret can't be written: the former one counts, and the next run is given the same", async () => {
    await onboard();
    const first = await profile();
    const [link, file] = [join(home.path, "link"), join(home.path, "secret")];
    await writeFile(join(home.path, "target"), "before");
    await symlink(join(home.path, "target"), link);
    const refused = await eco(["partner", "rotate", "--secret-file", link]);
    expect([refused.status, refused.error]).toMatchObject([
      2,
      {
        code: "ECO_FILE_UNREADABLE",
        fix: expect.stringContaining("is given the same secret. The former secret counts until 20"),
      },
    ]);
    expect(await readFile(join(home.path, "target"), "utf8")).toBe("before");
    expect(await signsIn(first)).toBe(true);
    const { result } = await eco(["partner", "rotate", "--secret-file", file]);
    expect(result).toMatchObject({ resumed: true, secretFile: file });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const clientSecret = (await readFile(file, "utf8")).trim();
    expect(await signsIn({ clientId: String(result["clientId"]), clientSecret })).toBe(true);
    expect(await credentials()).toHaveLength(2);
    expect(await profile()).toEqual(first);
  });

  it("forgets a rotation that was refused, and says why", async () => {
    await onboard();
    const wrong = await eco(["partner", "rotate", "--overlap", "P30D"]);
    expect([wrong.status, wrong.error]).toMatchObject([2, { code: "ECO_REQUEST_INVALID" }]);
    const other = await eco(["partner", "rotate", "client_x", "--secret-file", join(home.path, "x")]);
    expect(other.error).toMatchObject({
      code: "ECO_NOT_FOUND",
      fix: expect.stringContaining("eco partner show"),
    });
    expect(await readdir(join(home.path, ".local/state/eco/rotations"))).toEqual([]);
    expect((await eco(["partner", "rotate"])).result).toMatchObject({ resumed: false });
  });

  it("asks for nothing before it knows where to keep the answer", async () => {
    await onboard();
    const { clientId, clientSecret } = await profile();
    const strange = await eco(["partner", "rotate", "client_x"]);
    expect(strange.error).toMatchObject({ code: "ECO_USAGE", message: expect.stringContaining(clientId) });
    const env = { ECO_CLIENT_ID: clientId, ECO_CLIENT_SECRET: clientSecret };
    const elsewhere = await eco(["partner", "rotate"], env);
    expect(elsewhere.error).toMatchObject({
      code: "ECO_USAGE",
      fix: expect.stringContaining("--secret-file"),
    });
    expect(await credentials()).toHaveLength(1);
  });
});

describe("eco partner exit", () => {
  const file = (party = "saltmarsh-kitchen"): string => join(home.path, `${party}-export.json`);
  const status = async (): Promise<unknown> =>
    ((await eco(["partner", "show"])).result["party"] as Item)["status"];

  it("does nothing before it was confirmed, and nothing that could fail later", async () => {
    await onboard();
    const preview = await eco(["partner", "exit", "--dry-run"]);
    expect(preview.result).toMatchObject({
      status: "active",
      becomes: "exited",
      openEndsCount: 0,
      left: false,
    });
    const open = await eco(["partner", "exit", "--reason", "Closed."]);
    expect(open.error).toMatchObject({ code: "ECO_INPUT_MISSING", fix: expect.stringContaining("--yes") });
    const silent = await eco(["partner", "exit", "--yes"]);
    expect(silent.error).toMatchObject({
      code: "ECO_INPUT_MISSING",
      fix: expect.stringContaining("--reason"),
    });
    expect(existsSync(file())).toBe(false);
    await writeFile(file(), "an older one");
    const taken = await eco(["partner", "exit", "--reason", "Closed.", "--yes"]);
    expect([taken.status, taken.error.code]).toEqual([2, "ECO_FILE_EXISTS"]);
    const unwritable = await eco([
      "partner",
      "exit",
      "--reason",
      "C.",
      "--yes",
      "--export",
      "no/such/folder.json",
    ]);
    expect([unwritable.status, unwritable.error.code]).toEqual([2, "ECO_FILE_UNWRITABLE"]);
    expect(await readFile(file(), "utf8")).toBe("an older one");
    expect(await status()).toBe("active");
  });

  it("shows what is open, takes the data along and leaves; again, it says what it waits for", async () => {
    await eco(["sandbox", "clock", "--set", "2025-03-10T12:00:00Z", "--freeze"]);
    await onboard("--id", "fjord-catering");
    await eco(["sandbox", "clock", "--set", "2025-03-14T12:00:00Z", "--freeze"]);
    const rows = join(home.path, "lunches.csv");
    await writeFile(rows, "id,startedAt,covers,late\nlunch-1,2025-03-11T11:00:00,37,0\n");
    const mapped = ["--map", "covers=covers,delayMinutes=late"];
    const what = ["--product", "catering-cover", "--customer", "nordic-apps", ...mapped];
    const sent = await eco(["deliveries", "submit", rows, ...what]);
    expect(sent.status, sent.stdout).toBe(0);
    const left = await eco(["partner", "exit", "--reason", "Merged.", "--yes"]);
    expect(left.result).toMatchObject({
      status: "exiting",
      left: true,
      openEnds: expect.arrayContaining([
        expect.objectContaining({
          kind: "balance",
          id: expect.stringContaining("fjord-catering/receivable/"),
        }),
      ]),
    });
    expect((await stat(file("fjord-catering"))).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file("fjord-catering"), "utf8"))).toMatchObject({
      party: { id: "fjord-catering", status: "active" },
      deliveries: [{ id: "lunch-1" }],
    });
    const again = await eco(["partner", "exit"]);
    expect([again.status, again.result]).toMatchObject([
      0,
      { status: "exiting", left: true, openEndsCount: 3 },
    ]);
    const closed = await eco(["settlements", "close", "2025-03", "--profile", "harbour"]);
    expect(closed.status, closed.stderr).toBe(0);
    const later = await eco(["partner", "exit", "--export", "later.json"]);
    expect(later.result).toMatchObject({ status: "exited", openEnds: [], exportFile: "later.json" });
    expect(JSON.parse(await readFile(join(home.path, "later.json"), "utf8"))).toMatchObject({
      statements: [{ party: "fjord-catering" }],
    });
  });

  it("says of a company that the sandbox plays that it can't leave", async () => {
    const { status: ended, error } = await eco(["partner", "exit", "--yes", "--profile", "fjord-catering"]);
    expect([ended, error]).toMatchObject([2, { message: expect.stringContaining("played by the sandbox") }]);
  });
});

it("every command of the guide does what the guide says, in its order", async () => {
  await onboard();
  const guide = await readFile(join(projectRoot, "portal/content/guides/your-company.md"), "utf8");
  const lines = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = ""]) =>
    block.trim().split("\n"),
  );
  const ended: Record<string, number | null> = {};
  for (const line of lines) {
    const [program, ...words] = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, bare = ""]) => quoted ?? bare,
    );
    expect(program).toBe("eco");
    ended[line] = (await home.run(words, { env: { ECO_SANDBOX: sandbox.url } })).status;
  }
  expect(lines).toHaveLength(6);
  expect(ended).toEqual(Object.fromEntries(lines.map((line) => [line, 0])));
});
