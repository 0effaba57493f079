import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import { parseJson } from "../../specs/engine/parse-json.ts";
import type { DispatchSettlement, Reader, Store, StoredDispatch } from "../store/store.ts";
import { OVERTAKEN, untilApplied } from "../store/until-applied.ts";
import { isoOf } from "../values/iso.ts";
import { ENDPOINTS, type WebhookEndpoint } from "./endpoint.ts";
import type { WebhookResult } from "./sender.ts";

/** Each was tried for hours before it was given up. */
const FAILURES_UNTIL_DISABLED = 5;

/** What was sent, and when. */
export interface Sent {
  readonly dispatch: StoredDispatch;
  /** Virtual time in milliseconds. */
  readonly nowMs: number;
  /** An arrival changes what is known of the endpoint: it has to be verified, or nothing arrived lately. */
  readonly awaited: boolean;
}

/** What dispatches tell of their endpoints: that one is verified, failing, or gone for good. */
export class EndpointStanding {
  readonly #store: Store;
  readonly #tenant: string;
  readonly #read: Reader;

  constructor(store: Store, tenant: string) {
    this.#store = store;
    this.#tenant = tenant;
    this.#read = store.reader(tenant);
  }

  /** Takes in what came of a dispatch, after it was settled. */
  async learn(
    { dispatch, nowMs, awaited }: Sent,
    state: DispatchSettlement["state"],
    outcome: WebhookResult,
  ): Promise<void> {
    const { endpointId } = dispatch;
    if (outcome.kind === "answered" && outcome.status === 410) {
      await this.#change(endpointId, (endpoint) => disabled(endpoint, "It answered 410 Gone."));
    } else if (state === "failed") {
      await this.#change(endpointId, withFailure);
    } else if (awaited && state === "done" && outcome.kind === "answered") {
      const verifies = await this.#handsBack(dispatch, outcome.body);
      await this.#change(endpointId, (endpoint) => arrived(endpoint, verifies ? isoOf(nowMs) : undefined));
    }
  }

  /** Whether the answer to a verification event holds the endpoint's latest challenge: proof that it reached its party. */
  async #handsBack({ endpointId, eventId }: StoredDispatch, body: string | undefined): Promise<boolean> {
    if (body === undefined) return false;
    const endpoint = await this.#read.get<WebhookEndpoint>(ENDPOINTS, endpointId);
    const challenge = endpoint?.value.challenge;
    if (endpoint?.value.status !== "unverified" || challenge === undefined) return false;
    const [event] = await this.#read.events({ id: eventId, limit: 1 });
    return event?.data["challenge"] === challenge && challengeIn(body) === challenge;
  }

  /** `change` gives the same object where there is nothing to write; it is asked again where another was faster. */
  async #change(endpointId: string, change: (endpoint: WebhookEndpoint) => WebhookEndpoint): Promise<void> {
    const place = { store: this.#store, tenant: this.#tenant, what: `The endpoint ${endpointId}` };
    await untilApplied(place, async ({ reader, apply }) => {
      const record = await reader.get<WebhookEndpoint>(ENDPOINTS, endpointId);
      if (record === undefined) return;
      const value = change(record.value);
      if (value === record.value) return;
      const keys = [`party:${value.party}`];
      const write = { collection: ENDPOINTS, id: endpointId, value, expectedVersion: record.version, keys };
      const outcome = await apply({ tenant: this.#tenant, writes: [write], transactions: [], events: [] });
      return outcome.kind === "applied" ? undefined : OVERTAKEN;
    });
  }
}

function disabled(endpoint: WebhookEndpoint, disabledReason: string): WebhookEndpoint {
  const { ended } = endpoint;
  // Of a party that has left: it doesn't even get its last.
  if (ended !== undefined && ended.lastCause !== "")
    return { ...endpoint, ended: { ...ended, lastCause: "" }, disabledReason };
  return endpoint.status === "disabled" ? endpoint : { ...endpoint, status: "disabled", disabledReason };
}

/** One dispatch given up is that event's loss; several in a row are an endpoint that is gone. */
function withFailure(endpoint: WebhookEndpoint): WebhookEndpoint {
  const failuresInARow = (endpoint.failuresInARow ?? 0) + 1;
  const counted = { ...endpoint, failuresInARow };
  return failuresInARow < FAILURES_UNTIL_DISABLED
    ? counted
    : disabled(counted, `${failuresInARow} events in a row could not be brought to it.`);
}

function arrived(endpoint: WebhookEndpoint, verifiedAt: string | undefined): WebhookEndpoint {
  if (endpoint.failuresInARow === undefined && verifiedAt === undefined) return endpoint;
  const { failuresInARow: _, ...rest } = endpoint;
  return verifiedAt === undefined ? rest : { ...rest, status: "active", verifiedAt };
}

function challengeIn(body: string): unknown {
  const reply = parseJson(body);
  return isPlainObject(reply) ? reply["challenge"] : undefined;
}
