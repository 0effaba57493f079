import type { Steps } from "../pipeline/steps.ts";
import { readClock } from "../store/clock.ts";
import type { DispatchSettlement, Reader, Store, StoredDispatch, StoredEvent } from "../store/store.ts";
import { part } from "../values/part.ts";
import { type DispatchFaults, undisturbed } from "./dispatch-fate.ts";
import type { EventEncoder } from "./encoder.ts";
import { ENDPOINTS, type WebhookEndpoint } from "./endpoint.ts";
import { EndpointStanding, type Sent } from "./endpoint-standing.ts";
import { settlementOf } from "./retry.ts";
import type { WebhookRequest, WebhookResult, WebhookSender } from "./sender.ts";

const signing = part("signing", () => import("./sign.ts"));

const LEASE_MS = 30_000;
export const CLAIM_AT_ONCE = 32;
export const SUCCESSORS_LOOKED_AT = 50;
/** A paused endpoint is released when it resumes; this is for a crash in between. Virtual time. */
const LOOK_AT_PAUSED_MS = 3_600_000;

export interface CourierParts {
  readonly store: Store;
  readonly tenant: string;
  readonly encoder: EventEncoder;
  readonly wallClock: () => number;
  /** Undefined where nothing is sent: what is due fails. */
  readonly sender: WebhookSender | undefined;
  readonly steps: Steps;
  readonly faults: DispatchFaults;
}

/** A dispatch that was claimed, and what it is about. */
interface Due {
  readonly dispatch: StoredDispatch;
  readonly endpoint: WebhookEndpoint | undefined;
  readonly event: StoredEvent | undefined;
}

/** A dispatch that was claimed, signed and goes out now. */
export interface Outgoing extends Sent {
  readonly request: WebhookRequest;
  /** Wall-clock milliseconds. */
  readonly startedAt: number;
  /** Goes out before it. */
  readonly first?: Outgoing | undefined;
  /** How many times more it is sent. */
  readonly copies?: number | undefined;
}

/** Takes dispatches that are due, one by one, to their endpoints. */
export class Courier {
  readonly #parts: CourierParts;
  readonly #read: Reader;
  readonly #steps: Steps;
  readonly #faults: DispatchFaults;
  readonly #standing: EndpointStanding;

  constructor(parts: CourierParts) {
    this.#parts = parts;
    this.#read = parts.store.reader(parts.tenant);
    this.#steps = parts.steps;
    this.#faults = parts.faults;
    this.#standing = new EndpointStanding(parts.store, parts.tenant);
  }

  /** Some of what is due, signed and ready to go out; undefined in the place of what can't go out. */
  claim(): Promise<readonly (Outgoing | undefined)[]> {
    return this.#steps.run("claim", "", () => this.#claim());
  }

  async #claim(): Promise<readonly (Outgoing | undefined)[]> {
    const { store, tenant, wallClock } = this.#parts;
    const wallMs = wallClock();
    const { now } = await readClock(this.#read, wallMs);
    const nowMs = Date.parse(now);
    const claim = { nowMs, wallMs, leaseMs: LEASE_MS, limit: CLAIM_AT_ONCE };
    const claimed = await store.claimDispatches(tenant, claim);
    const due = await Promise.all(claimed.map((dispatch) => this.#look(dispatch)));
    const prepared: (Outgoing | undefined)[] = [];
    // One after the other: which of them a fault meets, and what is written, mustn't hang on whose read was quicker.
    for (const one of due) prepared.push(await this.#prepare(one, wallMs, nowMs));
    return prepared;
  }

  async #look(dispatch: StoredDispatch): Promise<Due> {
    const [endpoint, [event]] = await Promise.all([
      this.#read.get<WebhookEndpoint>(ENDPOINTS, dispatch.endpointId),
      this.#read.events({ id: dispatch.eventId, limit: 1 }),
    ]);
    return { dispatch, endpoint: endpoint?.value, event };
  }

  async #prepare(
    { dispatch, endpoint, event }: Due,
    startedAt: number,
    nowMs: number,
    faults = this.#faults,
  ): Promise<Outgoing | undefined> {
    const { store, tenant, encoder } = this.#parts;
    const settle = async (settlement: DispatchSettlement): Promise<undefined> =>
      void (await store.settleDispatch(tenant, dispatch.id, settlement));
    const times = { startedAt, endedAt: startedAt, nowMs };
    // What was planned before its party left is among the last that it gets.
    const isOut = endpoint?.status === "disabled" && (endpoint.ended?.lastCause ?? "") === "";
    if (endpoint === undefined || isOut || event === undefined)
      return settle(settlementOf(dispatch, { kind: "gone" }, times));
    if (endpoint.status === "paused") {
      await this.#keep(dispatch, nowMs);
      return undefined;
    }
    const fate = await faults.fateOf(dispatch, event, endpoint, nowMs, () => this.#successorOf(dispatch));
    if (fate.kind === "lost") return settle(settlementOf(dispatch, fate, times));
    if (fate.kind === "held") return settle({ state: "pending", notBeforeMs: fate.notBeforeMs });
    const { signature, after, copies } = fate;
    const { signedRequest } = await signing();
    const at = { wallMs: startedAt, nowMs };
    const request = signedRequest(encoder.outgoing(event), endpoint, at, signature);
    const awaited = endpoint.status === "unverified" || endpoint.failuresInARow !== undefined;
    // Nobody else can have claimed it: it comes after one that is claimed.
    const first = after && (await this.#prepare(await this.#look(after), startedAt, nowMs, undisturbed));
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
    const endpoint = await this.#read.get<WebhookEndpoint>(ENDPOINTS, endpointId);
    // It was resumed in this very moment.
    if (endpoint?.value.status !== "paused") {
      await store.settleDispatch(tenant, id, { state: "pending", notBeforeMs: 0 });
    }
  }

  /** Sends it, after what goes before it, and keeps what came of it. */
  async send(outgoing: Outgoing): Promise<void> {
    const { sender } = this.#parts;
    const { first, request, dispatch, copies = 0 } = outgoing;
    if (first !== undefined) await this.send(first);
    const outcome: WebhookResult =
      sender === undefined
        ? { kind: "failed", error: "this sandbox sends no webhooks" }
        : await sender(request);
    // What comes of the copies is nobody's matter: the first one counts.
    for (let copy = 0; copy < copies; copy++) await sender?.(request);
    await this.#steps.run("settle", dispatch.id, () => this.#settle(outgoing, outcome));
  }

  async #settle(outgoing: Outgoing, outcome: WebhookResult): Promise<void> {
    const { store, tenant, wallClock } = this.#parts;
    const { dispatch, startedAt, nowMs } = outgoing;
    const settlement = settlementOf(dispatch, outcome, { startedAt, endedAt: wallClock(), nowMs });
    await store.settleDispatch(tenant, dispatch.id, settlement);
    await this.#standing.learn(outgoing, settlement.state, outcome);
  }
}
