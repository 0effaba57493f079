import { ENDPOINTS, type WebhookEndpoint } from "../../events/endpoint.ts";
import type { StoredDispatch } from "../../store/store.ts";
import { everyPage } from "../../values/pages.ts";
import { everyRecord } from "../page.ts";
import { isWithin } from "./period.ts";
import type { ReadFacts, Reading } from "./reading.ts";

/** So many dispatches and their events are read at once. */
const PAGE = 200;

/** Dispatches that came to an end. They count when their event happened: attempts have wall-clock times, which no period has. */
export async function* readDispatches(reading: Reading, from: number): AsyncGenerator<ReadFacts> {
  const { context, party, period } = reading;
  const owners = new Map<string, string>();
  for await (const { id, value } of everyRecord<WebhookEndpoint>(context.read, ENDPOINTS))
    owners.set(id, value.party);
  for await (const page of everyPage<StoredDispatch>(PAGE, (asked) => context.dispatches(asked), from)) {
    // Places that a request named for its own callbacks are nobody's endpoint.
    const ended = page.filter(({ state, endpointId }) => {
      const owner = owners.get(endpointId);
      return state !== "pending" && owner !== undefined && (party === undefined || party === owner);
    });
    const ids = [...new Set(ended.map(({ eventId }) => eventId))];
    const events = ids.length === 0 ? [] : await context.read.events({ ids, limit: ids.length });
    const times = new Map(events.map(({ id, time }) => [id, time]));
    for (const { sequence, id, state, eventId, endpointId } of ended) {
      const [owner = "", at] = [owners.get(endpointId), times.get(eventId)];
      if (at === undefined || !isWithin(period, at)) continue;
      const whose = { provider: owner, customer: owner, participants: [owner] };
      yield { sequence, facts: [{ kind: "dispatch", id, at, whose, arrived: state === "done" }] };
    }
  }
}
