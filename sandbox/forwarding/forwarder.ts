import { operationsByCapability } from "../../specs/engine/catalog/lookup.ts";
import type { Validators } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog, Operation } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/index.ts";
import { everyRecord } from "../capabilities/page.ts";
import { collections } from "../capabilities/records.ts";
import { type BuildNotice, noticed, type StoredNotice } from "../capabilities/webhooks/build-notices.ts";
import {
  type ForwardedOffer,
  isUnderWay,
  offerId,
  rewritten,
  type StoredForwardedOffer,
  waitsFor,
} from "../capabilities/webhooks/forward-records.ts";
import type { WorkOrderRecord } from "../capabilities/work-orders/records.ts";
import { decideUnasked } from "../pipeline/decide-unasked.ts";
import type { ExchangeLog } from "../pipeline/exchange-log.ts";
import type { Steps } from "../pipeline/steps.ts";
import type { TimerParts } from "../pipeline/timers.ts";
import type { Tokens } from "../pipeline/tokens.ts";
import type { JsonObject, RecordWrite } from "../store/store.ts";
import type { PartnerCaller, PartnerReply, PartnerRequest } from "./caller.ts";
import { failed, noticeRequest, operationFor, requestFor, toldOf, verdictOf } from "./fulfilment.ts";

const SETTLE = "forwarding.settle";
const TOLD = "forwarding.told";
/** Longer than any caller waits for an answer. */
const LEASE_MS = 30_000;
const TOKEN_LIFETIME_S = 300;

export interface ForwarderParts {
  readonly catalog: Catalog;
  readonly validators: Validators;
  readonly caller: PartnerCaller;
  /** Undefined where the sandbox issues no tokens: builds are asked without one. */
  readonly tokens: Tokens | undefined;
  readonly log: ExchangeLog;
  readonly steps: Steps;
  readonly wallClock: () => number;
  readonly decisions: TimerParts;
  /** Events and timers may have come. */
  changed(): void;
}

/** An offer, or something else to be told, that was claimed. */
interface Claimed {
  readonly id: string;
  /** Decides what came of it. */
  readonly decidedBy: { readonly capability: string; readonly input: JsonObject };
}

/** It goes out now. */
interface Outgoing extends Claimed {
  readonly party: string;
  readonly operation: Operation;
  readonly request: PartnerRequest;
  /** What the build's answer means. */
  read(reply: PartnerReply): JsonObject;
}

/** It can't go out. */
interface Unsendable extends Claimed {
  /** Why. */
  readonly verdict: JsonObject;
}

/**
 * Takes the offers of stand-ins that are forwarded to the builds that answer in their place, and tells them when an order
 * that they have is moved or called off. Talking to a build is an effect and so outside of any decision; what came of it
 * is recorded by one. Several processes on one store share the work, since each claims what it asks.
 */
export class Forwarder {
  readonly #parts: ForwarderParts;
  readonly #rounds = new Set<Promise<unknown>>();
  #held = false;
  #closed = false;

  constructor(parts: ForwarderParts) {
    this.#parts = parts;
  }

  /** Resolves when no offer is due; true where there were any. A build that hangs keeps no other offer waiting. */
  async settle(): Promise<boolean> {
    if (this.#parts.steps.takeOver !== undefined) return false;
    let asked = false;
    while (!this.#closed && !this.#held && (await this.#round())) asked = true;
    return asked;
  }

  /** Runs `work` while no build is being asked. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    this.#held = true;
    try {
      await Promise.all(this.#rounds);
      return await work();
    } finally {
      this.#held = false;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#rounds);
  }

  async #round(): Promise<boolean> {
    const round = this.drive().catch((error: unknown) => {
      this.#parts.decisions.onFault(error, SETTLE, "background");
      return false;
    });
    this.#rounds.add(round);
    try {
      return await round;
    } finally {
      this.#rounds.delete(round);
    }
  }

  /** Asks about every offer that is due, and tells what is due to be told; false where nothing was. */
  async drive(): Promise<boolean> {
    const claimed = await this.#parts.steps.run("forward", "", async () => [
      ...(await this.#claimAll()),
      ...(await this.#claimNotices()),
    ]);
    await Promise.all(claimed.map((one) => this.#ask(one)));
    return claimed.length > 0;
  }

  async #claimAll(): Promise<readonly (Outgoing | Unsendable)[]> {
    const { decisions, wallClock } = this.#parts;
    const wallMs = wallClock();
    const read = decisions.store.reader(decisions.tenant);
    const offers = everyRecord<ForwardedOffer>(read, collections.forwardedOffers);
    const claimed: (Outgoing | Unsendable)[] = [];
    for await (const offer of offers) {
      if (offer.value.state !== "due" || offer.value.leasedUntilMs > wallMs) continue;
      const outgoing = await this.#claim(offer, wallMs);
      if (outgoing !== undefined) claimed.push(outgoing);
    }
    return claimed;
  }

  /** Undefined where nobody waits for its answer any more, or another process was faster. */
  async #claim(stored: StoredForwardedOffer, wallMs: number): Promise<Outgoing | Unsendable | undefined> {
    const { decisions, catalog } = this.#parts;
    const { id, value: offer } = stored;
    const read = decisions.store.reader(decisions.tenant);
    const order = (await read.get<WorkOrderRecord>(collections.workOrders, offer.workOrderId))?.value;
    if (order === undefined || !waitsFor(order, offer)) {
      await this.#write(rewritten(stored, null));
      return undefined;
    }
    const claimed = await this.#write(rewritten(stored, { ...offer, leasedUntilMs: wallMs + LEASE_MS }));
    if (!claimed) return undefined;
    const decidedBy = { capability: SETTLE, input: { offerId: id } };
    const operation = operationFor(catalog, offer);
    if (operation === undefined)
      return { id, decidedBy, verdict: failed("The spec set doesn't say how to ask a build.") };
    try {
      const request = requestFor(operation, offer, order, catalog);
      return {
        id,
        decidedBy,
        party: offer.provider,
        operation,
        request: await this.#authorised(request, operation, `${id}.${offer.tries}`, offer.provider),
        read: (reply) => verdictOf(operation, reply, offer.workOrderId, this.#parts.validators),
      };
    } catch (error) {
      if (!(error instanceof EcoError)) throw error;
      return { id, decidedBy, verdict: failed(error.message) };
    }
  }

  /** Of each order the first thing that is to be told: what comes after it waits until that is done. */
  async #claimNotices(): Promise<readonly (Outgoing | Unsendable)[]> {
    const { decisions, wallClock } = this.#parts;
    const wallMs = wallClock();
    const read = decisions.store.reader(decisions.tenant);
    const orders = new Set<string>();
    const claimed: (Outgoing | Unsendable)[] = [];
    for await (const notice of everyRecord<BuildNotice>(read, collections.buildNotices)) {
      const { workOrderId, attempt, state, leasedUntilMs } = notice.value;
      if (orders.has(workOrderId)) continue;
      orders.add(workOrderId);
      if (state !== "due" || leasedUntilMs > wallMs) continue;
      const id = offerId(workOrderId, attempt);
      const offer = await read.get<ForwardedOffer>(collections.forwardedOffers, id);
      // What the build is being asked comes first.
      if (offer !== undefined && isUnderWay(offer.value)) continue;
      const outgoing = await this.#claimNotice(notice, wallMs);
      if (outgoing !== undefined) claimed.push(outgoing);
    }
    return claimed;
  }

  async #claimNotice(notice: StoredNotice, wallMs: number): Promise<Outgoing | Unsendable | undefined> {
    const { catalog } = this.#parts;
    const { id, value } = notice;
    const held = { ...value, leasedUntilMs: wallMs + LEASE_MS };
    if (!(await this.#write(noticed(notice, held)))) return undefined;
    const decidedBy = { capability: TOLD, input: { noticeId: id } };
    const [operation] = operationsByCapability(catalog, value.tells);
    if (operation === undefined)
      return { id, decidedBy, verdict: { verdict: "refused", reason: "the spec set doesn't say how." } };
    try {
      const request = noticeRequest(operation, notice, catalog);
      return {
        id,
        decidedBy,
        party: value.provider,
        operation,
        request: await this.#authorised(request, operation, `${id}.${value.tries}`, value.provider),
        read: (reply) => toldOf(operation, reply),
      };
    } catch (error) {
      if (!(error instanceof EcoError)) throw error;
      return { id, decidedBy, verdict: { verdict: "refused", reason: error.message } };
    }
  }

  /** With a token for this party alone, with the scopes that the operation asks for. */
  async #authorised(
    request: PartnerRequest,
    { security }: Operation,
    tokenId: string,
    provider: string,
  ): Promise<PartnerRequest> {
    const { tokens, catalog } = this.#parts;
    const [alternative = []] = security;
    if (tokens === undefined || alternative.length === 0) return request;
    const subject = catalog.ecosystem.orchestrator;
    const role = catalog.ecosystem.parties.find((party) => party.id === subject)?.role ?? "orchestrator";
    const scopes = alternative.flatMap((needed) => needed.scopes);
    const claims = { subject, role, scopes, clientId: subject, audience: provider };
    const token = await tokens.sign({ ...claims, lifetimeSeconds: TOKEN_LIFETIME_S }, tokenId);
    return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
  }

  async #write(write: RecordWrite): Promise<boolean> {
    const { store, tenant } = this.#parts.decisions;
    const outcome = await store.apply({ tenant, writes: [write], transactions: [], events: [] });
    return outcome.kind === "applied";
  }

  async #ask(one: Outgoing | Unsendable): Promise<void> {
    const { steps, decisions, wallClock } = this.#parts;
    const { id, decidedBy } = one;
    const verdict = "verdict" in one ? one.verdict : await this.#exchange(one);
    const { capability, input } = decidedBy;
    await steps.run("settle", id, () =>
      decideUnasked(decisions, wallClock, capability, { ...input, ...verdict }),
    );
    this.#parts.changed();
  }

  async #exchange({ id, party, operation, request, read }: Outgoing): Promise<JsonObject> {
    const startedAt = performance.now();
    const reply = await this.#parts.caller(request);
    this.#note({ requestId: id, operationId: operation.id, party, startedAt }, request, reply);
    return read(reply);
  }

  #note(
    facts: { requestId: string; operationId: string; party: string; startedAt: number },
    { method, url, headers, body }: PartnerRequest,
    reply: PartnerReply,
  ): void {
    const answered = reply.kind === "answered" ? reply : undefined;
    this.#parts.log.add({
      ...facts,
      method,
      url,
      code: undefined,
      now: undefined,
      faults: undefined,
      status: answered?.status ?? 0,
      durationMs: performance.now() - facts.startedAt,
      requestHeaders: new Headers(headers),
      requestBody: body,
      requestBytes: body === undefined ? undefined : new TextEncoder().encode(body).length,
      answer: answered && { headers: answered.headers, body: answered.body },
    });
  }
}
