import { readFileSync } from "node:fs";
import { Connection } from "./connection.ts";

/**
 * A load generator as a process of its own: each connection sends its next request when the former one is answered.
 * node load.ts JSON, with a `Load`. Prints a `Measured`.
 */
export interface Load {
  readonly origin: string;
  readonly path: string;
  readonly connections: number;
  readonly warmUpSeconds: number;
  /** Ends with whichever comes first. */
  readonly seconds: number;
  readonly requests?: number;
  /** Where a token is asked for with the published credentials of `party`; left out where none is needed. */
  readonly tokenPath?: string;
  readonly party?: string;
  /** A made-up body: of one delivery, of a batch with so many rows, or this one each time. */
  readonly body:
    | { readonly kind: "delivery" }
    | { readonly kind: "batch"; readonly rows: number }
    | { readonly kind: "fixed"; readonly json: unknown };
  /** The server's process, whose CPU time is read (Linux only). */
  readonly pid: number;
}

export interface Measured {
  /** Requests answered with a 2xx, per second. */
  readonly perSecond: number;
  /** The same per second of the server's CPU: hardly moved by what else runs on the machine. */
  readonly perCpuSecond?: number;
  readonly answered: number;
  /** The first answer that wasn't a 2xx. */
  readonly refused?: string;
}

const load = JSON.parse(process.argv[2] ?? "{}") as Load;
const run = `${process.pid}-${Date.now().toString(36)}`;
let next = 0;
let refused: string | undefined;

function delivery(): object {
  const number = next++;
  // One after the other in time, as they come from a partner.
  const startedAt = new Date(Date.UTC(2025, 0, 6) + number * 1000).toISOString();
  const usage = { distanceMiles: 150 + ((number * 7919) % 2500), arrivalDelayMinutes: (number % 60) - 30 };
  return { id: `${run}-${number}`, product: "express-leg", customer: "nordic-apps", startedAt, usage };
}

function bodyOf({ body }: Load): string {
  if (body.kind === "fixed") return JSON.stringify(body.json);
  if (body.kind === "delivery") return JSON.stringify(delivery());
  return JSON.stringify({ deliveries: Array.from({ length: body.rows }, delivery) });
}

async function token({ tokenPath, party }: Load): Promise<string> {
  if (tokenPath === undefined || party === undefined) return "none";
  const answer = await fetch(`${load.origin}${tokenPath}`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: `sandbox-${party}`,
      client_secret: `sandbox-${party}-secret`,
    }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return access_token;
}

/** User and system time of a process, in ticks of 10 ms; undefined where there is no /proc. */
function cpuSeconds(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}

const headers = { authorization: `Bearer ${await token(load)}`, "content-type": "application/json" };
const connections = await Promise.all(
  Array.from({ length: load.connections }, () => Connection.open(load.origin, load.path, headers)),
);

/** Answers with a 2xx until the time is over or as many as wanted were sent. */
async function drive(seconds: number, requests = Number.POSITIVE_INFINITY): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let sent = 0;
  let answered = 0;
  const keepBusy = async (connection: Connection): Promise<void> => {
    while (sent < requests && performance.now() < end) {
      sent += 1;
      const { status, body } = await connection.post(bodyOf(load), `${run}-${next}-${sent}`);
      if (status >= 200 && status < 300) answered += 1;
      else refused ??= `${status} ${body}`;
    }
  };
  await Promise.all(connections.map(keepBusy));
  return answered;
}

if (load.warmUpSeconds > 0) await drive(load.warmUpSeconds);
const cpuBefore = cpuSeconds(load.pid);
const start = performance.now();
const answered = await drive(load.seconds, load.requests);
const elapsed = (performance.now() - start) / 1000;
const cpu = (cpuSeconds(load.pid) ?? Number.NaN) - (cpuBefore ?? Number.NaN);
const measured: Measured = {
  perSecond: answered / elapsed,
  ...(Number.isNaN(cpu) || cpu === 0 ? {} : { perCpuSecond: answered / cpu }),
  answered,
  ...(refused === undefined ? {} : { refused }),
};
console.log(JSON.stringify(measured));
for (const connection of connections) connection.close();
