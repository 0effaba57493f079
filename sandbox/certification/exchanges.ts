import type { ClientSession, ObservedExchange } from "../../specs/engine/certification/index.ts";
import { certificationKey, type SeenExchange } from "../capabilities/certifications/records.ts";
import { everyRecord } from "../capabilities/page.ts";
import { collections } from "../capabilities/records.ts";
import { bearerIn } from "../pipeline/schemes.ts";
import type { Reader } from "../store/store.ts";
import { probeKinds } from "./probes.ts";

/** While it is watched, a client is as if it ran once. */
const WATCHED = 0;

/** The time of watching, for the checks that look at what probes brought about. */
export function watchedSession(seen: readonly SeenExchange[]): ClientSession {
  const met = new Set(seen.map(({ probe }) => probe));
  return { session: WATCHED, probes: probeKinds, fired: probeKinds.filter((kind) => met.has(kind)) };
}

/** What was seen of a client while it was watched, in the order in which its requests came. */
export async function seenExchanges(read: Reader, certificationId: string): Promise<SeenExchange[]> {
  const seen: SeenExchange[] = [];
  const key = certificationKey(certificationId);
  for await (const { value } of everyRecord<SeenExchange>(read, collections.certificationExchanges, key)) {
    seen.push(value);
  }
  return seen.sort((one, other) => one.startedAtMs - other.startedAtMs);
}

/**
 * The recording that the checks of a client look at. A token that served nothing of it belongs to another program of
 * the party, such as the one that submitted and asks how it goes.
 */
export function recordingOf(seen: readonly SeenExchange[]): ObservedExchange[] {
  const [first] = seen;
  const used = new Set(seen.map(({ request }) => bearerIn(request.headers["authorization"])));
  return seen
    .filter(({ token }) => token === null || used.has(token))
    .map(({ startedAtMs, durationMs, request, response }) => {
      const { body, ...head } = request;
      return {
        session: WATCHED,
        atMs: startedAtMs - (first?.startedAtMs ?? 0),
        durationMs,
        request: body === "" ? head : request,
        response: { ...response, truncated: false },
      };
    });
}
