import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../../sandbox/index.ts";
import { median } from "../bench/figure.ts";
import { openPartner } from "./partner.ts";
import { startServer, usageOf } from "./processes.ts";
import type { Verdict } from "./verdict.ts";

const PER_SECOND = 50;
const SAMPLE_EVERY_MS = 5_000;
const MOST_GROWTH = 1.3;
const MOST_WAITING = 500;

interface Sample {
  readonly memoryMb: number;
  readonly descriptors: number;
}

/** A steady load for so many minutes: memory, descriptors and outbox must stay as they are. */
export async function soak(minutes: number): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), "eco-soak-"));
  const database = join(folder, "sandbox.db");
  const server = await startServer(["specs", database]);
  if (server === undefined) throw new Error("The server ended before it listened.");
  const partner = await openPartner();
  const samples: Sample[] = [];
  const end = performance.now() + minutes * 60_000;
  let waiting = 0;
  try {
    await partner.register(server.url);
    const sampling = setInterval(() => {
      const usage = usageOf(server.pid);
      if (usage !== undefined) samples.push(usage);
    }, SAMPLE_EVERY_MS);
    await partner.submit(
      () => [server.url],
      () => performance.now() >= end,
      PER_SECOND,
    );
    clearInterval(sampling);
    const store = await openStore(database);
    waiting = (await store.dispatches("main", { state: "pending", limit: 10_000 })).length;
    await store.close();
  } finally {
    await server.stop();
    partner.close();
    await rm(folder, { recursive: true });
  }
  const memory = grown(samples, "memoryMb");
  const descriptors = grown(samples, "descriptors");
  const violations = [
    ...partner.violations,
    ...tooMuch("memory", memory),
    ...tooMuch("descriptors", descriptors),
  ];
  if (waiting > MOST_WAITING) violations.push(`${waiting} events were waiting in the outbox at the end`);
  return {
    part: "soak",
    figures: [
      `${partner.acknowledged.size} deliveries in ${minutes} min (${PER_SECOND}/s wanted)`,
      `memory ${textOf(memory)} MB`,
      `descriptors ${textOf(descriptors)} (medians of the first and the last third)`,
      `${waiting} events waiting at the end`,
      `${violations.length} violations`,
    ],
    violations,
  };
}

interface Growth {
  readonly from: number;
  readonly to: number;
}

/** Medians of the first and of the last third, without the first samples, when caches and pools fill. */
function grown(samples: readonly Sample[], what: keyof Sample): Growth {
  const settled = samples.slice(Math.min(6, Math.floor(samples.length / 4)));
  const third = Math.max(1, Math.floor(settled.length / 3));
  const of = (part: readonly Sample[]): number => median(part.map((sample) => sample[what]));
  return { from: of(settled.slice(0, third)), to: of(settled.slice(-third)) };
}

const textOf = ({ from, to }: Growth): string => `${from.toFixed(0)} → ${to.toFixed(0)}`;

const tooMuch = (what: string, growth: Growth): string[] =>
  growth.to > MOST_GROWTH * growth.from ? [`${what} grew: ${textOf(growth)}`] : [];
