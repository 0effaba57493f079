import { isJsonType } from "../../catalog/exchange/media-type.ts";
import { isPlainObject } from "../../catalog/pointer.ts";
import { OperationRouter } from "../../catalog/routes/operation-router.ts";
import type { Catalog } from "../../catalog/types.ts";
import { reasonOf } from "../../errors/reason.ts";
import { textWithin } from "../../limited-body.ts";
import { parseJson } from "../../parse-json.ts";
import type { ObservedExchange } from "../options.ts";
import { isTokenOperation, isTokenPath } from "../token-operation.ts";
import {
  type ProbedRequest,
  type ProbeName,
  type Strike,
  strikes,
  withSmallPages,
  withUnknownFields,
} from "./probes.ts";

export interface ProberOptions {
  readonly catalog: Catalog;
  /** Address of the API that the client believes to talk to; paths are those of the request. */
  readonly upstream: string;
  /** In turn: each strikes at the first request that it may strike at, once the one before is done with. */
  readonly probes: readonly ProbeName[];
  /** Number of the client's run, kept with each exchange. */
  readonly session: number;
  readonly fetch: typeof fetch;
  readonly now: () => number;
}

/** Stands between a client and an API: passes on, makes trouble, and takes notes. */
export interface Prober {
  /** The answer; undefined where the connection is to be closed without one. */
  handle(request: Request): Promise<Response | undefined>;
  /** What the client did so far and came to an end, in the order of its requests. */
  recording(): readonly ObservedExchange[];
  fired(): ProbeName[];
  /** Has each probe struck as often as it is meant to? */
  done(): boolean;
}

/** Headers that speak of one connection, or of a body as it was before it was read. */
const OF_THE_CONNECTION =
  /^(host|connection|keep-alive|transfer-encoding|content-length|content-encoding|accept-encoding|expect|upgrade)$/i;

function passedOn(headers: Headers): Headers {
  return new Headers([...headers].filter(([name]) => !OF_THE_CONNECTION.test(name)));
}

/** The strike that is to come next. One that has begun stays with its request, and the next waits until that is settled. */
class Agenda {
  readonly #left: Strike[];
  readonly #fired = new Set<ProbeName>();
  #target: string | undefined;
  #times = 0;
  #settling = false;

  constructor(probes: readonly ProbeName[]) {
    this.#left = probes.flatMap((name) => strikes.filter((one) => one.name === name));
  }

  next(request: ProbedRequest): Strike | undefined {
    const [strike] = this.#left;
    if (strike === undefined || request.isTokenRequest) return undefined;
    const key = `${request.method} ${request.url.href}`;
    if (this.#settling) {
      const again = key === this.#target;
      this.#settle();
      if (again) return undefined;
    }
    // Whoever turned to something else has given the request up.
    if (this.#target !== undefined && this.#target !== key) return this.#finish();
    if (this.#target === undefined && !strike.mayStrike(request)) return undefined;
    this.#target = key;
    this.#fired.add(strike.name);
    this.#times += 1;
    if (this.#times >= strike.times) this.#finish();
    return strike;
  }

  #finish(): undefined {
    this.#left.shift();
    this.#times = 0;
    this.#settling = true;
  }

  #settle(): void {
    this.#settling = false;
    this.#target = undefined;
  }

  get fired(): ReadonlySet<ProbeName> {
    return this.#fired;
  }

  get done(): boolean {
    return this.#left.length === 0;
  }
}

/** What was seen of one request, told when it came to its end. */
interface Entry {
  answered(response: Response, body: string): void;
  unanswered(detail: string): void;
}

/** The notes: a request has its place from its beginning, so that their order is that of the requests. */
class Notes {
  readonly #session: number;
  readonly #now: () => number;
  readonly #started: number;
  readonly #places: (ObservedExchange | undefined)[] = [];

  constructor({ session, now }: Pick<ProberOptions, "session" | "now">) {
    this.#session = session;
    this.#now = now;
    this.#started = now();
  }

  begin({ method, url, headers }: ProbedRequest, body: string | undefined): Entry {
    const begun = this.#now();
    const at = this.#places.push(undefined) - 1;
    const request = {
      method,
      url: url.href,
      headers: Object.fromEntries(headers),
      ...(body === undefined ? {} : { body }),
    };
    const head = { session: this.#session, atMs: begun - this.#started, request };
    const end = (outcome: Pick<ObservedExchange, "response" | "failure" | "abandoned">): void => {
      this.#places[at] = { ...head, durationMs: this.#now() - begun, ...outcome };
    };
    return {
      answered: ({ status, headers: answered }, text) =>
        end({
          response: { status, headers: Object.fromEntries(answered), body: text, truncated: false },
        }),
      unanswered: (detail) => end({ abandoned: true, failure: { kind: "closed", detail } }),
    };
  }

  /** Of the requests that came to their end. */
  get exchanges(): readonly ObservedExchange[] {
    return this.#places.filter((one) => one !== undefined);
  }
}

function readRequest(request: Request, router: OperationRouter, catalog: Catalog): ProbedRequest {
  const url = new URL(request.url);
  const operation = router.operationOf(request.method, url);
  const isToken = operation !== undefined && isTokenOperation(operation, catalog);
  return {
    method: request.method,
    url,
    headers: request.headers,
    hasBody: request.body !== null,
    ...(operation === undefined ? {} : { operation }),
    isTokenRequest: isToken || isTokenPath(url.pathname, catalog),
  };
}

export function createProber(options: ProberOptions): Prober {
  const { catalog, probes } = options;
  const router = new OperationRouter(catalog.operations);
  const agenda = new Agenda(probes);
  const standing = new Set<ProbeName>();
  const notes = new Notes(options);

  const target = (request: ProbedRequest): URL => {
    const small = probes.includes("small-pages") ? withSmallPages(request) : undefined;
    if (small !== undefined) standing.add("small-pages");
    const url = small ?? request.url;
    // Not as a reference: `//elsewhere/x` would be another host.
    return new URL(`${new URL(options.upstream).origin}${url.pathname}${url.search}`);
  };

  const changed = (response: Response, body: string): string => {
    const isJson = isJsonType(response.headers.get("content-type") ?? "");
    const value = probes.includes("unknown-field") && response.ok && isJson ? parseJson(body) : undefined;
    if (!isPlainObject(value) && !Array.isArray(value)) return body;
    standing.add("unknown-field");
    return JSON.stringify(withUnknownFields(value));
  };

  const forward = async (request: ProbedRequest, body: string | undefined) => {
    const init = { method: request.method, headers: passedOn(request.headers), redirect: "manual" } as const;
    const answer = await options.fetch(target(request), body === undefined ? init : { ...init, body });
    const text = changed(answer, await textWithin(answer.body));
    const empty = text === "" || [204, 205, 304].includes(answer.status);
    const head = { status: answer.status, headers: passedOn(answer.headers) };
    return { response: new Response(empty ? null : text, head), text };
  };

  const answerTo = async (request: ProbedRequest, body: string | undefined) => {
    const strike = agenda.next(request);
    if (strike === undefined) return forward(request, body);
    if (strike.forwards) await forward(request, body);
    const response = strike.answer(request);
    return response && { response, text: await response.clone().text() };
  };

  return {
    recording: () => notes.exchanges,
    fired: () => probes.filter((name) => standing.has(name) || agenda.fired.has(name)),
    done: () => agenda.done,
    async handle(incoming) {
      const request = readRequest(incoming, router, catalog);
      const body = request.hasBody ? await incoming.text() : undefined;
      const entry = notes.begin(request, body);
      const answer = await answerTo(request, body).catch((error: unknown) => {
        entry.unanswered(reasonOf(error));
        throw error;
      });
      if (answer === undefined) entry.unanswered("A probe closed the connection.");
      else entry.answered(answer.response, answer.text);
      return answer?.response;
    },
  };
}
