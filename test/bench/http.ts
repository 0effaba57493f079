import { join } from "node:path";
import { type Figure, median, perSecond } from "./figure.ts";
import type { Load, Measured } from "./load.ts";
import { measure, type Server, startBareHono, startSandbox, startServer } from "./processes.ts";

export const trainTravel = "node_modules/@readme/oas-examples/3.1/json/train-travel.json";
const connections = 20;
const token = { tokenPath: "/v1/oauth/token", party: "blueline" };

export const delivery = {
  ...token,
  connections,
  path: "/v1/deliveries",
  body: { kind: "delivery" },
} as const;
export const batch = {
  ...token,
  connections: 4,
  path: "/v1/deliveries/batch",
  body: { kind: "batch", rows: 100 },
} as const;

export const booking = {
  connections,
  path: "/bookings",
  body: {
    kind: "fixed",
    json: {
      trip_id: "4f4e4e1c-8824-4d63-b37a-d8d698862f1d",
      passenger_name: "John Doe",
      has_bicycle: true,
      has_dog: false,
    },
  },
} as const;

/**
 * A POST that is validated on both ways and kept, and one that is rated and booked, beside a bare echo of the same body; and
 * what of the latter no server could leave out.
 */
export async function httpFigures(rounds: number): Promise<Figure[]> {
  const sandbox = (specs: string) => (): Promise<Server> => startSandbox(specs, "memory");
  const least = (): Promise<Server> => startServer([join(import.meta.dirname, "least-delivery.ts"), "specs"]);
  const { path, body } = delivery;
  return [
    await beside("HTTP, validated POST kept", sandbox(trainTravel), booking, rounds, { atLeast: 0.35 }),
    await beside("HTTP, rated delivery, memory", sandbox("specs"), delivery, rounds, { atLeast: 0.35 }),
    await beside("HTTP, only parsed, rated, checked and written", least, { connections, path, body }, rounds),
  ];
}

async function beside(
  what: string,
  start: () => Promise<Server>,
  load: Omit<Load, "origin" | "pid" | "seconds" | "warmUpSeconds">,
  rounds: number,
  bar?: Figure["bar"],
): Promise<Figure> {
  const bare = await startBareHono();
  const own = await start();
  try {
    const bareLoad = { connections: load.connections, path: load.path, body: load.body };
    const pairs: { bare: Measured; own: Measured }[] = [];
    for (let round = 0; round < rounds; round++) {
      const time = { warmUpSeconds: round === 0 ? 8 : 0.5, seconds: 2.5 };
      pairs.push({
        bare: await measure(bare, { ...bareLoad, ...time }),
        own: await measure(own, { ...load, ...time }),
      });
    }
    return { ...figureOf(what, pairs), ...(bar === undefined ? {} : { bar }) };
  } finally {
    await stopAll(bare, own);
  }
}

/** By CPU time of the servers where it can be read: it hardly moves with what else the machine does. */
function figureOf(what: string, pairs: readonly { bare: Measured; own: Measured }[]): Figure {
  const speed = ({ perCpuSecond, perSecond: wall }: Measured): number => perCpuSecond ?? wall;
  const own = median(pairs.map((pair) => speed(pair.own)));
  const bare = median(pairs.map((pair) => speed(pair.bare)));
  return {
    what,
    reading: `${perSecond(own)} of ${perSecond(bare)} by CPU time of the server; ${perSecond(median(pairs.map((pair) => pair.own.perSecond)))} by the clock`,
    ratio: median(pairs.map((pair) => speed(pair.own) / speed(pair.bare))),
  };
}

export async function stopAll(...servers: readonly Server[]): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()));
}
