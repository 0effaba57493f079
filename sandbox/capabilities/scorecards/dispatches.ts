import { ENDPOINTS, type WebhookEndpoint } from "../../events/endpoint.ts";
import type { StoredDispatch } from "../../store/store.ts";
import { oneByOne } from "../../values/pages.ts";
import { everyRecord } from "../page.ts";
import { isWithin } from "./period.ts";
import type { ReadFacts, Reading } from "./reading.ts";

/** Dispatches that came to an end. They count when their event happened: attempts have wall-clock times, which no period has. */
export async function* readDispatches(reading: Reading, from: number): AsyncGenerator<ReadFacts> {
  const { context, party, period } = reading;
  const owners = new Map<string, string>();
  for await (const { id, value } of everyRecord<WebhookEndpoint>(context.read, ENDPOINTS))
    owners.set(id, value.party);
  const dispatches = oneByOne<StoredDispatch>((page) => context.dispatches(page), from);
  for await (const { sequence, id, state, eventId, endpointId } of dispatches) {
    // Places that a request named for its own callbacks are nobody's endpoint.
    const owner = owners.get(endpointId);
    if (state === "pending" || owner === undefined || (party !== undefined && party !== owner)) continue;
    const [event] = await context.read.events({ id: eventId, limit: 1 });
    if (event === undefined || !isWithin(period, event.time)) continue;
    const whose = { provider: owner, customer: owner, participants: [owner] };
    const arrived = state === "done";
    yield { sequence, facts: [{ kind: "dispatch", id, at: event.time, whose, arrived }] };
  }
}
