import { EcoError } from "../../specs/engine/errors/index.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import { readAnswer } from "../faults/cut.ts";
import type { SandboxSettings } from "../pipeline/options.ts";
import { seededRandomness } from "../pipeline/randomness.ts";
import type { Sandbox } from "../pipeline/sandbox.ts";
import type { Store } from "../store/store.ts";
import { bytesOf } from "./bytes.ts";
import { bodyDifference, firstDifference } from "./difference.ts";
import { Differs, type Divergence } from "./differs.ts";
import { digestOfState } from "./digest.ts";
import {
  type ExchangeLine,
  type HeaderList,
  OF_EXCHANGES,
  type RecordedRequest,
  type Session,
  type StepLine,
} from "./format.ts";
import { JournalStore } from "./journal.ts";
import { ReplayEffects } from "./replay-effects.ts";
import { ReplaySteps } from "./replay-steps.ts";
import { checkSpecs } from "./specs.ts";

/** What a replay came to. */
export interface ReplayReport {
  readonly exchanges: number;
  readonly steps: number;
  readonly webhooks: number;
  /** Undefined where every byte was the same. */
  readonly difference?: Divergence;
}

/** An answer as it arrived. */
export interface ReplayedAnswer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly bytes: Uint8Array;
}

/** A sandbox and the way to it. */
export interface ReplayTarget {
  readonly sandbox: Sandbox;
  send(request: RecordedRequest): Promise<ReplayedAnswer>;
  /** Ends it, with the sandbox and its store. */
  close(): Promise<void>;
}

export interface ReplayParts {
  readonly session: Session;
  /** What the session is replayed on: the tenant's place in it is overwritten. It is closed at the end. */
  readonly store: Store;
  /** Opens a sandbox of the same spec set with these settings on this store. */
  open(store: Store, settings: SandboxSettings): Promise<Sandbox>;
  /** How its requests go there; `hosts` are those that they name. Default: straight to its `fetch`. */
  target?(sandbox: Sandbox, hosts: readonly string[]): Promise<ReplayTarget>;
  /** Takes a session of another spec set: whatever differs then shows as a difference. */
  readonly otherSpecs?: boolean;
}

/** What the way of the bytes adds, and not the sandbox. */
const TRANSPORT = new Set(["connection", "content-length", "date", "keep-alive", "transfer-encoding"]);

/**
 * Runs a session again, step by step in its order, and stops at the first thing that comes out differently: an answer's
 * status, headers or body, what a step did to the store (records, postings, events, dispatches), what was sent to an
 * endpoint, and at the end the whole state.
 * @throws EcoError `ECO_EXPORT_OTHER_SPECS`, `ECO_EXPORT_INVALID`
 */
export async function replaySession(parts: ReplayParts): Promise<ReplayReport> {
  const { session, store } = parts;
  const { header, start, events } = session;
  const steps = events.filter((event) => event.kind === "step");
  const report = {
    exchanges: events.filter((event) => event.kind === "exchange").length,
    steps: steps.length,
    webhooks: events.filter((event) => event.kind === "webhook").length,
  };
  const order = new ReplaySteps(steps, Date.parse(header.recordedAt));
  const effects = new ReplayEffects(session);
  const settings: SandboxSettings = {
    ...header.settings,
    seed: header.seed,
    tenant: header.tenant,
    randomness: order.randomness(seededRandomness(header.seed).idsOf),
    wallClock: order.wallClock,
    steps: order,
    limits: start.limits,
    faults: start.faults?.rules ?? [],
    faultCounts: start.faults?.counts ?? [],
    sender: effects.sender,
    caller: effects.caller,
    certifier: effects.certifier,
    onFault: () => {},
  };
  const journal = new JournalStore(store, (_call, change) => order.note(change()));
  const sandbox = await store
    .load(header.tenant, start.state)
    .then(() => parts.open(journal, settings))
    .catch((cause: unknown) => {
      throw cause instanceof EcoError ? cause : unopenable(cause);
    });
  const target = await (parts.target?.(sandbox, hostsOf(session)) ?? inProcessTarget(sandbox));
  try {
    checkSpecs(sandbox.catalog, header, { what: "session", otherSpecs: parts.otherSpecs });
    // The order is known: nobody needs to wait for a fault's delay again.
    sandbox.release();
    await new Replay(session, target, order, effects).run();
    return report;
  } catch (error) {
    if (error instanceof Differs) return { ...report, difference: error.divergence };
    throw error;
  } finally {
    order.end();
    await target.close();
  }
}

/** Those that the recorded requests were sent to, as a sandbox within a test's process has a made-up one. */
function hostsOf({ events }: Session): readonly string[] {
  const urls = events.flatMap((event) => (event.kind === "exchange" ? [new URL(event.request.url)] : []));
  return [...new Set(urls.map(({ hostname }) => hostname))];
}

class Replay {
  readonly #session: Session;
  readonly #target: ReplayTarget;
  readonly #order: ReplaySteps;
  readonly #effects: ReplayEffects;
  readonly #exchanges: ReadonlyMap<string, ExchangeLine>;
  readonly #answers = new Map<string, Promise<ReplayedAnswer>>();

  constructor(session: Session, target: ReplayTarget, order: ReplaySteps, effects: ReplayEffects) {
    this.#session = session;
    this.#target = target;
    this.#order = order;
    this.#effects = effects;
    const exchanges = session.events.filter((event) => event.kind === "exchange");
    this.#exchanges = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
  }

  async run(): Promise<void> {
    for (const event of this.#session.events) {
      if (event.kind === "step") await this.#perform(event);
      if (event.kind === "exchange") await this.#compare(event);
    }
    const left = this.#effects.left();
    if (left !== undefined) throw left;
    await this.#compareState();
  }

  async #perform(step: StepLine): Promise<void> {
    const ofExchange = OF_EXCHANGES.has(step.step);
    const exchange = ofExchange ? this.#exchanges.get(step.of) : undefined;
    const answer = exchange && this.#sent(exchange);
    try {
      await Promise.race([this.#order.perform(step, answer), this.#effects.failed]);
    } catch (error) {
      if (error instanceof Differs && exchange !== undefined)
        throw new Differs({ ...error.divergence, exchange: exchange.id });
      throw error;
    }
  }

  /** The exchange's request goes out when its first step or its answer is due. */
  #sent(exchange: ExchangeLine): Promise<ReplayedAnswer> {
    const { id, request } = exchange;
    let answer = this.#answers.get(id);
    if (answer === undefined) {
      this.#order.arrive(id);
      answer = this.#target.send(request).catch((cause: unknown) => {
        throw unsendable(id, cause);
      });
      // Whoever waits for it hears of it; nobody may be waiting yet.
      answer.catch(() => undefined);
      this.#answers.set(id, answer);
    }
    return answer;
  }

  async #compare(exchange: ExchangeLine): Promise<void> {
    const { id, answer: want } = exchange;
    this.#order.answerDue(id);
    if (exchange.answeredBy === "handler") await this.#standIn(exchange);
    const got = await Promise.race([this.#sent(exchange), this.#order.failed, this.#effects.failed]);
    this.#target.sandbox.resetHandlers();
    const differs = (what: Divergence["what"], found: Omit<Divergence, "what">): Differs =>
      new Differs({ ...found, what, exchange: id });
    if (got.status !== want.status)
      throw differs("status", { pointer: "/status", want: want.status, got: got.status });
    const inHeaders = headerDifference(want.headers, got.headers);
    if (inHeaders !== undefined) throw differs("header", inHeaders);
    const wanted = bytesOf(want.body);
    if (sameBytes(wanted, got.bytes)) return;
    const decoder = new TextDecoder();
    const inBody = bodyDifference(decoder.decode(wanted), decoder.decode(got.bytes));
    throw differs("body", inBody ?? { pointer: "", want: wanted.length, got: got.bytes.length });
  }

  /** What a handler of the tester's own answered is said in its place to the request that goes out next. */
  async #standIn({ answer: { status, headers, body } }: ExchangeLine): Promise<void> {
    const { http, HttpResponse } = await import("msw");
    const named = headers.map(([name, value]): [string, string] => [name, value]);
    const bytes = body === undefined ? null : bytesOf(body);
    this.#target.sandbox.use(
      http.all("*", () =>
        status === 0 ? HttpResponse.error() : new HttpResponse(bytes, { status, headers: named }),
      ),
    );
  }

  async #compareState(): Promise<void> {
    const { end, header } = this.#session;
    if (end === undefined) return;
    const got = digestOfState(await this.#target.sandbox.store.export(header.tenant));
    if (got !== end.stateDigest)
      throw new Differs({ what: "state", pointer: "", want: end.stateDigest, got });
  }
}

function headerDifference(want: HeaderList, got: HeaderList): ReturnType<typeof firstDifference> {
  const [wanted, answered] = [ourHeaders(want), ourHeaders(got)];
  // A server names a type where a handler named none.
  if (wanted["content-type"] === undefined) delete answered["content-type"];
  return firstDifference(wanted, answered);
}

/** A name that comes several times, as cookies do, has all of its values. */
function ourHeaders(headers: HeaderList): Record<string, string> {
  const ours = headers.filter(([name]) => !TRANSPORT.has(name));
  const together = Map.groupBy(ours, ([name]) => name);
  return Object.fromEntries(
    [...together].map(([name, same]) => [name, same.map(([, value]) => value).join(", ")]),
  );
}

/** A request of the file's that can't be made: a header that no header may be, an address that is none. */
const unsendable = (id: string, cause: unknown): EcoError =>
  new EcoError(
    "ECO_EXPORT_INVALID",
    `The session can't be replayed: the request of ${id} can't be sent as it stands there (${reasonOf(cause)}).`,
    { cause, fix: "Record it again: a request that was recorded is one that was sent." },
  );

/** A state that stands in the file and that no sandbox has ever been in. */
const unopenable = (cause: unknown): EcoError =>
  new EcoError(
    "ECO_EXPORT_INVALID",
    `The session can't be replayed: no sandbox can begin with its state (${reasonOf(cause)}).`,
    { cause, fix: "Record it again." },
  );

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

function inProcessTarget(sandbox: Sandbox): ReplayTarget {
  return {
    sandbox,
    close: () => sandbox.close(),
    async send({ method, url, headers, body }) {
      const request = new Request(url, {
        method,
        headers: headers.map(([name, value]): [string, string] => [name, value]),
        ...(body === undefined ? {} : { body: bytesOf(body) }),
      });
      const { bytes, answer } = await readAnswer(await sandbox.fetch(request));
      return { status: answer.status, headers: [...answer.headers], bytes };
    },
  };
}
