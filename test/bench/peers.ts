import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Figure, median, perSecond } from "./figure.ts";
import { booking, trainTravel } from "./http.ts";
import type { Measured } from "./load.ts";
import { measure, root, type Server, startSandbox, startSilent } from "./processes.ts";

/** Where the peers are installed on demand; `ECO_BENCH_PEERS` names another folder. */
const folder = process.env["ECO_BENCH_PEERS"] ?? join(root, "node_modules/.cache/eco-bench-peers");
const document = join(root, trainTravel);

interface Peer {
  readonly name: string;
  /** How many times as much the sandbox is to answer. */
  readonly atLeast: number;
  args(port: number): readonly string[];
}

const peers: readonly Peer[] = [
  {
    name: "Prism",
    atLeast: 8,
    args: (port) => [
      join(folder, "node_modules/@stoplight/prism-cli/dist/index.js"),
      ...["mock", "--errors", "--multiprocess", "false", "-h", "127.0.0.1", "-p", String(port), document],
    ],
  },
  {
    name: "@scalar/mock-server",
    atLeast: 5,
    args: (port) => [join(import.meta.dirname, "peers/scalar.mjs"), folder, String(port), document],
  },
];

/** The same POST of the same document, validated: how many the sandbox answers, and how soon after its start. */
export async function peerFigures(rounds: number): Promise<Figure[]> {
  await install();
  const cache = await mkdtemp(join(tmpdir(), "eco-bench-"));
  const env = { ...process.env, XDG_CACHE_HOME: cache };
  const own = (): Promise<Server> => startSandbox(trainTravel, "memory", env);
  // Fills the caches that a second start finds.
  await (await own()).stop();
  try {
    const figures: Figure[] = [];
    for (const peer of peers) figures.push(...(await beside(peer, own, rounds)));
    return figures;
  } finally {
    await rm(cache, { recursive: true });
  }
}

async function beside(peer: Peer, own: () => Promise<Server>, rounds: number): Promise<Figure[]> {
  const starts: { own: number; theirs: number }[] = [];
  const speeds: { own: Measured; theirs: Measured }[] = [];
  for (let round = 0; round < rounds; round++) {
    const ours = await timed(own);
    const theirs = await timed(() => startSilent((port) => peer.args(port)));
    try {
      const time = { warmUpSeconds: 3, seconds: 2.5 };
      starts.push({ own: ours.ms, theirs: theirs.ms });
      speeds.push({
        own: await measure(ours.server, { ...booking, ...time }),
        theirs: await measure(theirs.server, { ...booking, ...time }),
      });
    } finally {
      await Promise.all([ours.server.stop(), theirs.server.stop()]);
    }
  }
  const speed = ({ perCpuSecond, perSecond: wall }: Measured): number => perCpuSecond ?? wall;
  const ofOwn = perSecond(median(speeds.map((pair) => speed(pair.own))));
  const ofTheirs = perSecond(median(speeds.map((pair) => speed(pair.theirs))));
  return [
    {
      what: `HTTP, validated POST, beside ${peer.name}`,
      reading: `${ofOwn} of ${ofTheirs} by CPU time of the server`,
      ratio: median(speeds.map((pair) => speed(pair.own) / speed(pair.theirs))),
      bar: { atLeast: peer.atLeast },
    },
    {
      what: `Start to first answer, beside ${peer.name}`,
      reading: `${median(starts.map(({ own: ms }) => ms)).toFixed(0)} ms of ${median(starts.map(({ theirs }) => theirs)).toFixed(0)} ms`,
      ratio: median(starts.map((pair) => pair.theirs / pair.own)),
      bar: { atLeast: 3 },
    },
  ];
}

/** From the start of the process to the first answer to a request. */
async function timed(
  start: () => Promise<Server>,
): Promise<{ readonly server: Server; readonly ms: number }> {
  const before = performance.now();
  const server = await start();
  await (
    await fetch(`${server.origin}${booking.path}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer none" },
      body: JSON.stringify(booking.body.json),
    })
  ).text();
  return { server, ms: performance.now() - before };
}

async function install(): Promise<void> {
  const name = "package.json";
  await mkdir(folder, { recursive: true });
  await copyFile(join(import.meta.dirname, "peers", name), join(folder, name));
  if (existsSync(join(folder, "node_modules/@stoplight/prism-cli"))) return;
  console.error(`installing the peers in ${folder} …`);
  execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
}
