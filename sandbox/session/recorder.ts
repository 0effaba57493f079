import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Certifier } from "../certification/certifier.ts";
import type { Told } from "../control/told.ts";
import type { WebhookSender } from "../events/sender.ts";
import { readAnswer } from "../faults/cut.ts";
import type { PartnerCaller } from "../forwarding/caller.ts";
import type { Randomness } from "../pipeline/randomness.ts";
import type { StepKind, Steps } from "../pipeline/steps.ts";
import type { Json, Store } from "../store/store.ts";
import { bodyOf, firstBytes } from "./bytes.ts";
import type { ForeignCredentials } from "./foreign-credentials.ts";
import {
  type Change,
  callOf,
  type EndLine,
  type ExchangeLine,
  type SessionHeader,
  type SessionLine,
  type StateLine,
} from "./format.ts";
import { JournalStore } from "./journal.ts";

/** Takes the lines of a session, each with its line break. */
export type SessionSink = (line: string) => void;

export interface RecorderParts {
  readonly store: Store;
  readonly randomness: Randomness;
  readonly wallClock: () => number;
  readonly sender: WebhookSender | undefined;
  readonly caller: PartnerCaller | undefined;
  readonly certifier: Certifier | undefined;
}

/** What a recording begins with. */
export interface Opening {
  readonly header: SessionHeader;
  readonly start: StateLine;
  readonly credentials: ForeignCredentials;
  /** Bytes of a request's body that are kept: one more than the sandbox takes, so that too much stays too much. */
  readonly bodyBytes: number;
}

/** Facts of an exchange that only the way of the request knows. */
export type ExchangeFacts = Pick<ExchangeLine, "operationId" | "party" | "code">;

export interface Watched {
  readonly response: Response;
  readonly facts: ExchangeFacts;
}

interface OpenStep {
  readonly kind: StepKind;
  readonly of: string;
  readonly told?: Told;
  readonly atMs: number;
  readonly drawn: string[];
  readonly changes: Change[];
}

/** Steps that belong to an exchange are noted whatever they did; of the others, those that did something. */
const ALWAYS: ReadonlySet<StepKind> = new Set([
  "admit",
  "fault",
  "decide",
  "observe",
  "control",
  "settle",
  "certification",
]);

/**
 * Stands between the sandbox and everything that could come out differently another time: the order of steps, the wall
 * clock, randomness, endpoints and partners. While nothing is recorded, all of it passes.
 */
export class SessionRecorder implements Steps {
  readonly #parts: RecorderParts;
  #recording: Recording | undefined;
  #turn: Promise<void> = Promise.resolve();
  #step: OpenStep | undefined;

  readonly store: Store;
  readonly randomness: Randomness;
  readonly wallClock = (): number => this.#step?.atMs ?? this.#parts.wallClock();
  readonly sender: WebhookSender | undefined;
  readonly caller: PartnerCaller | undefined;
  readonly certifier: Certifier | undefined;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    const { randomness, sender, caller, certifier } = parts;
    this.store = new JournalStore(parts.store, (change) => this.#step?.changes.push(change()));
    this.randomness = {
      // Arrivals draw theirs between steps: it is the exchange's id.
      requestId: () => randomness.requestId(),
      causeId: () => this.#drawn(randomness.causeId()),
      idsOf: (requestId) => randomness.idsOf(requestId),
      secret: (requestId, count) => this.#drawn(randomness.secret(requestId, count)),
      keySeed: () => {
        const seed = randomness.keySeed();
        this.#drawn(btoa(String.fromCharCode(...seed)));
        return seed;
      },
    };
    this.sender = sender && ((request) => this.#sent(sender, request));
    this.caller = caller && ((request) => this.#called(caller, request));
    this.certifier = certifier && ((run, signal) => this.#certified(certifier, run, signal));
  }

  get active(): boolean {
    return this.#recording !== undefined;
  }

  /** From here on; nothing may be under way. */
  start(sink: SessionSink, opening: Opening): void {
    this.#recording = new Recording(sink, opening);
  }

  /** The end of the recording; nothing may be under way. */
  stop(stateDigest: string): EndLine | undefined {
    const end = this.#recording?.end(stateDigest);
    this.#recording = undefined;
    return end;
  }

  run<T>(kind: StepKind, of: string, work: () => Promise<T>): Promise<T> {
    return this.#recording === undefined ? work() : this.#inTurn(this.#recording, { kind, of }, work);
  }

  control<T>(of: string, told: Told, work: () => Promise<T>): Promise<T> {
    return this.#recording === undefined
      ? work()
      : this.#inTurn(this.#recording, { kind: "control", of, told }, work);
  }

  async #inTurn<T>(
    recording: Recording,
    name: Pick<OpenStep, "kind" | "of" | "told">,
    work: () => Promise<T>,
  ): Promise<T> {
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = promise;
    await before;
    const step: OpenStep = { ...name, atMs: this.#parts.wallClock(), drawn: [], changes: [] };
    this.#step = step;
    try {
      return await work();
    } finally {
      this.#step = undefined;
      recording.step(step);
      resolve();
    }
  }

  /** A request with all its bytes on its way, and the answer with all its bytes on its way back. */
  async exchange(
    request: Request,
    id: string,
    next: (request: Request) => Promise<Watched>,
  ): Promise<Response> {
    const recording = this.#recording;
    if (recording === undefined) return (await next(request)).response;
    const atMs = this.#parts.wallClock();
    const { credentials, bodyBytes } = recording.opening;
    const { method } = request;
    const bodiless = method === "GET" || method === "HEAD";
    const bytes = bodiless ? new Uint8Array(0) : await firstBytes(request.body, bodyBytes);
    const { url, headers } = await credentials.hide({ url: request.url, headers: [...request.headers] });
    const passing = new Request(url, {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      ...(bytes.length === 0 ? {} : { body: bytes }),
    });
    const { response: made, facts } = await next(passing);
    const { bytes: answered, answer: response } = await readAnswer(made);
    const sent = bodyOf(bytes);
    const got = bodyOf(answered);
    recording.write({
      kind: "exchange",
      id,
      atMs,
      durationMs: this.#parts.wallClock() - atMs,
      request: { method, url, headers, ...(sent === undefined ? {} : { body: sent }) },
      answer: {
        status: response.status,
        headers: [...response.headers],
        ...(got === undefined ? {} : { body: got }),
      },
      ...facts,
    });
    return response;
  }

  #drawn(value: string): string {
    this.#step?.drawn.push(value);
    return value;
  }

  async #sent(send: WebhookSender, request: Parameters<WebhookSender>[0]): ReturnType<WebhookSender> {
    const recording = this.#recording;
    const outcome = await send(request);
    const headers = Object.entries(request.headers);
    recording?.write({ kind: "webhook", request: { ...request, headers }, outcome: { ...outcome } });
    return outcome;
  }

  async #called(call: PartnerCaller, request: Parameters<PartnerCaller>[0]): ReturnType<PartnerCaller> {
    const recording = this.#recording;
    const outcome = await call(request);
    recording?.write({ kind: "call", request: callOf(request), outcome: { ...outcome } });
    return outcome;
  }

  async #certified(certify: Certifier, ...[run, signal]: Parameters<Certifier>): ReturnType<Certifier> {
    const recording = this.#recording;
    const line = { kind: "certification", run: asJson(run) } as const;
    try {
      const report = await certify(run, signal);
      recording?.write({ ...line, report: asJson(report) });
      return report;
    } catch (error) {
      if (!signal.aborted)
        recording?.write({ ...line, failure: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }
}

const asJson = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;

/** One recording: the lines in their order, counted and sealed. */
class Recording {
  readonly opening: Opening;
  readonly #sink: SessionSink;
  readonly #seal = sha256.create();
  #exchanges = 0;

  constructor(sink: SessionSink, opening: Opening) {
    this.#sink = sink;
    this.opening = opening;
    this.write(opening.header);
    this.write(opening.start);
  }

  write(line: SessionLine): void {
    if (line.kind === "exchange") this.#exchanges += 1;
    const text = `${JSON.stringify(line)}\n`;
    this.#seal.update(new TextEncoder().encode(text));
    this.#sink(text);
  }

  step({ kind, of, told, atMs, drawn, changes }: OpenStep): void {
    if (drawn.length + changes.length === 0 && !ALWAYS.has(kind)) return;
    this.write({
      kind: "step",
      step: kind,
      of,
      atMs,
      ...(told === undefined ? {} : { told }),
      ...(drawn.length === 0 ? {} : { drawn }),
      ...(changes.length === 0 ? {} : { changes }),
    });
  }

  end(stateDigest: string): EndLine {
    const seal = bytesToHex(this.#seal.digest());
    const end: EndLine = { kind: "end", exchanges: this.#exchanges, stateDigest, seal };
    this.#sink(`${JSON.stringify(end)}\n`);
    return end;
  }
}
