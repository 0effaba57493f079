import { issuesTokens } from "../../specs/engine/catalog/lookup.ts";
import { OperationRouter } from "../../specs/engine/catalog/routes/operation-router.ts";
import type { Catalog, Operation } from "../../specs/engine/catalog/types.ts";
import type { Caller } from "../capabilities/capability.ts";
import {
  type CertificationJob,
  type CertificationWindow,
  certificationKey,
  type SeenExchange,
} from "../capabilities/certifications/records.ts";
import { everyRecord } from "../capabilities/page.ts";
import { collections } from "../capabilities/records.ts";
import type { Arrival } from "../pipeline/arrival.ts";
import type { Problem } from "../pipeline/problem.ts";
import { bearerIn } from "../pipeline/schemes.ts";
import type { Steps } from "../pipeline/steps.ts";
import type { Reader, Store, StoredRecord } from "../store/store.ts";
import { canonicalAnswer } from "./answers.ts";
import { disturb } from "./disturb.ts";
import { seenExchanges } from "./exchanges.ts";
import { markOf, maskBody, maskHeaders } from "./masking.ts";
import { OpenWindow } from "./open-window.ts";

/** More of one client than this isn't kept: enough for a working day, too little to fill a disk. */
const MOST_EXCHANGES = 2_000;

type Next = () => Promise<Response>;

/** A request on its way through the sandbox. */
export interface Passing {
  readonly arrival: Arrival;
  readonly request: Request;
  readonly requestId: string;
  /** As the sandbox reads it: a probe may change it. */
  readonly url: URL;
  code?: string | undefined;
}

export interface ObservationParts {
  readonly store: Store;
  readonly tenant: string;
  readonly catalog: Catalog;
  readonly wallClock: () => number;
  /** Whose token it is; undefined where it is nobody's. */
  callerOf(token: string): Promise<Caller | undefined>;
  readonly steps: Steps;
  /** Problem details as the sandbox sends them. */
  problem(passing: Passing, operation: Operation, problem: Problem): Promise<Response>;
}

/** A request of a watched party, as it came. */
interface Came {
  readonly passing: Passing;
  readonly url: string;
  readonly body: string;
  readonly party: string;
  readonly startedAtMs: number;
}

type Facts = Partial<Pick<SeenExchange, "operationId" | "token" | "probe" | "fingerprint">>;

/**
 * Watches the clients of parties that submitted them for certification, and puts probes in their way. Others never
 * notice: while no window is open, a request costs one look at a number; while one is, the requests of other parties
 * pass as they are.
 */
export class Observation {
  readonly #parts: ObservationParts;
  readonly #read: Reader;
  readonly #router: OperationRouter;
  /** Party → its window. */
  readonly #windows = new Map<string, OpenWindow>();
  /** What the sandbox itself sends in the name of a party. */
  readonly #own = new WeakSet<Request>();
  readonly #waiting = new Set<() => void>();
  #seen = 0;

  constructor(parts: ObservationParts) {
    this.#parts = parts;
    this.#read = parts.store.reader(parts.tenant);
    this.#router = new OperationRouter(parts.catalog.operations);
  }

  /** Looks which windows are open now: another process, or the clock, may have opened or closed some. */
  async refresh(): Promise<void> {
    const open = await Array.fromAsync(
      everyRecord<CertificationWindow>(this.#read, collections.certificationWindows),
    );
    const watched = new Map(open.map(({ value }) => [value.party, value.certificationId]));
    for (const [party, { id }] of this.#windows) {
      if (watched.get(party) !== id) this.#windows.delete(party);
    }
    for (const window of open) {
      if (!this.#windows.has(window.id)) await this.#open(window);
    }
    // What a client sends to another process is kept there.
    const seen = this.#parts.store.changesElsewhere();
    if (seen !== this.#seen) this.#tell();
    this.#seen = seen;
  }

  async #open({ id, value }: StoredRecord<CertificationWindow>): Promise<void> {
    const { certificationId } = value;
    const job = await this.#read.get<CertificationJob>(collections.certificationJobs, certificationId);
    if (job === undefined) return;
    const seen = await seenExchanges(this.#read, certificationId);
    this.#windows.set(id, new OpenWindow(certificationId, job.value.seed, seen));
  }

  /** A request that the sandbox sends itself, as another party: it is not the client's. */
  ignore(request: Request): Request {
    this.#own.add(request);
    return request;
  }

  /** Resolves when the next exchange was kept, or may have been kept by another process. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  /** Whether anybody is watched at this moment. */
  get watches(): boolean {
    return this.#windows.size > 0;
  }

  /** The way of a request while windows are open; undefined where nobody is watched. */
  around(passing: Passing, next: Next): Promise<Response> | undefined {
    return this.#windows.size === 0 || this.#own.has(passing.request) ? undefined : this.#pass(passing, next);
  }

  async #pass(passing: Passing, next: Next): Promise<Response> {
    const { request, url } = passing;
    const operation = this.#router.operationOf(request.method, url);
    // By these the party speaks of its certification; its client has no part in it.
    if (operation?.capability?.name.startsWith("certifications.")) return next();
    if (operation !== undefined && issuesTokens(operation)) return this.#token(passing, operation, next);
    const token = bearerIn(request.headers.get("authorization"));
    const caller = token === "" ? undefined : await this.#parts.callerOf(token);
    const window = caller === undefined ? undefined : this.#windows.get(caller.party);
    if (window === undefined || caller === undefined) return next();
    const read = { passing, url: request.url, body: await request.clone().text(), party: caller.party };
    if (operation !== undefined) return this.#watch(read, operation, window, next);
    // A path that no operation has: seen, and never met by a probe.
    const came = { ...read, startedAtMs: await this.#step(passing, async () => this.#parts.wallClock()) };
    const response = await next();
    await this.#keep(came, response, {});
    return response;
  }

  #step<T>({ requestId }: Passing, work: () => Promise<T>): Promise<T> {
    return this.#parts.steps.run("observe", requestId, work);
  }

  /** Who asked for a token is known from the token that it got. */
  async #token(passing: Passing, operation: Operation, next: Next): Promise<Response> {
    const body = await passing.request.clone().text();
    const startedAtMs = await this.#step(passing, async () => this.#parts.wallClock());
    const response = await next();
    const canonical = (await canonicalAnswer(operation, response)) as { accessToken?: unknown } | undefined;
    const token = canonical?.accessToken;
    if (typeof token !== "string") return response;
    const caller = await this.#parts.callerOf(token);
    if (caller === undefined || !this.#windows.has(caller.party)) return response;
    const came = { passing, url: passing.request.url, body, party: caller.party, startedAtMs };
    await this.#keep(came, response, { operationId: operation.id, token: markOf(token) });
    return response;
  }

  async #watch(
    read: Omit<Came, "startedAtMs">,
    operation: Operation,
    window: OpenWindow,
    next: Next,
  ): Promise<Response> {
    const { passing, body } = read;
    const { request } = passing;
    const token = markOf(request.headers.get("authorization") ?? "");
    const fingerprint = markOf(`${request.method} ${request.url}\n${body}`);
    const { probe, startedAtMs } = await this.#step(passing, async () => ({
      probe: window.meet(operation, fingerprint, token),
      startedAtMs: this.#parts.wallClock(),
    }));
    const problem = (told: Problem): Promise<Response> => {
      passing.code = told.code;
      return this.#parts.problem(passing, operation, told);
    };
    const { response, missed } = await disturb({ operation, url: passing.url, problem }, probe, next);
    if (missed && probe !== undefined) window.takeBack(probe.kind);
    await this.#keep({ ...read, startedAtMs }, response, {
      operationId: operation.id,
      probe: missed ? null : (probe?.kind ?? null),
      fingerprint,
    });
    return response;
  }

  /** Kept before the answer goes out, so that the next request finds it. */
  async #keep(
    { passing, url, body, party, startedAtMs }: Came,
    response: Response,
    facts: Facts,
  ): Promise<void> {
    const type = (headers: Headers): string => headers.get("content-type") ?? "";
    const { method, headers } = passing.request;
    const seen = {
      operationId: "",
      token: null,
      probe: null,
      fingerprint: "",
      ...facts,
      startedAtMs,
      request: { method, url, headers: maskHeaders(headers), body: maskBody(body, type(headers)) },
      response: {
        status: response.status,
        headers: maskHeaders(response.headers),
        body: maskBody(await response.clone().text(), type(response.headers)),
      },
    };
    await this.#step(passing, () =>
      this.#store(party, passing.requestId, {
        ...seen,
        durationMs: Math.max(0, this.#parts.wallClock() - startedAtMs),
      }),
    );
    this.#tell();
  }

  #tell(): void {
    for (const told of this.#waiting) told();
    this.#waiting.clear();
  }

  /** Nothing is added to a window that has closed. */
  async #store(party: string, requestId: string, seen: Omit<SeenExchange, "certificationId">): Promise<void> {
    const { store, tenant } = this.#parts;
    const window = await this.#read.get<CertificationWindow>(collections.certificationWindows, party);
    const watched = this.#windows.get(party);
    if (window === undefined || watched?.id !== window.value.certificationId) return this.refresh();
    if (watched.size >= MOST_EXCHANGES) return;
    watched.size += 1;
    const { id: certificationId } = watched;
    await store.apply({
      tenant,
      writes: [
        {
          collection: collections.certificationExchanges,
          id: `${certificationId}/${requestId}`,
          value: { ...seen, certificationId },
          expectedVersion: 0,
          keys: [certificationKey(certificationId)],
        },
      ],
      expects: [{ collection: window.collection, id: party, version: window.version }],
      transactions: [],
      events: [],
    });
  }
}
