import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Served, serve } from "../reference-partner/serve.ts";
import { type EcoResult, type Home, newHome, projectRoot } from "./support/eco.ts";
import { partnerAnswers, partnerTokens } from "./support/partner.ts";
import { type RunningSandbox, startSandbox } from "./support/sandbox.ts";

let home: Home;
let sandbox: RunningSandbox;
let healthy: Served;
let careless: Served;
let env: Record<string, string>;

beforeAll(async () => {
  home = await newHome();
  sandbox = await startSandbox(home, ["--database", "memory", "--allow-loopback-webhooks"]);
  healthy = await serve(await partnerAnswers());
  careless = await serve(await partnerAnswers("provider.security.alg-none"));
  env = await partnerTokens();
});

afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await Promise.all([healthy.close(), careless.close()]);
  await home[Symbol.asyncDispose]();
});

const as = (party: string, ...args: string[]): Promise<EcoResult> =>
  home.run(["certify", ...args, "--profile", party, "--sandbox", sandbox.url, "--json"], { env });

const submit = (target: Served): Promise<EcoResult> =>
  as(
    "fjord-catering",
    "submit",
    "--as",
    "provider",
    "--level",
    "silver",
    "--by",
    "noa",
    "--target",
    target.url,
    "--wait",
  );

const idOf = ({ json }: EcoResult): string => String((json.result as { id: unknown }).id);

const decide = (id: string, outcome: string): Promise<EcoResult> =>
  as("harbour", "decide", id, "--outcome", outcome, "--reason", "As agreed.", "--reviewer", "maria");

it("certifies a partner from submission to revocation", async () => {
  const submitted = await submit(healthy);
  expect(submitted.json).toMatchObject({ ok: true, result: { status: "submitted", evidence: "passed" } });
  const id = idOf(submitted);
  expect((await decide(id, "issue")).json).toMatchObject({ ok: true, result: { status: "issued" } });
  const listed = await as("fjord-catering", "list", "--status", "issued");
  expect(listed.json.result).toMatchObject({ items: [{ id, party: "fjord-catering", level: "silver" }] });

  const files = ["--certificate", "certificate.jws", "--report", "run.md", "--badge", "badge.svg"];
  expect((await as("fjord-catering", "show", id, ...files)).status).toBe(0);
  expect(await readFile(join(home.path, "run.md"), "utf8")).toContain("provider.core.reachable");
  expect(await readFile(join(home.path, "badge.svg"), "utf8")).toMatch(/^<svg.*silver/s);

  const verify = (): Promise<EcoResult> => as("wayfare", "verify", "certificate.jws", "--online");
  expect((await verify()).json).toMatchObject({ ok: true, result: { valid: true, notes: [] } });
  for (const [outcome, status, result] of [
    ["suspend", 3, { reason: "suspended" }],
    ["reinstate", 0, { valid: true }],
    ["revoke", 3, { reason: "revoked" }],
  ] as const) {
    expect((await decide(id, outcome)).status).toBe(0);
    expect(await verify()).toMatchObject({ status, json: { result } });
  }
});

it("certifies nobody whose run fails: exit 3, and the orchestrator can't issue it", async () => {
  const submitted = await submit(careless);
  expect(submitted).toMatchObject({ status: 3, json: { error: { code: "ECO_CERTIFICATION_FAILED" } } });
  expect(await decide(idOf(submitted), "issue")).toMatchObject({
    status: 2,
    json: { error: { code: "ECO_CERTIFICATION_UNPROVEN" } },
  });
});

it("certifies for gold a client that was watched while it worked, after two persons agreed", async () => {
  const manifest = { id: "blueline", workflows: ["first-delivery-rated", "correction"] };
  await writeFile(join(home.path, "partner.json"), JSON.stringify(manifest));
  const program = join(projectRoot, "test/reference-partner/main.ts");
  const client = `"${process.execPath}" "${program}" --client ${sandbox.url}`;
  const parts = ["--as", "client", "--as", "money", "--as", "journeys", "--level", "gold"];
  const submitted = await as(
    "blueline",
    "submit",
    ...parts,
    "--manifest",
    "partner.json",
    "--run",
    client,
    "--wait",
  );
  expect(submitted.json).toMatchObject({ ok: true, result: { evidence: "passed", reached: "gold" } });
  const agree = (reviewer: string): Promise<EcoResult> =>
    as(
      "harbour",
      "decide",
      idOf(submitted),
      "--outcome",
      "issue",
      "--reason",
      "It holds.",
      "--reviewer",
      reviewer,
    );
  expect((await agree("maria")).json.result).toMatchObject({ status: "submitted" });
  expect((await agree("maria")).json.error.code).toBe("ECO_FOUR_EYES");
  expect((await agree("jussi")).json.result).toMatchObject({ status: "issued", level: "gold" });
  expect((await as("blueline", "show", idOf(submitted), "--certificate", "gold.jws")).status).toBe(0);
  expect((await as("wayfare", "verify", "gold.jws", "--online")).json.result).toMatchObject({
    valid: true,
    certificate: { sub: "blueline", level: "gold", parts: ["client", "journeys", "money"] },
  });
});

it("asks which endpoint is meant where there is none to test as a receiver", async () => {
  const { json, status } = await as("taiga-catering", "submit", "--as", "receiver");
  expect({ status, code: json.error.code }).toEqual({ status: 2, code: "ECO_INPUT_MISSING" });
});
