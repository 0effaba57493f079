import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { postingsOf } from "../../sandbox/ledger/index.ts";
import { compileRating, type Delivery, type Rating, useSha256 } from "../../sandbox/rating/index.ts";
import { nodeSha256 } from "../../sandbox/values/sha256-node.ts";
import { median } from "./figure.ts";
import { bareTerms } from "./rating-documents.ts";

/**
 * The rating engine beside the bare baseline, in turns in one run on one machine: five tiers, a three-way split, postings and
 * trace, JSON in, one thread; then with the fingerprint. Prints one JSON object of medians; ratios are what counts.
 */
const seconds = Number(process.argv[2] ?? "3");

function ratingsPerSecond(rating: Rating, secret: string | undefined): number {
  const texts = Array.from({ length: 4096 }, (_, i) =>
    JSON.stringify({
      id: `d${i}`,
      product: "leg",
      customer: "member",
      startedAt: "2025-03-11T10:00:00",
      usage: { quantity: (i * 7919) % 900 },
    }),
  );
  const context = secret === undefined ? undefined : { secret };
  const rateOne = (text: string): number => {
    const rated = rating.rate(JSON.parse(text) as Delivery, context);
    if (rated.kind === "unrated") throw new Error(rated.detail);
    return postingsOf(rated.legs).length + Object.keys(rated.trace).length;
  };
  for (const text of texts) rateOne(text);
  const start = performance.now();
  const end = start + seconds * 1000;
  let count = 0;
  let work = 0;
  while (performance.now() < end) {
    for (const text of texts) work += rateOne(text);
    count += texts.length;
  }
  if (work === 0) throw new Error("nothing was rated");
  return Math.round((count / (performance.now() - start)) * 1000);
}

function bareRatingsPerSecond(): number {
  const script = fileURLToPath(new URL("bare-rating.mjs", import.meta.url));
  const output = execFileSync(process.execPath, [script, String(seconds)], { encoding: "utf8" });
  return (JSON.parse(output) as { ratingsPerSecond: number }).ratingsPerSecond;
}

// As the sandbox has it in Node.
useSha256(nodeSha256);
const outcome = compileRating(bareTerms());
if (outcome.kind === "refused") throw new Error(JSON.stringify(outcome.findings));
const rounds = Array.from({ length: 3 }, () => ({
  bare: bareRatingsPerSecond(),
  engine: ratingsPerSecond(outcome.rating, undefined),
  sealed: ratingsPerSecond(outcome.rating, "bench"),
}));
const middle = (of: (round: (typeof rounds)[number]) => number): number => median(rounds.map(of));
console.log(
  JSON.stringify({
    bare: middle(({ bare }) => bare),
    engine: middle(({ engine }) => engine),
    engineRatio: middle(({ engine, bare }) => engine / bare),
    withFingerprint: middle(({ sealed }) => sealed),
    fingerprintRatio: middle(({ sealed, bare }) => sealed / bare),
  }),
);
