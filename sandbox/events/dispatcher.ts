import { type Steps, sideBySide } from "../pipeline/steps.ts";
import { readClock } from "../store/clock.ts";
import type { PlannedDispatch, Store, StoredDispatch, StoredEvent } from "../store/store.ts";
import { everyPage } from "../values/pages.ts";
import { setTimeout } from "../values/real-timers.ts";
import { CLAIM_AT_ONCE, Courier, type CourierParts, SUCCESSORS_LOOKED_AT } from "./courier.ts";
import { type DispatchFaults, undisturbed } from "./dispatch-fate.ts";
import { ENDPOINTS } from "./endpoint.ts";
import { dispatchesOf, EndpointDirectory } from "./fan-out.ts";
import { UnderWay } from "./under-way.ts";

/** How many may be on their way: those that wait for slow endpoints leave room for others. */
const UNDER_WAY_AT_ONCE = 8 * CLAIM_AT_ONCE;
const FAN_OUT_AT_ONCE = 500;
const RELEASE_AT_ONCE = 500;
/** Due since the beginning of time, and not as one that nobody has held back. */
const HELD_AND_DUE_MS = 1;
/** What is answered within this time is spread over endpoints in one run: on a busy sandbox a run costs as much as a request. */
const WAKE_AFTER_MS = 2;
/** The same while there is no endpoint at all. */
const WAKE_AFTER_ALONE_MS = 25;

export interface DispatcherParts extends Omit<CourierParts, "steps" | "faults"> {
  /** Default: at once. */
  readonly steps?: Steps;
  /** Default: nothing goes wrong on purpose. */
  readonly faults?: DispatchFaults;
  onError(error: unknown): void;
}

interface EventsToSpread {
  /** The last one that is looked at; undefined where there is none. */
  readonly last: StoredEvent | undefined;
  readonly events: readonly StoredEvent[];
  readonly hasMore: boolean;
}

const NONE: EventsToSpread = { last: undefined, events: [], hasMore: false };

/**
 * Brings events from the outbox to the endpoints that want them: at least once, in order per endpoint and key.
 * Several processes on one store share the work, since each claims what it sends.
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #steps: Steps;
  readonly #faults: DispatchFaults;
  readonly #courier: Courier;
  readonly #underWay: UnderWay;
  #running: Promise<void> | undefined;
  #again = false;
  #waking = false;
  #wakeAfterMs = WAKE_AFTER_MS;
  #closed = false;
  #held = false;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#steps = parts.steps ?? sideBySide;
    this.#faults = parts.faults ?? undisturbed;
    this.#courier = new Courier({ ...parts, steps: this.#steps, faults: this.#faults });
    this.#underWay = new UnderWay(() => (this.#again = true), parts.onError);
  }

  /** There may be something to do: a run starts soon, or another one after the one under way. */
  wake(): void {
    if (this.#waking || !this.#actsByItself()) return;
    this.#waking = true;
    setTimeout(() => {
      this.#waking = false;
      void this.settle();
    }, this.#wakeAfterMs);
  }

  /** Resolves when every event is spread over endpoints and nothing that is due now is left to try. */
  settle(): Promise<void> {
    if (this.#closed || this.#held || !this.#actsByItself()) return Promise.resolve();
    this.#again = true;
    this.#underWay.stir();
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      // Asked for while the run came to its end.
      return this.#again ? this.settle() : undefined;
    });
    return this.#running;
  }

  /** Runs `work` while nothing is being sent. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    this.#held = true;
    this.#underWay.stir();
    try {
      await this.#running;
      return await work();
    } finally {
      this.#held = false;
      this.wake();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#underWay.stir();
    await this.#running;
  }

  /** Dispatches beside those that there were, for events to be sent again. Unknown events are left out. */
  async planReplay(
    replays: readonly { readonly eventId: string; readonly party?: string }[],
    cause: string,
  ): Promise<readonly PlannedDispatch[]> {
    const directory = this.#directory();
    const planned: PlannedDispatch[] = [];
    for (const { eventId, party } of replays) {
      const [event] = await this.#reader().events({ id: eventId, limit: 1 });
      if (event === undefined) continue;
      const audience = party === undefined ? event.audience : event.audience.filter((id) => id === party);
      planned.push(...(await dispatchesOf({ ...event, audience }, directory, cause)));
    }
    return planned;
  }

  /** What waits for an endpoint, kept while it was paused or between two tries, is due at once. */
  async release(endpointId: string): Promise<void> {
    const { store, tenant, wallClock } = this.#parts;
    const nowMs = Date.parse((await readClock(this.#reader(), wallClock())).now);
    const pages = everyPage(RELEASE_AT_ONCE, (page) =>
      store.dispatches(tenant, { endpointId, state: "pending", ...page }),
    );
    for await (const waiting of pages) {
      for (const { id, notBeforeMs } of waiting) {
        // What isn't waiting may be on its way at this moment, and mustn't be claimed a second time.
        if (notBeforeMs > nowMs) await store.settleDispatch(tenant, id, { state: "pending", notBeforeMs: 0 });
      }
    }
    this.wake();
  }

  async #run(): Promise<void> {
    try {
      while (this.#isOn && (this.#again || this.#underWay.size > 0)) {
        if (!this.#again) {
          await this.#underWay.change();
          continue;
        }
        this.#again = false;
        while (await this.fanOut());
        while (this.#isOn && this.#underWay.size < UNDER_WAY_AT_ONCE && (await this.#sendSome()));
      }
    } catch (error) {
      this.#parts.onError(error);
    }
    await this.#underWay.end();
  }

  get #isOn(): boolean {
    return !this.#closed && !this.#held;
  }

  #actsByItself(): boolean {
    return this.#parts.sender !== undefined && this.#steps.takeOver === undefined;
  }

  /** Spreads the next events over endpoints; whether there were more. Those that come meanwhile wake it themselves. */
  fanOut(): Promise<boolean> {
    return this.#steps.run("fan-out", "", async () => {
      const { store, tenant } = this.#parts;
      const from = await store.fannedOut(tenant);
      const { last, events, hasMore } = await this.#eventsAfter(from);
      if (last === undefined) return false;
      const directory = this.#directory();
      const dispatches: PlannedDispatch[] = [];
      for (const event of events) dispatches.push(...(await dispatchesOf(event, directory, "")));
      const { kind } = await store.apply({
        tenant,
        writes: [],
        transactions: [],
        events: [],
        dispatches,
        fannedOut: { from, to: last.sequence },
      });
      const pending = (endpointId: string): Promise<readonly StoredDispatch[]> =>
        store.dispatches(tenant, { endpointId, state: "pending", limit: SUCCESSORS_LOOKED_AT });
      for (const id of await this.#faults.released(dispatches, pending)) {
        await store.settleDispatch(tenant, id, { state: "pending", notBeforeMs: HELD_AND_DUE_MS });
      }
      // A conflict means that another process was faster: the next round looks at what it left.
      return hasMore || kind !== "applied";
    });
  }

  /** The next events that somebody may want, in their order, and the last one that is looked at with them. */
  async #eventsAfter(from: number): Promise<EventsToSpread> {
    const reader = this.#reader();
    const [latest] = await reader.events({ limit: 1, descending: true });
    if (latest === undefined || latest.sequence <= from) return NONE;
    // Asked after that: an endpoint that is registered only now has events only behind it.
    const [endpoint] = await reader.list({ collection: ENDPOINTS, limit: 1 });
    this.#wakeAfterMs = endpoint === undefined ? WAKE_AFTER_ALONE_MS : WAKE_AFTER_MS;
    if (endpoint === undefined) return { last: latest, events: [], hasMore: false };
    const events = await reader.events({ after: from, limit: FAN_OUT_AT_ONCE });
    const last = events.at(-1);
    return { last, events, hasMore: last !== undefined && last.sequence < latest.sequence };
  }

  /** Sends what is due, and waits for all that comes of it. */
  async send(): Promise<void> {
    const claimed = await this.#courier.claim();
    await Promise.all(claimed.map((outgoing) => outgoing && this.#courier.send(outgoing)));
  }

  /** Sends some of what is due, and goes on without those whose endpoints take long; false where nothing was. */
  async #sendSome(): Promise<boolean> {
    const claimed = await this.#courier.claim();
    await this.#underWay.start(
      claimed.flatMap((outgoing) => (outgoing ? [this.#courier.send(outgoing)] : [])),
    );
    return claimed.length > 0;
  }

  #reader(): ReturnType<Store["reader"]> {
    return this.#parts.store.reader(this.#parts.tenant);
  }

  #directory(): EndpointDirectory {
    return new EndpointDirectory(this.#reader());
  }
}
