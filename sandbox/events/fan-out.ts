import type { OutboxEvent, PlannedDispatch, Reader } from "../store/store.ts";
import { CALLBACK_PREFIX, ENDPOINTS, type WebhookEndpoint } from "./endpoint.ts";

const MAX_ENDPOINTS_PER_PARTY = 100;

/** The endpoints of parties, each party looked up once. */
export class EndpointDirectory {
  readonly #read: Reader;
  readonly #known = new Map<string, Promise<readonly WebhookEndpoint[]>>();

  constructor(read: Reader) {
    this.#read = read;
  }

  /** The endpoint of a callback, of which a party may have any number. */
  async callback(id: string): Promise<WebhookEndpoint | undefined> {
    if (!id.startsWith(CALLBACK_PREFIX)) return undefined;
    return (await this.#read.get<WebhookEndpoint>(ENDPOINTS, id))?.value;
  }

  of(party: string): Promise<readonly WebhookEndpoint[]> {
    let found = this.#known.get(party);
    if (found === undefined) {
      found = this.#read
        .list<WebhookEndpoint>({
          collection: ENDPOINTS,
          key: `party:${party}`,
          limit: MAX_ENDPOINTS_PER_PARTY,
        })
        .then((records) => records.map(({ value }) => value));
      this.#known.set(party, found);
    }
    return found;
  }
}

/**
 * To which endpoints an event goes: those of its audience that asked for its type.
 * An event about an endpoint, such as its challenge, goes to that endpoint alone, verified or not.
 */
export async function dispatchesOf(
  event: OutboxEvent,
  directory: EndpointDirectory,
  cause: string,
): Promise<PlannedDispatch[]> {
  const endpoints: WebhookEndpoint[] = [];
  for (const party of new Set(event.audience)) endpoints.push(...(await directory.of(party)));
  const itself =
    (await directory.callback(event.subject)) ?? endpoints.find(({ id }) => id === event.subject);
  const targets =
    itself === undefined ? endpoints.filter((endpoint) => wants(endpoint, event.type)) : [itself];
  return targets
    .filter(({ status }) => status !== "disabled")
    .map(({ id }) => ({
      id: cause === "" ? `${event.id}/${id}` : `${event.id}/${id}/${cause}`,
      eventId: event.id,
      endpointId: id,
      orderKey: event.orderKey,
    }));
}

function wants({ status, types }: WebhookEndpoint, type: string): boolean {
  return (status === "active" || status === "paused") && (types.length === 0 || types.includes(type));
}
