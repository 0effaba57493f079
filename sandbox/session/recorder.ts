import { reasonOf } from "../../specs/engine/errors/reason.ts";
import type { Certifier } from "../certification/certifier.ts";
import type { Told } from "../control/told.ts";
import type { WebhookSender } from "../events/sender.ts";
import { readAnswer } from "../faults/cut.ts";
import type { PartnerCaller, PartnerRequest } from "../forwarding/caller.ts";
import type { Randomness } from "../pipeline/randomness.ts";
import type { StepKind, Steps } from "../pipeline/steps.ts";
import type { Json, Store, TenantState } from "../store/store.ts";
import { joinedBytes } from "../values/bytes.ts";
import { setTimeout } from "../values/real-timers.ts";
import { bodyOf, firstBytes } from "./bytes.ts";
import { callOf, type EndLine, type ExchangeLine } from "./format.ts";
import { JournalStore, type Note } from "./journal.ts";
import type { OpenStep, Recording } from "./recording.ts";

export interface RecorderParts {
  readonly store: Store;
  readonly randomness: Randomness;
  readonly wallClock: () => number;
  readonly sender: WebhookSender | undefined;
  readonly caller: PartnerCaller | undefined;
  readonly certifier: Certifier | undefined;
}

/** Facts of an exchange that only the way of the request knows. */
export type ExchangeFacts = Pick<ExchangeLine, "operationId" | "party" | "code">;

export interface Watched {
  readonly response: Response;
  readonly facts: ExchangeFacts;
}

/**
 * Stands between the sandbox and everything that could come out differently another time: the order of steps, the wall
 * clock, randomness, endpoints and partners. While nothing is recorded, all of it passes.
 */
export class SessionRecorder implements Steps {
  readonly #parts: RecorderParts;
  #recording: Recording | undefined;
  #turn: Promise<void> = Promise.resolve();
  #step: OpenStep | undefined;
  /** Answers of the tester's own handlers that are still coming. */
  readonly #passing = new Set<Promise<void>>();

  readonly store: Store;
  readonly randomness: Randomness;
  readonly wallClock = (): number => this.#step?.atMs ?? this.#parts.wallClock();
  readonly sender: WebhookSender | undefined;
  readonly caller: PartnerCaller | undefined;
  readonly certifier: Certifier | undefined;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    const { randomness, sender, caller, certifier } = parts;
    const note: Note = (call, change) => {
      if (this.#step !== undefined) this.#recording?.changed(this.#step, call, change());
    };
    this.store = new JournalStore(parts.store, note, () => this.active);
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
    this.caller =
      caller &&
      Object.assign((request: PartnerRequest) => this.#called(caller, request), {
        refusalOf: caller.refusalOf,
      });
    this.certifier = certifier && ((run, signal) => this.#certified(certifier, run, signal));
  }

  get active(): boolean {
    return this.#recording !== undefined;
  }

  /** From here on; nothing may be under way. */
  start(recording: Recording): void {
    this.#recording = recording;
  }

  /** The end of the recording, with the state that it came to; nothing may be under way. */
  async stop(state: TenantState): Promise<EndLine | undefined> {
    await Promise.race([Promise.all(this.#passing), aTurn()]);
    const recording = this.#recording;
    this.#recording = undefined;
    return recording?.end(state);
  }

  run<T>(kind: StepKind, of: string, work: () => T): T | Promise<Awaited<T>> {
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
    work: () => T,
  ): Promise<Awaited<T>> {
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
      resolve();
      recording.step(step);
    }
  }

  /**
   * A request with all its bytes on its way, and the answer with all its bytes on its way back.
   * @param unread answers a request whose sender left before its end: it is no part of the recording
   */
  async exchange(
    request: Request,
    id: string,
    next: (request: Request) => Promise<Watched>,
    unread: () => Response,
  ): Promise<Response> {
    const recording = this.#recording;
    if (recording === undefined) return (await next(request)).response;
    const atMs = this.#parts.wallClock();
    const { credentials, bodyBytes } = recording.opening;
    const { method } = request;
    const bodiless = method === "GET" || method === "HEAD";
    const read = bodiless ? NO_BYTES : firstBytes(request.body, bodyBytes).catch(() => undefined);
    const bytes = await read;
    if (bytes === undefined) return unread();
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

  /**
   * A request that a handler of the tester's own may answer. What it answers is told as it was, and is passed on as it
   * comes. What it hasn't answered when the recording ends is no part of it.
   */
  async overridden(
    request: Request,
    answer: (request: Request) => Promise<Response | undefined>,
  ): Promise<Response | undefined> {
    const recording = this.#recording;
    if (recording === undefined) return answer(request.clone());
    const atMs = this.#parts.wallClock();
    const kept = request.clone();
    const response = await answer(request.clone());
    if (response === undefined) {
      // Nobody waits for it: it ends with the others of the same request.
      void kept.body?.cancel();
      return undefined;
    }
    const { credentials, bodyBytes } = recording.opening;
    const sent = bodyOf(await firstBytes(kept.body, bodyBytes));
    const asked = await credentials.hide({ url: request.url, headers: [...request.headers] });
    const { whole, passed } = passedOn(response);
    const written = whole.then((bytes) => {
      this.#passing.delete(written);
      if (this.#recording !== recording) return;
      const got = request.method === "HEAD" ? undefined : bodyOf(bytes);
      recording.write({
        kind: "exchange",
        id: recording.handledId(),
        atMs,
        durationMs: this.#parts.wallClock() - atMs,
        request: { method: request.method, ...asked, ...(sent === undefined ? {} : { body: sent }) },
        answer: {
          status: response.status,
          headers: [...response.headers],
          ...(got === undefined ? {} : { body: got }),
        },
        answeredBy: "handler",
      });
    });
    this.#passing.add(written);
    return passed;
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
    const atMs = this.#parts.wallClock();
    const outcome = await call(request);
    const durationMs = this.#parts.wallClock() - atMs;
    recording?.write({ kind: "call", atMs, durationMs, request: callOf(request), outcome: { ...outcome } });
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
      if (!signal.aborted) recording?.write({ ...line, failure: reasonOf(error) });
      throw error;
    }
  }
}

const NO_BYTES = new Uint8Array(0);

const asJson = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;

/**
 * The same answer, passed on as it comes, whether or not anybody reads it; `whole` resolves to its bytes when the last of
 * them has come, or when it breaks off.
 */
function passedOn(response: Response): { readonly whole: Promise<Uint8Array>; readonly passed: Response } {
  const { body } = response;
  if (body === null) return { whole: Promise.resolve(new Uint8Array(0)), passed: response };
  const reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> = body.getReader();
  const { promise: whole, resolve } = Promise.withResolvers<Uint8Array>();
  const passing = new ReadableStream<Uint8Array>({
    async start(controller) {
      const chunks: Uint8Array<ArrayBuffer>[] = [];
      try {
        for (let next = await reader.read(); !next.done; next = await reader.read()) {
          chunks.push(next.value);
          controller.enqueue(next.value);
        }
        controller.close();
      } catch (error) {
        controller.error(error);
      } finally {
        resolve(joinedBytes(chunks));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { whole, passed: new Response(passing, response) };
}

/** When all that is there already has been read. */
const aTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
