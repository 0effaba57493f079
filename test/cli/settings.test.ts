import { chmod, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type EcoResult, type Home, newHome } from "./support/eco.ts";

let home: Home;
beforeEach(async () => {
  home = await newHome();
});
afterEach(() => home[Symbol.asyncDispose]());

const url = (n: number): string => `http://127.0.0.1:${n}`;
const profileFile = (name: string): string => join(home.path, "config/eco/profiles", `${name}.json`);

async function saveProfile(name: string, profile: object, mode = 0o600): Promise<void> {
  await mkdir(dirname(profileFile(name)), { recursive: true });
  await writeFile(profileFile(name), JSON.stringify(profile), { mode });
  await chmod(profileFile(name), mode);
}

function check({ json }: EcoResult, name: string): { value: string; note: string } | undefined {
  const { checks } = json.result as { checks: { name: string; value: string; note: string }[] };
  return checks.find((one) => one.name === name);
}

describe("precedence: flag, environment, project file, profile, default", () => {
  it.each([
    { from: "the default", setup: [], want: { value: url(4010), note: "default" } },
    { from: "the profile", setup: ["profile"], want: { value: url(2), note: "profile default" } },
    {
      from: "the project file",
      setup: ["profile", "project"],
      want: { value: url(3), note: expect.stringContaining("eco.config.yaml") },
    },
    {
      from: "the environment",
      setup: ["profile", "project", "env"],
      want: { value: url(4), note: "ECO_SANDBOX" },
    },
    {
      from: "the flag",
      setup: ["profile", "project", "env", "flag"],
      want: { value: url(5), note: "--sandbox" },
    },
  ])("the sandbox's address comes from $from", async ({ setup, want }) => {
    if (setup.includes("profile")) await saveProfile("default", { sandbox: url(2) });
    if (setup.includes("project"))
      await writeFile(join(home.path, "eco.config.yaml"), `sandbox: ${url(3)}\n`);
    const cwd = join(home.path, "deep/below");
    await mkdir(cwd, { recursive: true });
    const result = await home.run(
      ["doctor", "--json", ...(setup.includes("flag") ? ["--sandbox", url(5)] : [])],
      {
        cwd,
        env: setup.includes("env") ? { ECO_SANDBOX: url(4) } : {},
      },
    );
    expect(check(result, "Sandbox address")).toMatchObject(want);
  });

  it("names a mistake in the project file", async () => {
    await writeFile(join(home.path, "eco.config.yaml"), "sandbx: http://127.0.0.1:1\n");
    const { json, status } = await home.run(["doctor", "--json"]);
    expect(status).toBe(2);
    expect(json.error.message).toContain("`sandbx`");
  });
});

describe("doctor", () => {
  it("exits with 5 where the sandbox can't be reached, and shows everything else all the same", async () => {
    const result = await home.run(["doctor", "--sandbox", url(1), "--json"]);
    expect(result.status).toBe(5);
    expect(result.json.error.code).toBe("ECO_SANDBOX_UNREACHABLE");
    expect(check(result, "Node")?.value).toBe(process.versions.node);
    expect(check(result, "Spec set")?.value).toContain("Harbour Campus");
  });
});

describe("profiles", () => {
  it("are refused behind a symbolic link", async () => {
    await saveProfile("real", { clientId: "c", clientSecret: "s" });
    await symlink(profileFile("real"), profileFile("default"));
    const { json, status } = await home.run(["whoami", "--json"]);
    expect(status).toBe(2);
    expect(json.error.message).toContain("symbolic link");
  });

  it("warn when others can read them", async () => {
    await saveProfile(
      "default",
      { sandbox: url(1), clientId: "c", clientSecret: "canary-secret", party: "p" },
      0o644,
    );
    const { stderr, status } = await home.run(["whoami"]);
    expect(status).toBe(5);
    expect(stderr).toContain("chmod 600");
    expect(stderr).not.toContain("canary-secret");
  });

  it.each(["../escape", "a/b", ".hidden", "", "a\\b"])("can't be named %j", async (name) => {
    const { json, status } = await home.run(["profile", "use", name, "--json"]);
    expect(status).toBe(2);
    expect(json.ok).toBe(false);
  });

  it("are listed, chosen, shown without their secret, and removed", async () => {
    await saveProfile("bakery", {
      party: "bakery",
      clientId: "id-1",
      clientSecret: "canary-secret",
      sandbox: url(9),
    });
    expect((await home.run(["profile", "use", "bakery"])).status).toBe(0);
    expect((await stat(join(home.path, "config/eco/current-profile"))).mode & 0o777).toBe(0o600);
    const list = await home.run(["profile", "list", "--json"]);
    expect(list.json.result).toEqual({
      profiles: [{ name: "bakery", inUse: true, party: "bakery", sandbox: url(9), credentials: true }],
    });
    const show = await home.run(["profile", "show", "--json"]);
    expect(show.json.result).toMatchObject({ party: "bakery", credentials: true });
    expect(show.stdout + show.stderr + list.stdout).not.toContain("canary-secret");
    const unsure = await home.run(["profile", "remove", "bakery", "--json"]);
    expect(unsure.json.error).toMatchObject({
      code: "ECO_INPUT_MISSING",
      fix: expect.stringContaining("--yes"),
    });
    expect((await home.run(["profile", "remove", "bakery", "--yes"])).status).toBe(0);
    await expect(readFile(profileFile("bakery"))).rejects.toThrow();
  });

  it("keep their credentials from an address that only a project file names", async () => {
    await saveProfile("default", { sandbox: url(1), clientId: "c", clientSecret: "s", party: "p" });
    await writeFile(join(home.path, "eco.config.yaml"), `sandbox: ${url(3)}\n`);
    const { json, status } = await home.run(["whoami", "--json"]);
    expect(status).toBe(4);
    expect(json.error.message).toContain(`was issued by ${url(1)}`);
    expect((await home.run(["whoami", "--sandbox", url(3)])).status).toBe(5);
  });

  it.each([
    ["ECO_TOKEN", { ECO_TOKEN: "canary-token" }, ["whoami"]],
    ["ECO_CLIENT_SECRET", { ECO_CLIENT_ID: "c", ECO_CLIENT_SECRET: "canary-secret" }, ["deliveries", "list"]],
    ["ECO_SANDBOX_TOKEN", { ECO_SANDBOX_TOKEN: "canary-control-token" }, ["sandbox", "party"]],
    ["ECO_SANDBOX_TOKEN", { ECO_SANDBOX_TOKEN: "canary-control-token" }, ["events", "list"]],
  ])("%s of the environment is not sent where only a project file says", async (name, env, command) => {
    const strange = "https://sandbox.invalid";
    await writeFile(join(home.path, "eco.config.yaml"), `sandbox: ${strange}\n`);
    const refused = await home.run([...command, "--json"], { env });
    expect([refused.status, refused.json.error.code]).toEqual([4, "ECO_NOT_SIGNED_IN"]);
    expect(refused.json.error.message).toContain(`${name} is not sent there`);
    expect(refused.json.error.message).toContain("eco.config.yaml");
    // Named by a flag or by the environment, it is tried; and so is this machine.
    for (const meant of [{ ECO_SANDBOX: url(1) }, {}]) {
      await writeFile(join(home.path, "eco.config.yaml"), `sandbox: ${url(1)}\n`);
      expect((await home.run([...command, "--json"], { env: { ...env, ...meant } })).status).toBe(5);
    }
  });

  it("a token of the environment goes to the sandbox that the profile was made at", async () => {
    const own = "https://sandbox.invalid";
    await saveProfile("default", { sandbox: own });
    await writeFile(join(home.path, "eco.config.yaml"), `sandbox: ${own}\n`);
    const { status } = await home.run(["deliveries", "list", "--json"], { env: { ECO_TOKEN: "t" } });
    expect(status).toBe(5);
  });

  it("that do not exist, nor are a party with published credentials, end with 4", async () => {
    const { json, status } = await home.run(["deliveries", "list", "--profile", "nobody", "--json"]);
    expect(status).toBe(4);
    expect(json.error).toMatchObject({
      code: "ECO_NOT_SIGNED_IN",
      fix: expect.stringContaining("eco onboard"),
    });
  });
});
