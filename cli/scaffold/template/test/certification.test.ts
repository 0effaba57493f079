/** Where you stand: each check of the ecosystem's certification is a test. `npm test`; the sandbox must be running. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

interface Manifest {
  readonly parts: readonly string[];
  readonly inspection?: string;
}

interface Report {
  readonly checks: readonly {
    readonly definition: { readonly id: string; readonly title: string; readonly fix: string };
    readonly outcome: "passed" | "failed" | "warning" | "skipped" | "waiting";
  }[];
  readonly findings: readonly {
    readonly check: string;
    readonly outcome: string;
    readonly message: string;
    readonly curl?: string;
  }[];
}

const project = join(import.meta.dirname, "..");
const newSecret = (): string => `whsec_${randomBytes(24).toString("base64")}`;

test("certification", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "certification-"));
  const children: ChildProcess[] = [];
  t.after(async () => {
    for (const child of children) child.kill();
    await rm(folder, { recursive: true, force: true });
  });

  let manifest: Manifest = JSON.parse(await readFile(join(project, "eco-partner.json"), "utf8"));
  const flags = manifest.parts.flatMap((part) => ["--as", part]);
  const env: Record<string, string> = {};
  if (manifest.parts.includes("client"))
    flags.push("--run", `"${process.execPath}" "${join(project, "src/first-call.ts")}"`);
  if (manifest.parts.includes("receiver")) {
    const [current, previous, retired] = [newSecret(), newSecret(), newSecret()];
    const settings = { ECO_WEBHOOK_SECRET: `${current} ${previous}`, INSPECTION: "1", PORT: "0" };
    const receiver = start([join(project, "src/main.ts")], { ...settings, EVENTS_FILE: ":memory:" });
    children.push(receiver);
    const url = await addressOf(receiver);
    flags.push("--webhook", url);
    Object.assign(env, {
      ECO_WEBHOOK_SECRET: current,
      ECO_WEBHOOK_SECRET_PREVIOUS: previous,
      ECO_WEBHOOK_SECRET_RETIRED: retired,
    });
    manifest = { ...manifest, inspection: url.replace(/\/webhooks$/, "/inspection") };
  }
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));

  const report = await certify([...flags, "--manifest", join(folder, "manifest.json")], env);
  for (const { definition, outcome } of report.checks) {
    const told = report.findings.filter((one) => one.check === definition.id && one.outcome === outcome);
    const why = told.map(({ message, curl }) => (curl === undefined ? message : `${message}\n  ${curl}`));
    await t.test(`${definition.id}: ${definition.title}`, (check) => {
      if (outcome === "skipped") check.skip(why.join(" "));
      if (outcome === "warning") check.diagnostic(`${why.join("\n")}\nFix: ${definition.fix}`);
      if (outcome === "failed" || outcome === "waiting")
        throw failure(`${why.join("\n")}\nFix: ${definition.fix}`);
    });
  }
});

/** In words alone: where in this file it was thrown says nothing. */
function failure(text: string): Error {
  const error = new Error(text);
  error.stack = text;
  return error;
}

/** `eco certify` as the toolkit in `node_modules` has it; an error of its own ends the test with its fix. */
async function certify(flags: readonly string[], env: Readonly<Record<string, string>>): Promise<Report> {
  const manifest = fileURLToPath(import.meta.resolve("eco-partner-toolkit/package.json"));
  const { bin } = JSON.parse(await readFile(manifest, "utf8")) as { bin: { eco: string } };
  const child = start([join(dirname(manifest), bin.eco), "certify", ...flags, "--json"], env);
  const [stdout, stderr] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise((resolve) => child.once("close", resolve)),
  ]);
  const { result, error } = JSON.parse(stdout) as {
    readonly result?: Report;
    readonly error?: { readonly message: string; readonly fix: string };
  };
  if (result?.checks === undefined) throw failure(`${stderr}${error?.message}\nFix: ${error?.fix}`);
  return result;
}

function start(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const all = { ...process.env, ...env };
  // Otherwise Node takes the child for a part of this very run.
  delete all["NODE_TEST_CONTEXT"];
  return spawn(process.execPath, [...args], { cwd: project, env: all, stdio: ["ignore", "pipe", "pipe"] });
}

async function textOf(stream: AsyncIterable<Buffer> | null): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

async function addressOf(receiver: ChildProcess): Promise<string> {
  if (receiver.stdout === null) throw new Error("The receiver has no output.");
  receiver.stderr?.pipe(process.stderr);
  for await (const line of createInterface(receiver.stdout)) {
    const url = /http:\S+/.exec(line)?.[0];
    if (url !== undefined) {
      receiver.stdout.resume();
      return url;
    }
  }
  throw new Error("The receiver did not start.");
}
