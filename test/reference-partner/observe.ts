import { serveLocally } from "../../cli/serve-locally.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import {
  type ClientSession,
  createProber,
  type ObservedExchange,
  plannedRuns,
} from "../../specs/engine/certification/index.ts";
import { type ClientRules, runClient } from "./client.ts";

export interface Observation {
  readonly recording: readonly ObservedExchange[];
  readonly clientSessions: readonly ClientSession[];
}

/** Runs the client against an API with each trouble that the certification has for it, all at the same time. */
export async function observeRules(
  rules: ClientRules,
  catalog: Catalog,
  upstream: string,
  delivery: Readonly<Record<string, unknown>>,
): Promise<Observation> {
  const runs = plannedRuns.map(async (probes, session) => {
    // A clock that goes on only while the client pauses: what is measured is what it meant, however busy the machine is.
    let nowMs = Date.now();
    const prober = createProber({ catalog, upstream, probes, session, fetch, now: () => nowMs });
    const served = await serveLocally((request) => prober.handle(request));
    let draws = session * 4;
    // Differs from run to run and is the same every time.
    const random = (): number => {
      draws += 1;
      return (draws % 9) / 9;
    };
    const wait = async (ms: number): Promise<void> => {
      nowMs += ms;
    };
    const base = `${served.origin}/v1`;
    const exitCode = await runClient(rules, { base, fetch, delivery, random, wait }).then(
      () => 0,
      () => 1,
    );
    await served.close();
    return { recording: prober.recording(), session: { session, probes, fired: prober.fired(), exitCode } };
  });
  const all = await Promise.all(runs);
  return {
    recording: all.flatMap((one) => one.recording),
    clientSessions: all.map((one) => one.session),
  };
}
