import { type Figure, median, perSecond } from "./figure.ts";
import type { Load, Measured } from "./load.ts";
import { measure, type Server, startBareHono, startSandbox } from "./processes.ts";

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

/** A POST that is validated on both ways and kept, and one that is rated and booked, beside a bare echo of the same body. */
export async function httpFigures(rounds: number): Promise<Figure[]> {
  return [
    await beside("HTTP, validated POST kept", trainTravel, booking, 0.35, rounds),
    await beside("HTTP, rated delivery, memory", "specs", delivery, 0.35, rounds),
  ];
}

async function beside(
  what: string,
  specs: string,
  load: Omit<Load, "origin" | "pid" | "seconds" | "warmUpSeconds">,
  atLeast: number,
  rounds: number,
): Promise<Figure> {
  const bare = await startBareHono();
  const sandbox = await startSandbox(specs, "memory");
  try {
    const bareLoad = { connections: load.connections, path: load.path, body: load.body };
    const pairs: { bare: Measured; own: Measured }[] = [];
    for (let round = 0; round < rounds; round++) {
      const time = { warmUpSeconds: round === 0 ? 8 : 0.5, seconds: 2.5 };
      pairs.push({
        bare: await measure(bare, { ...bareLoad, ...time }),
        own: await measure(sandbox, { ...load, ...time }),
      });
    }
    return figureOf(what, pairs, atLeast);
  } finally {
    await stopAll(bare, sandbox);
  }
}

/** By CPU time of the servers where it can be read: it hardly moves with what else the machine does. */
function figureOf(
  what: string,
  pairs: readonly { bare: Measured; own: Measured }[],
  atLeast: number,
): Figure {
  const speed = ({ perCpuSecond, perSecond: wall }: Measured): number => perCpuSecond ?? wall;
  const own = median(pairs.map((pair) => speed(pair.own)));
  const bare = median(pairs.map((pair) => speed(pair.bare)));
  return {
    what,
    reading: `${perSecond(own)} of ${perSecond(bare)} by CPU time of the server; ${perSecond(median(pairs.map((pair) => pair.own.perSecond)))} by the clock`,
    ratio: median(pairs.map((pair) => speed(pair.own) / speed(pair.bare))),
    bar: { atLeast },
  };
}

export async function stopAll(...servers: readonly Server[]): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()));
}
