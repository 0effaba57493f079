import { type Steps, sideBySide } from "../pipeline/steps.ts";
import { readClock } from "../store/clock.ts";
import type {
  DispatchSettlement,
  PlannedDispatch,
  Store,
  StoredDispatch,
  StoredEvent,
} from "../store/store.ts";
import { everyPage } from "../values/pages.ts";
import { type DispatchFaults, undisturbed } from "./dispatch-fate.ts";
import type { EventEncoder } from "./encoder.ts";
import { ENDPOINTS, type WebhookEndpoint } from "./endpoint.ts";
import { EndpointStanding } from "./endpoint-standing.ts";
import { dispatchesOf, EndpointDirectory } from "./fan-out.ts";
import { settlementOf } from "./retry.ts";
import type { WebhookRequest, WebhookResult, WebhookSender } from "./sender.ts";
import { signedRequest } from "./sign.ts";
import { UnderWay } from "./under-way.ts";

const LEASE_MS = 30_000;
const CLAIM_AT_ONCE = 32;
/** How many may be on their way: those that wait for slow endpoints leave room for others. */
const UNDER_WAY_AT_ONCE = 8 * CLAIM_AT_ONCE;
const FAN_OUT_AT_ONCE = 500;
const RELEASE_AT_ONCE = 500;
const SUCCESSORS_LOOKED_AT = 50;
/** Due since the beginning of time, and not as one that nobody has held back. */
const HELD_AND_DUE_MS = 1;
/** A paused endpoint is released when it resumes; this is for a crash in between. Virtual time. */
const LOOK_AT_PAUSED_MS = 3_600_000;
/** What is answered within this time is spread over endpoints in one run: on a busy sandbox a run costs as much as a request. */
const WAKE_AFTER_MS = 2;
/** The same while there is no endpoint at all. */
const WAKE_AFTER_ALONE_MS = 25;

export interface DispatcherParts {
  readonly store: Store;
  readonly tenant: string;
  readonly encoder: EventEncoder;
  readonly wallClock: () => number;
  readonly sender: WebhookSender | undefined;
  /** Default: at once. */
  readonly steps?: Steps;
  /** Default: nothing goes wrong on purpose. */
  readonly faults?: DispatchFaults;
  onError(error: unknown): void;
}

/** A dispatch that was claimed, signed and goes out now. */
interface Outgoing {
  readonly dispatch: StoredDispatch;
  readonly request: WebhookRequest;
  /** Wall-clock milliseconds. */
  readonly startedAt: number;
  /** Virtual time in milliseconds. */
  readonly nowMs: number;
  /** An arrival changes what is known of the endpoint: it has to be verified, or nothing arrived lately. */
  readonly awaited: boolean;
  /** Goes out before it. */
  readonly first?: Outgoing | undefined;
  /** How many times more it is sent. */
  readonly copies?: number | undefined;
}

/**
 * Brings events from the outbox to the endpoints that want them: at least once, in order per endpoint and key.
 * Several processes on one store share the work, since each claims what it sends.
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #steps: Steps;
  readonly #faults: DispatchFaults;
  readonly #standing: EndpointStanding;
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
    this.#standing = new EndpointStanding(parts.store, parts.tenant);
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

  /** Spreads the next events over endpoints; false where there were none. */
  fanOut(): Promise<boolean> {
    return this.#steps.run("fan-out", "", async () => {
      const { store, tenant } = this.#parts;
      const from = await store.fannedOut(tenant);
      const { last, events } = await this.#eventsAfter(from);
      if (last === undefined) return false;
      const directory = this.#directory();
      const dispatches: PlannedDispatch[] = [];
      for (const event of events) dispatches.push(...(await dispatchesOf(event, directory, "")));
      // A conflict means that another process was faster: the next round looks at what it left.
      await store.apply({
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
      return true;
    });
  }

  /** The next events that somebody may want, in their order, and the last one that is looked at with them. */
  async #eventsAfter(
    from: number,
  ): Promise<{ readonly last: StoredEvent | undefined; readonly events: readonly StoredEvent[] }> {
    const reader = this.#reader();
    const [latest] = await reader.events({ limit: 1, descending: true });
    if (latest === undefined || latest.sequence <= from) return { last: undefined, events: [] };
    // Asked after that: an endpoint that is registered only now has events only behind it.
    const [endpoint] = await reader.list({ collection: ENDPOINTS, limit: 1 });
    this.#wakeAfterMs = endpoint === undefined ? WAKE_AFTER_ALONE_MS : WAKE_AFTER_MS;
    if (endpoint === undefined) return { last: latest, events: [] };
    const events = await reader.events({ after: from, limit: FAN_OUT_AT_ONCE });
    return { last: events.at(-1), events };
  }

  /** Sends what is due, and waits for all that comes of it. */
  async send(): Promise<void> {
    const claimed = await this.#steps.run("claim", "", () => this.#claim());
    await Promise.all(claimed.map((outgoing) => outgoing && this.#sendOne(outgoing)));
  }

  /** Sends some of what is due, and goes on without those whose endpoints take long; false where nothing was. */
  async #sendSome(): Promise<boolean> {
    const claimed = await this.#steps.run("claim", "", () => this.#claim());
    await this.#underWay.start(claimed.flatMap((outgoing) => (outgoing ? [this.#sendOne(outgoing)] : [])));
    return claimed.length > 0;
  }

  /** Undefined in the place of what can't go out. */
  async #claim(): Promise<readonly (Outgoing | undefined)[]> {
    const { store, tenant, wallClock } = this.#parts;
    const wallMs = wallClock();
    const { now } = await readClock(this.#reader(), wallMs);
    const nowMs = Date.parse(now);
    const claim = { nowMs, wallMs, leaseMs: LEASE_MS, limit: CLAIM_AT_ONCE };
    const claimed = await store.claimDispatches(tenant, claim);
    return Promise.all(claimed.map((dispatch) => this.#prepare(dispatch, wallMs, nowMs)));
  }

  async #prepare(
    dispatch: StoredDispatch,
    startedAt: number,
    nowMs: number,
    faults = this.#faults,
  ): Promise<Outgoing | undefined> {
    const { store, tenant, encoder } = this.#parts;
    const settle = async (settlement: DispatchSettlement): Promise<undefined> =>
      void (await store.settleDispatch(tenant, dispatch.id, settlement));
    const times = { startedAt, endedAt: startedAt, nowMs };
    const endpoint = (await this.#reader().get<WebhookEndpoint>(ENDPOINTS, dispatch.endpointId))?.value;
    const [event] = await this.#reader().events({ id: dispatch.eventId, limit: 1 });
    if (endpoint === undefined || endpoint.status === "disabled" || event === undefined)
      return settle(settlementOf(dispatch, { kind: "gone" }, times));
    if (endpoint.status === "paused") {
      await this.#keep(dispatch, nowMs);
      return undefined;
    }
    const fate = await faults.fateOf(dispatch, event, endpoint, nowMs, () => this.#successorOf(dispatch));
    if (fate.kind === "lost") return settle(settlementOf(dispatch, fate, times));
    if (fate.kind === "held") return settle({ state: "pending", notBeforeMs: fate.notBeforeMs });
    const { signature, after, copies } = fate;
    const signing = { wallMs: startedAt, nowMs };
    const request = signedRequest(encoder.outgoing(event), endpoint, signing, signature);
    const awaited = endpoint.status === "unverified" || endpoint.failuresInARow !== undefined;
    // Nobody else can have claimed it: it comes after one that is claimed.
    const first = after && (await this.#prepare(after, startedAt, nowMs, undisturbed));
    return { dispatch, request, startedAt, nowMs, awaited, first, copies };
  }

  /** The next that waits for the same endpoint under the same key. */
  async #successorOf(dispatch: StoredDispatch): Promise<StoredDispatch | undefined> {
    const { store, tenant } = this.#parts;
    const { endpointId, orderKey, sequence } = dispatch;
    const query = { endpointId, state: "pending", after: sequence, limit: SUCCESSORS_LOOKED_AT } as const;
    return (await store.dispatches(tenant, query)).find((other) => other.orderKey === orderKey);
  }

  /** For a paused endpoint: until `release`, or, where a crash came in between, until it is looked at again. */
  async #keep({ id, endpointId }: StoredDispatch, nowMs: number): Promise<void> {
    const { store, tenant } = this.#parts;
    await store.settleDispatch(tenant, id, { state: "pending", notBeforeMs: nowMs + LOOK_AT_PAUSED_MS });
    const endpoint = await this.#reader().get<WebhookEndpoint>(ENDPOINTS, endpointId);
    // It was resumed in this very moment.
    if (endpoint?.value.status !== "paused") {
      await store.settleDispatch(tenant, id, { state: "pending", notBeforeMs: 0 });
    }
  }

  async #sendOne(outgoing: Outgoing): Promise<void> {
    const { sender } = this.#parts;
    const { first, request, dispatch, copies = 0 } = outgoing;
    if (first !== undefined) await this.#sendOne(first);
    const outcome: WebhookResult =
      sender === undefined
        ? { kind: "failed", error: "this sandbox sends no webhooks" }
        : await sender(request);
    // What comes of the copies is nobody's matter: the first one counts.
    for (let copy = 0; copy < copies; copy++) await sender?.(request);
    await this.#steps.run("settle", dispatch.id, () => this.#settleOne(outgoing, outcome));
  }

  async #settleOne(outgoing: Outgoing, outcome: WebhookResult): Promise<void> {
    const { store, tenant, wallClock } = this.#parts;
    const { dispatch, startedAt, nowMs } = outgoing;
    const settlement = settlementOf(dispatch, outcome, { startedAt, endedAt: wallClock(), nowMs });
    await store.settleDispatch(tenant, dispatch.id, settlement);
    await this.#standing.learn(outgoing, settlement.state, outcome);
  }

  #reader(): ReturnType<Store["reader"]> {
    return this.#parts.store.reader(this.#parts.tenant);
  }

  #directory(): EndpointDirectory {
    return new EndpointDirectory(this.#reader());
  }
}
