import type { PlannedDispatch, Reader, StoredEvent } from "../store/store.ts";
import { CALLBACK_PREFIX, ENDPOINTS, type WebhookEndpoint } from "./endpoint.ts";

type EndedEndpoint = NonNullable<WebhookEndpoint["ended"]>;

const MAX_ENDPOINTS_PER_PARTY = 100;

/** The endpoints of parties, each party looked up once. */
export class EndpointDirectory {
  readonly #read: Reader;
  readonly #known = new Map<string, Promise<readonly WebhookEndpoint[]>>();
  /** The last event that a request caused. */
  readonly #last = new Map<string, Promise<readonly StoredEvent[]>>();

  constructor(read: Reader) {
    this.#read = read;
  }

  /** The endpoint of a callback, of which a party may have any number. */
  async callback(id: string): Promise<WebhookEndpoint | undefined> {
    if (!id.startsWith(CALLBACK_PREFIX)) return undefined;
    return (await this.#read.get<WebhookEndpoint>(ENDPOINTS, id))?.value;
  }

  /** Whether an event still goes to an endpoint whose party has left: it came no later than what the exit itself caused. */
  async isLast(event: StoredEvent, { lastCause, at }: EndedEndpoint): Promise<boolean> {
    if (lastCause === "") return false;
    if (event.causedBy === lastCause) return true;
    let last = this.#last.get(lastCause);
    if (last === undefined) {
      last = this.#read.events({ causedBy: lastCause, descending: true, limit: 1 });
      this.#last.set(lastCause, last);
    }
    const [end] = await last;
    // An exit of which no document has an event: by the clock.
    return end === undefined ? event.time <= at : event.sequence < end.sequence;
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
  event: StoredEvent,
  directory: EndpointDirectory,
  cause: string,
): Promise<PlannedDispatch[]> {
  const endpoints: WebhookEndpoint[] = [];
  for (const party of new Set(event.audience)) endpoints.push(...(await directory.of(party)));
  const itself =
    (await directory.callback(event.subject)) ?? endpoints.find(({ id }) => id === event.subject);
  const targets = itself === undefined ? endpoints.filter(({ types }) => takes(types, event.type)) : [itself];
  const planned: PlannedDispatch[] = [];
  for (const endpoint of targets) {
    if (!(await isOpen(endpoint, itself !== undefined, event, directory, cause))) continue;
    const id = cause === "" ? `${event.id}/${endpoint.id}` : `${event.id}/${endpoint.id}/${cause}`;
    planned.push({ id, eventId: event.id, endpointId: endpoint.id, orderKey: event.orderKey });
  }
  return planned;
}

const takes = (types: readonly string[], type: string): boolean => types.length === 0 || types.includes(type);

/** Whether anything goes to it. Its own challenge reaches one that isn't verified; a replay none whose party has left. */
async function isOpen(
  { status, ended }: WebhookEndpoint,
  isItself: boolean,
  event: StoredEvent,
  directory: EndpointDirectory,
  cause: string,
): Promise<boolean> {
  if (status === "disabled") return cause === "" && ended !== undefined && directory.isLast(event, ended);
  return isItself || status !== "unverified";
}
