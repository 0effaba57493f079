import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Starts of the command line beside a bare `node -e 0`, taken in turns in one run: version, help, every command's help, and
 * `eco sandbox start` until it has answered a request, a partner's for its token. Prints one JSON object; ratios are what counts.
 */
const rounds = Number(process.argv[2] ?? "15");
const root = join(import.meta.dirname, "../..");
const binary = join(root, "cli/bin.js");
const manifest = JSON.parse(readFileSync(join(root, "dist/cli/oclif.manifest.json"), "utf8")) as {
  commands: Record<string, { id: string }>;
};
const cacheHome = join(tmpdir(), "eco-bench-cache");
const env = { ...process.env, XDG_CACHE_HOME: cacheHome };
const credentials = new URLSearchParams({
  grant_type: "client_credentials",
  client_id: "sandbox-blueline",
  client_secret: "sandbox-blueline-secret",
});

interface Case {
  readonly name: string;
  /** Times a bare start. */
  readonly bar: number;
  time(): number | Promise<number>;
}

const commandHelps = Object.values(manifest.commands).map(({ id }): Case => {
  const words = id.split(":");
  return { name: `${words.join(" ")} --help`, bar: 3, time: () => timed([binary, ...words, "--help"]) };
});
const cases: Case[] = [
  { name: "--version", bar: 2.8, time: () => timed([binary, "--version"]) },
  { name: "--help", bar: 2.8, time: () => timed([binary, "--help"]) },
  ...commandHelps,
  { name: "sandbox start", bar: 12, time: untilAnswered },
];

function timed(args: readonly string[]): number {
  const start = performance.now();
  spawnSync(process.execPath, args, { env, stdio: "ignore" });
  return performance.now() - start;
}

async function untilAnswered(): Promise<number> {
  const start = performance.now();
  const args = [binary, "sandbox", "start", "--port", "0", "--database", "memory", "--json"];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "ignore"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const { url } = (JSON.parse(String(line)) as { result: { url: string } }).result;
  const answer = await fetch(`${url}/v1/oauth/token`, { method: "POST", body: credentials });
  await answer.text();
  const answered = performance.now() - start;
  // Ends by itself: what Node has compiled is kept for the next start.
  child.kill("SIGTERM");
  await once(child, "close");
  if (!answer.ok) throw new Error(`The sandbox answered with ${answer.status}.`);
  return answered;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

// Fills the caches that a second start finds.
for (const one of cases) await one.time();
const bare: number[] = [];
const times = new Map<string, number[]>(cases.map(({ name }) => [name, []]));
for (let round = 0; round < rounds; round++) {
  bare.push(timed(["-e", "0"]));
  for (const { name, time } of cases) times.get(name)?.push(await time());
}
const bareMs = median(bare);
const figures = cases.map(({ name, bar }) => {
  const ratio = median(times.get(name) ?? []) / bareMs;
  return { name, ratio: Number(ratio.toFixed(2)), bar, met: ratio <= bar };
});
console.log(
  JSON.stringify({ bench: "cli-start", rounds, bareMs: Number(bareMs.toFixed(1)), figures }, null, 2),
);
