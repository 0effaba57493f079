import { parseArgs } from "node:util";
import { fuzz } from "./fuzz.ts";
import { postgresKills, sqliteKills } from "./kills.ts";
import { soak } from "./soak.ts";
import { printVerdict, type Verdict } from "./verdict.ts";

/**
 * What a sandbox must survive, on loopback only, each part bounded and with its figures:
 * `npm run torture`, or parts of it: `npm run torture -- kills-sqlite fuzz --kills 20 --requests 5000`.
 * Ends with 1 where anything was violated.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: "string" },
    requests: { type: "string", default: "100000" },
    minutes: { type: "string", default: "30" },
    seed: { type: "string", default: "torture" },
  },
});

const parts: Readonly<Record<string, () => Promise<Verdict>>> = {
  "kills-sqlite": () => sqliteKills(Number(values.kills ?? "200")),
  "kills-postgres": () => postgresKills(Number(values.kills ?? "100")),
  fuzz: () => fuzz(Number(values.requests), values.seed),
  soak: () => soak(Number(values.minutes)),
};

const unknown = positionals.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`No part ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}
for (const [name, run] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const verdict = await run();
  printVerdict(verdict);
  if (verdict.violations.length > 0) process.exitCode = 1;
}
