import { messageByEvent } from "../../specs/engine/catalog/lookup.ts";
import { pause } from "../../specs/engine/pause.ts";
import { ENDPOINTS, type WebhookEndpoint } from "../events/endpoint.ts";
import type { Core } from "../pipeline/core.ts";
import { readState } from "../pipeline/state.ts";
import type { StoredDispatch, StoredEvent } from "../store/store.ts";
import { fingerprintOf } from "../values/ids.ts";
import { isoOf } from "../values/iso.ts";
import { everyPage } from "../values/pages.ts";
import { part } from "../values/part.ts";
import type { ControlSchemas } from "./api.ts";
import { cursorText, readCursor } from "./cursor.ts";
import { ControlRefusal, invalidValue } from "./refused.ts";

export interface EventFilter {
  /** CloudEvents type, or domain event name. */
  readonly type?: string | undefined;
  readonly party?: string | undefined;
  readonly subject?: string | undefined;
}

export interface EventListQuery extends EventFilter {
  /** `cursor` of a former answer; `now` for what comes from now on. */
  readonly after?: string | undefined;
  /** Default 50. */
  readonly limit?: number | undefined;
}

type EventPage = ControlSchemas["EventPage"];
type EventView = ControlSchemas["Event"];
type Dispatch = ControlSchemas["Dispatch"];

const DEFAULT_LIMIT = 50;
const PAGE = 500;
/** Other processes may add events to the same database, so they are looked for. */
const LOOK_EVERY_MS = 150;

const triggering = part("made-up events", () => import("./trigger.ts"));

/** What happened in one tenant, how it was told, and events made for a test. */
export class EventControl {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  async list(query: EventListQuery = {}): Promise<EventPage> {
    const { read } = this.#core;
    const { after, limit = DEFAULT_LIMIT, type, party, subject } = query;
    const epoch = await this.#epoch();
    const from = after === "now" ? await this.#lastSequence() : sequenceIn(after, epoch);
    const found = await read.events({
      ...(type === undefined ? {} : { type: this.#typeOf(type) }),
      ...(party === undefined ? {} : { party }),
      ...(subject === undefined ? {} : { subject }),
      after: from ?? 0,
      limit,
    });
    const last = found.at(-1)?.sequence ?? from ?? 0;
    return {
      items: found.map((event) => this.#view(event)),
      cursor: cursorText({ epoch, sequence: last }),
      anew: from === undefined,
    };
  }

  /** As `list`, once there is something, or `signal` says that the wait is over. */
  async wait(query: EventListQuery, signal: AbortSignal): Promise<EventPage> {
    let page = await this.list(query);
    const over = (): boolean => signal.aborted || this.#core.log.closed;
    while (page.items.length === 0 && !page.anew && !over()) {
      await pause(LOOK_EVERY_MS, signal);
      page = await this.list({ ...query, after: page.cursor });
    }
    return page;
  }

  /** @throws EcoError `ECO_NOT_FOUND` */
  async get(eventId: string): Promise<ControlSchemas["EventWithDispatches"]> {
    const [event] = await this.#core.read.events({ id: eventId, limit: 1 });
    if (event === undefined) throw notFound(eventId);
    const { store, tenant } = this.#core;
    const pages = everyPage(PAGE, (page) => store.dispatches(tenant, { eventId, ...page }));
    const dispatches = (await Array.fromAsync(pages)).flat();
    return {
      ...this.#view(event),
      dispatches: await Promise.all(dispatches.map((dispatch) => this.#viewDispatch(dispatch))),
    };
  }

  /**
   * Plans the dispatches of an event once more.
   * @throws EcoError `ECO_NOT_FOUND`
   */
  async replay(eventId: string, party?: string): Promise<ControlSchemas["EventWithDispatches"]> {
    const { steps, randomness, store, tenant, dispatcher, read } = this.#core;
    const [event] = await read.events({ id: eventId, limit: 1 });
    if (event === undefined) throw notFound(eventId);
    const requestId = randomness.requestId();
    const replay = { eventId, ...(party === undefined ? {} : { party }) };
    const planned = await steps.control(requestId, { does: "events.replay", with: replay }, async () => {
      const dispatches = await dispatcher.planReplay([replay], requestId);
      await store.apply({ tenant, writes: [], transactions: [], events: [], dispatches });
      return dispatches.map(({ id }) => id);
    });
    dispatcher.wake();
    const { dispatches, ...shown } = await this.get(eventId);
    return { ...shown, dispatches: dispatches.filter(({ id }) => planned.includes(id)) };
  }

  /**
   * Sends a message of the event documents as if it had happened.
   * @throws EcoError `ECO_REQUEST_INVALID` for a message that there isn't, or overrides that break its schema
   */
  trigger(request: ControlSchemas["Trigger"]): Promise<EventView> {
    const { steps, randomness, store, tenant, dispatcher } = this.#core;
    const requestId = randomness.requestId();
    return steps.control(requestId, { does: "events.trigger", with: request }, async () => {
      const { triggeredEvent } = await triggering();
      const event = await triggeredEvent(this.#core, request, requestId);
      const outcome = await store.apply({ tenant, writes: [], transactions: [], events: [event] });
      if (outcome.kind !== "applied")
        throw invalidValue(`There is an event ${event.id} already.`, "#/set/~1id", "set another /id");
      dispatcher.wake();
      return this.get(event.id).then(({ dispatches: _, ...shown }) => shown);
    });
  }

  #typeOf(asked: string): string {
    return messageByEvent(this.#core.parts.catalog, asked)?.type ?? asked;
  }

  #view(event: StoredEvent): EventView {
    const { data: _, ...shown } = event;
    const { contentType, headers = {}, body } = this.#core.encoder.outgoing(event);
    const declared = Object.keys(headers).length === 0 ? {} : { headers };
    return { ...shown, audience: [...event.audience], contentType, ...declared, body };
  }

  async #viewDispatch(dispatch: StoredDispatch): Promise<Dispatch> {
    const { id, endpointId, state, attempts, notBeforeMs } = dispatch;
    const endpoint = await this.#core.read.get<WebhookEndpoint>(ENDPOINTS, endpointId);
    const waits = state === "pending" && notBeforeMs > 0;
    return {
      id,
      endpointId,
      ...(endpoint === undefined ? {} : { url: endpoint.value.url }),
      state,
      ...(waits ? { nextAttemptAt: isoOf(notBeforeMs) } : {}),
      attempts: [...attempts],
    };
  }

  /** Another one after a reset, so that a cursor of before is known for what it is. */
  async #epoch(): Promise<string> {
    const { store, tenant } = this.#core;
    const opened = await readState({ store, tenant });
    return fingerprintOf(JSON.stringify([opened?.state.createdAt, opened?.key])).slice(0, 8);
  }

  async #lastSequence(): Promise<number> {
    const [last] = await this.#core.read.events({ limit: 1, descending: true });
    return last?.sequence ?? 0;
  }
}

/** Undefined for a cursor of what is no more; 0 without one. */
function sequenceIn(cursor: string | undefined, epoch: string): number | undefined {
  if (cursor === undefined) return 0;
  const read = readCursor(cursor);
  if (read === undefined) {
    const what = "use the `cursor` of a former answer as it came, or `now`";
    throw invalidValue("The events can't be read so.", "$request.query.after", what);
  }
  return read.epoch === epoch ? read.sequence : undefined;
}

const notFound = (id: string): ControlRefusal =>
  new ControlRefusal({
    kind: "refused",
    code: "ECO_NOT_FOUND",
    detail: `There is no event ${JSON.stringify(id)}.`,
  });
