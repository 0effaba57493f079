import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import {
  type ClientSession,
  createProber,
  FOLLOW_UP_MS,
  type ObservedExchange,
  type ProbeName,
  type Prober,
  plannedRuns,
  plannedTogether,
} from "../../specs/engine/certification/index.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { serveLocally } from "../serve-locally.ts";

export interface ObserveOptions {
  readonly catalog: Catalog;
  /** Address of the sandbox that the client's requests are passed on to. */
  readonly sandbox: string;
  /** The client's command; without one it is waited for. `{url}` in it stands for the address to talk to. */
  readonly command?: string | undefined;
  /** One run may take this long; a client that is waited for has this long in all. */
  readonly waitMs: number;
  readonly fetch: typeof fetch;
  readonly onNote: (text: string) => void;
  readonly signal?: AbortSignal;
}

export interface Observed {
  readonly recording: readonly ObservedExchange[];
  readonly clientSessions: readonly ClientSession[];
}

/** After the last probe a client has at the most this long to do what it should not; less where it rests. */
const MOST_AFTER_MS = 3 * FOLLOW_UP_MS;
const POLL_MS = 100;
/** Statuses of a shell that has found no such command, or can't run it. */
const NOT_RUN = [126, 127];

/** The client runs between here and the sandbox, once for each trouble, or waited for once; what it does is taken down. */
export async function observeClient(options: ObserveOptions): Promise<Observed> {
  const runs = options.command === undefined ? [plannedTogether] : plannedRuns;
  const recording: ObservedExchange[] = [];
  const clientSessions: ClientSession[] = [];
  for (const [session, probes] of runs.entries()) {
    options.signal?.throwIfAborted();
    const seen = await observeRun(options, session, probes);
    recording.push(...seen.recording);
    clientSessions.push(seen.session);
    // A client that does nothing, or never ends, when it is left alone shows nothing more under a probe.
    if (seen.recording.length === 0 || seen.session.deadline !== undefined) break;
  }
  return { recording, clientSessions };
}

async function observeRun(options: ObserveOptions, session: number, probes: readonly ProbeName[]) {
  const { catalog, sandbox: upstream, fetch, command } = options;
  const startedMs = Date.now();
  const prober = createProber({ catalog, upstream, probes, session, fetch, now: Date.now });
  const server = await serveLocally((request) => prober.handle(request));
  try {
    const end =
      command === undefined
        ? await waitFor(prober, server.origin, options)
        : await run(command, server.origin, options);
    const cutOff = end.deadline === undefined ? {} : { cutOffMs: Date.now() - startedMs };
    return {
      recording: prober.recording(),
      session: { session, probes, fired: prober.fired(), ...end, ...cutOff },
    };
  } finally {
    await server.close();
  }
}

/** @returns how the command ended, or until when it was waited for where it had to be ended */
async function run(
  command: string,
  url: string,
  options: ObserveOptions,
): Promise<Pick<ClientSession, "exitCode" | "deadline">> {
  const child = spawn(command.replaceAll("{url}", url), {
    shell: true,
    // A group of its own, so that what the shell started ends with it.
    detached: process.platform !== "win32",
    stdio: ["ignore", 2, 2],
    env: { ...process.env, ECO_SANDBOX: url },
  });
  const stop = (): void => {
    // Whoever has ended, by itself or by a signal, has no group any more.
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    if (process.platform === "win32") child.kill();
    else process.kill(-child.pid, "SIGKILL");
  };
  const deadline = new Date(Date.now() + options.waitMs).toISOString();
  const timer = setTimeout(stop, options.waitMs);
  options.signal?.addEventListener("abort", stop, { once: true });
  try {
    const [code] = await once(child, "close");
    options.signal?.throwIfAborted();
    if (NOT_RUN.includes(code)) {
      throw new EcoError("ECO_INPUT_INVALID", `The client's command \`${command}\` can't be run.`, {
        fix: "Give --run a command as you would type it, with {url} where the client takes the address.",
      });
    }
    return typeof code === "number" ? { exitCode: code } : { deadline };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", stop);
  }
}

async function waitFor(
  prober: Prober,
  url: string,
  options: ObserveOptions,
): Promise<Pick<ClientSession, "deadline">> {
  const until = Date.now() + options.waitMs;
  const deadline = new Date(until).toISOString();
  options.onNote(
    `Let your client talk to ${url} instead of ${options.sandbox}. It is observed until ${deadline}.`,
  );
  let seen = 0;
  let restsSince = Date.now();
  let doneAt: number | undefined;
  while (Date.now() < until) {
    options.signal?.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const now = Date.now();
    if (prober.recording().length > seen) restsSince = now;
    seen = prober.recording().length;
    if (prober.done()) doneAt ??= now;
    if (
      doneAt !== undefined &&
      (now >= Math.max(doneAt, restsSince) + FOLLOW_UP_MS || now >= doneAt + MOST_AFTER_MS)
    )
      break;
  }
  return { deadline };
}
