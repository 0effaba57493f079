import { type Steps, sideBySide } from "../pipeline/steps.ts";
import { readClock } from "../store/clock.ts";
import type { PlannedDispatch, Store, StoredDispatch } from "../store/store.ts";
import type { EventEncoder } from "./encoder.ts";
import { ENDPOINTS, type WebhookEndpoint } from "./endpoint.ts";
import { dispatchesOf, EndpointDirectory } from "./fan-out.ts";
import { settlementOf } from "./retry.ts";
import type { WebhookRequest, WebhookResult, WebhookSender } from "./sender.ts";
import { signedRequest } from "./sign.ts";

const LEASE_MS = 30_000;
const CLAIM_AT_ONCE = 32;
const FAN_OUT_AT_ONCE = 500;
/** What is answered within this time is spread over endpoints in one run: on a busy sandbox a run costs as much as a request. */
const WAKE_AFTER_MS = 2;

export interface DispatcherParts {
  readonly store: Store;
  readonly tenant: string;
  readonly encoder: EventEncoder;
  readonly wallClock: () => number;
  readonly sender: WebhookSender | undefined;
  /** Default: at once. */
  readonly steps?: Steps;
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
}

/**
 * Brings events from the outbox to the endpoints that want them: at least once, in order per endpoint and key.
 * Several processes on one store share the work, since each claims what it sends.
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #steps: Steps;
  #running: Promise<void> | undefined;
  #again = false;
  #waking = false;
  #closed = false;
  #held = false;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#steps = parts.steps ?? sideBySide;
  }

  /** There may be something to do: a run starts soon, or another one after the one under way. */
  wake(): void {
    if (this.#waking || !this.#actsByItself()) return;
    this.#waking = true;
    setTimeout(() => {
      this.#waking = false;
      void this.settle();
    }, WAKE_AFTER_MS);
  }

  /** Resolves when every event is spread over endpoints and nothing that is due now is left to try. */
  settle(): Promise<void> {
    if (this.#closed || this.#held || !this.#actsByItself()) return Promise.resolve();
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Runs `work` while nothing is being sent. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    this.#held = true;
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

  async #run(): Promise<void> {
    try {
      while (this.#again && !this.#closed && !this.#held) {
        this.#again = false;
        while (await this.fanOut());
        while (!this.#closed && !this.#held && (await this.send()));
      }
    } catch (error) {
      this.#parts.onError(error);
    }
  }

  #actsByItself(): boolean {
    return this.#parts.sender !== undefined && this.#steps.takeOver === undefined;
  }

  /** Spreads the next events over endpoints; false where there were none. */
  fanOut(): Promise<boolean> {
    return this.#steps.run("fan-out", "", async () => {
      const { store, tenant } = this.#parts;
      const from = await store.fannedOut(tenant);
      const events = await this.#reader().events({ after: from, limit: FAN_OUT_AT_ONCE });
      const last = events.at(-1);
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
      return true;
    });
  }

  /** Sends what is due; false where nothing was. */
  async send(): Promise<boolean> {
    const claimed = await this.#steps.run("claim", "", () => this.#claim());
    await Promise.all(claimed.map((outgoing) => outgoing && this.#sendOne(outgoing)));
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

  async #prepare(dispatch: StoredDispatch, startedAt: number, nowMs: number): Promise<Outgoing | undefined> {
    const { store, tenant, encoder } = this.#parts;
    const endpoint = (await this.#reader().get<WebhookEndpoint>(ENDPOINTS, dispatch.endpointId))?.value;
    const [event] = await this.#reader().events({ id: dispatch.eventId, limit: 1 });
    if (endpoint === undefined || endpoint.status === "disabled" || event === undefined) {
      const settlement = settlementOf(dispatch, { kind: "gone" }, { startedAt, endedAt: startedAt, nowMs });
      await store.settleDispatch(tenant, dispatch.id, settlement);
      return undefined;
    }
    if (endpoint.status === "paused") {
      await store.settleDispatch(tenant, dispatch.id, { state: "pending", notBeforeMs: nowMs + 1000 });
      return undefined;
    }
    const request = signedRequest(encoder.envelope(event), endpoint, { wallMs: startedAt, nowMs });
    return { dispatch, request, startedAt, nowMs };
  }

  async #sendOne(outgoing: Outgoing): Promise<void> {
    const { sender } = this.#parts;
    const outcome: WebhookResult =
      sender === undefined
        ? { kind: "failed", error: "this sandbox sends no webhooks" }
        : await sender(outgoing.request);
    await this.#steps.run("settle", outgoing.dispatch.id, () => this.#settleOne(outgoing, outcome));
  }

  async #settleOne({ dispatch, startedAt, nowMs }: Outgoing, outcome: WebhookResult): Promise<void> {
    const { store, tenant, wallClock } = this.#parts;
    const settlement = settlementOf(dispatch, outcome, { startedAt, endedAt: wallClock(), nowMs });
    await store.settleDispatch(tenant, dispatch.id, settlement);
    if (outcome.kind !== "answered") return;
    if (outcome.status === 410) await this.#change(dispatch.endpointId, "disabled");
    else if (settlement.state === "done" && (await this.#handsBack(dispatch, outcome.body)))
      await this.#change(dispatch.endpointId, "active", { verifiedAt: new Date(nowMs).toISOString() });
  }

  /** Whether the answer to a verification event holds the endpoint's latest challenge: proof that it reached its party. */
  async #handsBack({ endpointId, eventId }: StoredDispatch, body: string | undefined): Promise<boolean> {
    if (body === undefined) return false;
    const endpoint = await this.#reader().get<WebhookEndpoint>(ENDPOINTS, endpointId);
    const challenge = endpoint?.value["challenge"];
    if (endpoint?.value.status !== "unverified" || typeof challenge !== "string") return false;
    const [event] = await this.#reader().events({ id: eventId, limit: 1 });
    return event?.data["challenge"] === challenge && challengeIn(body) === challenge;
  }

  /** What an endpoint's own answer says about it: 410 Gone that it wants no more, its challenge that it is the right one. */
  async #change(
    endpointId: string,
    status: WebhookEndpoint["status"],
    more: { readonly verifiedAt?: string } = {},
  ): Promise<void> {
    const { store, tenant } = this.#parts;
    const record = await this.#reader().get<WebhookEndpoint>(ENDPOINTS, endpointId);
    if (record === undefined || record.value.status === status) return;
    const value: WebhookEndpoint = { ...record.value, ...more, status };
    await store.apply({
      tenant,
      writes: [
        {
          collection: ENDPOINTS,
          id: endpointId,
          value,
          expectedVersion: record.version,
          keys: [`party:${value.party}`],
        },
      ],
      transactions: [],
      events: [],
    });
  }

  #reader(): ReturnType<Store["reader"]> {
    return this.#parts.store.reader(this.#parts.tenant);
  }

  #directory(): EndpointDirectory {
    return new EndpointDirectory(this.#reader());
  }
}

function challengeIn(body: string): unknown {
  try {
    const reply: unknown = JSON.parse(body);
    return typeof reply === "object" && reply !== null && "challenge" in reply ? reply.challenge : undefined;
  } catch {
    return undefined;
  }
}
