import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import type { Report } from "../../specs/engine/certification/index.ts";
import { type EcoResult, type Home, newHome, projectRoot } from "./support/eco.ts";
import { type RunningSandbox, startSandbox } from "./support/sandbox.ts";

let home: Home;
let sandbox: RunningSandbox;
let client: string;

beforeAll(async () => {
  home = await newHome();
  sandbox = await startSandbox(home);
  const { catalog } = await loadCatalog(join(projectRoot, "specs"));
  const submit = catalog.operations.find((one) => one.id === "submitDelivery");
  const [delivery] = Object.values(submit?.requestBody?.content["application/json"]?.examples ?? {});
  await writeFile(join(home.path, "delivery.json"), JSON.stringify(delivery));
  const program = join(projectRoot, "test/reference-partner/client-program.ts");
  client = `"${process.execPath}" "${program}"`;
});

afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

function certify(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<EcoResult> {
  const all = ["certify", "--as", "client", "--sandbox", sandbox.url, ...args];
  return home.run(all, { env: { DELIVERY_FILE: join(home.path, "delivery.json"), ...env } });
}

function outcomes(result: EcoResult): Record<string, string> {
  const { checks } = result.json.result as Report;
  return Object.fromEntries(checks.map((one) => [one.definition.id, one.outcome]));
}

describe("eco certify --as client --run", () => {
  it("passes a healthy client while it meets every trouble on the real sandbox", async () => {
    const result = await certify(["--run", client, "--json", "--report", "client.html"]);
    const seen = outcomes(result);
    expect(Object.entries(seen).filter(([, outcome]) => outcome !== "passed")).toEqual([]);
    expect(result.status).toBe(0);
    const html = await readFile(join(home.path, "client.html"), "utf8");
    expect(html).not.toContain("sandbox-blueline-secret");
  });

  it("finds the client that gives up where another attempt would do", async () => {
    const args = [
      "--run",
      client,
      "--check",
      "client.retry.recovers",
      "--check",
      "client.auth.refresh",
      "--json",
    ];
    const result = await certify(args, { CLIENT_MUTANT: "client.auth.refresh" });
    expect(outcomes(result)).toEqual({ "client.retry.recovers": "passed", "client.auth.refresh": "failed" });
    expect(result.status).toBe(3);
  });

  it("ends a client that doesn't come to an end", async () => {
    const forever = `"${process.execPath}" -e "setInterval(() => {}, 1000)"`;
    const result = await certify([
      "--run",
      forever,
      "--wait-timeout",
      "1",
      "--check",
      "client.core.ran",
      "--json",
    ]);
    expect(outcomes(result)).toEqual({ "client.core.ran": "waiting" });
    expect(result.status).toBe(3);
  });

  it.each([
    ["a command that isn't there", ["--run", "no-such-program-here {url}"], 2, "can't be run"],
    ["a command that makes no request", ["--run", `"${process.execPath}" -e 0`], 3, "made no request"],
    ["a recording besides the command", ["--run", "true", "--recording", "a.har"], 2, "--recording"],
  ])("says so of %s", async (_name, args, status, text) => {
    const result = await certify(args);
    expect(`${result.stdout}${result.stderr}`).toContain(text);
    expect(result.status).toBe(status);
  });
});

it("waits for a client that nobody starts, until its deadline, and names what it waits for", async () => {
  const result = await certify(["--wait-timeout", "1", "--json"]);
  const { findings, outcome } = result.json.result as Report;
  expect(result.status).toBe(3);
  expect(result.json.error.message).toContain("wait for your client");
  expect(outcome).toBe("incomplete");
  expect(new Set(findings.map((one) => one.outcome))).toEqual(new Set(["waiting"]));
  for (const finding of findings) expect(Date.parse(finding.deadline ?? "")).toBeGreaterThan(0);
  expect(result.stderr).toMatch(/Let your client talk to http:\/\/127\.0\.0\.1:\d+/);
});

it("observes a client that somebody else starts", async () => {
  const child = home.start([
    "certify",
    "--as",
    "client",
    "--sandbox",
    sandbox.url,
    "--wait-timeout",
    "60",
    "--json",
  ]);
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
  });
  const address = await new Promise<string>((resolve) => {
    let text = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const found = /talk to (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  const { runClient, healthyClient } = await import("../reference-partner/client.ts");
  const delivery = JSON.parse(await readFile(join(home.path, "delivery.json"), "utf8"));
  let draws = 0;
  const random = (): number => {
    draws += 4;
    return (draws % 9) / 9;
  };
  // Days follow one another until each trouble has been met.
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over) {
    await runClient(healthyClient, { base: `${address}/v1`, fetch, delivery, random }).catch(() => undefined);
  }
  const { result } = JSON.parse(stdout) as { result: Report };
  const unmet = result.findings.filter((one) => one.outcome !== "passed");
  expect(unmet.map((one) => `${one.check} ${one.outcome}: ${one.message}`)).toEqual([]);
});
