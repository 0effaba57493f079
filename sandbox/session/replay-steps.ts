import { reasonOf } from "../../specs/engine/errors/reason.ts";
import type { Told } from "../control/told.ts";
import type { Randomness } from "../pipeline/randomness.ts";
import type { StepKind, Steps, TakenOver } from "../pipeline/steps.ts";
import { bytesOfBase64 } from "../values/bytes.ts";
import { firstDifference } from "./difference.ts";
import { Differs } from "./differs.ts";
import { type Change, OF_EXCHANGES, type StepLine } from "./format.ts";

/** Where a step waits for its turn. */
interface Gate {
  readonly open: () => void;
  readonly close: (reason: Error) => void;
}

const nameOf = ({ step, of }: Pick<StepLine, "step" | "of">): string => `${step} ${of}`;

/**
 * Lets each step of a replay begin when the recording says so, with the recorded reading of the clock and the recorded
 * random values, and compares what it does to the store.
 */
export class ReplaySteps implements Steps {
  /** Steps by name that the recording still has. */
  readonly #left = new Map<string, number>();
  readonly #waiting = new Map<string, Gate[]>();
  readonly #failed = Promise.withResolvers<never>();
  #current: StepLine | undefined;
  #done: (() => void) | undefined;
  #changes: Change[] = [];
  #drawn = 0;
  /** Why what was told again was refused. */
  #refusal: string | undefined;
  readonly #sending = new Set<Promise<unknown>>();
  #arriving = "";
  #due = "";
  #work: TakenOver | undefined;
  #wallMs: number;

  constructor(steps: readonly StepLine[], startedAtMs: number) {
    this.#wallMs = startedAtMs;
    for (const step of steps) this.#left.set(nameOf(step), (this.#left.get(nameOf(step)) ?? 0) + 1);
    // Whoever replays listens; but not before the first step.
    this.#failed.promise.catch(() => {});
  }

  /** Rejects with the first difference that shows in a step. */
  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  readonly wallClock = (): number => this.#current?.atMs ?? this.#wallMs;

  /** The id that the next arrival gets. */
  arrive(id: string): void {
    this.#arriving = id;
  }

  randomness(idsOf: Randomness["idsOf"]): Randomness {
    return {
      idsOf,
      requestId: () => this.#arriving,
      causeId: () => this.#draw(),
      secret: () => this.#draw(),
      keySeed: () => bytesOfBase64(this.#draw()),
    };
  }

  note(change: Change): void {
    this.#changes.push(change);
  }

  takeOver(work: TakenOver): void {
    this.#work = work;
  }

  run<T>(kind: StepKind, of: string, work: () => T): Promise<Awaited<T>> {
    return this.#pass(nameOf({ step: kind, of }), work);
  }

  control<T>(of: string, _told: Told, work: () => Promise<T>): Promise<T> {
    const told = (): Promise<T> => work().catch((error: unknown) => Promise.reject(this.#refused(error)));
    return this.#pass(nameOf({ step: "control", of }), told);
  }

  /** Does the step. `actor` is what it belongs to where it doesn't come by itself: it ends only after the step. */
  async perform(step: StepLine, actor?: Promise<unknown>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#current = step;
    this.#done = resolve;
    this.#changes = [];
    this.#drawn = 0;
    this.#refusal = undefined;
    const ended = actor ?? this.#start(step);
    this.#waiting.get(nameOf(step))?.shift()?.open();
    const missed = ended.then(() => {
      if (this.#current !== step) return promise;
      const refusal = this.#refusal === undefined ? {} : { refusal: this.#refusal };
      throw new Differs({ what: "step", step, pointer: "", want: nameOf(step), got: undefined, ...refusal });
    });
    await Promise.race([promise, missed, this.failed]);
  }

  /** What nobody asks for is started here; what came of a dispatch belongs to one that is under way. */
  #start({ step, told, of }: StepLine): Promise<unknown> {
    const work = this.#work;
    if (work === undefined) throw new Error("The sandbox to be replayed on isn't open.");
    switch (step) {
      case "admit":
      case "fault":
      case "decide":
      case "observe":
        return Promise.resolve();
      case "settle":
        return Promise.all(this.#sending);
      case "control":
        this.arrive(of);
        // What it refuses, it refused then too: its changes are compared.
        if (told === undefined) return Promise.resolve();
        return work.control(told).catch((error: unknown) => void this.#refused(error));
      default: {
        const started = work[step]();
        this.#sending.add(started);
        return started.finally(() => this.#sending.delete(started));
      }
    }
  }

  /** The answer of a request is due: a step of its own that it still waits for comes too late. */
  answerDue(id: string): void {
    this.#due = id;
    const late = [...OF_EXCHANGES].find((step) => (this.#waiting.get(`${step} ${id}`) ?? []).length > 0);
    if (late !== undefined) this.#late(`${late} ${id}`);
  }

  #late(name: string): void {
    this.#fail(new Differs({ what: "step", pointer: "", want: "the answer", got: name }));
  }

  /** The replay is over: whoever still waits for a turn gets none. */
  end(): void {
    this.#left.clear();
    const gates = [...this.#waiting.values()].flat();
    for (const { close } of gates) close(new Error("The replay is over."));
  }

  async #pass<T>(name: string, work: () => T): Promise<Awaited<T>> {
    if ((this.#left.get(name) ?? 0) === 0) {
      throw this.#fail(new Differs({ what: "step", pointer: "", want: undefined, got: name }));
    }
    if (this.#current === undefined || nameOf(this.#current) !== name) await this.#turn(name);
    const step = this.#current;
    this.#left.set(name, (this.#left.get(name) ?? 0) - 1);
    try {
      return await work();
    } finally {
      if (step !== undefined) this.#end(step);
    }
  }

  #turn(name: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const gates = this.#waiting.get(name) ?? [];
    gates.push({ open: resolve, close: reject });
    this.#waiting.set(name, gates);
    if (this.#due !== "" && name.endsWith(` ${this.#due}`)) this.#late(name);
    return promise;
  }

  #end(step: StepLine): void {
    const { changes = [], drawn = [] } = step;
    const found =
      firstDifference(changes, this.#changes) ??
      (drawn.length === this.#drawn
        ? undefined
        : { pointer: "/drawn", want: drawn.length, got: this.#drawn });
    const refusal = this.#refusal === undefined ? {} : { refusal: this.#refusal };
    if (found !== undefined) this.#fail(new Differs({ what: "changes", step, ...found, ...refusal }));
    this.#current = undefined;
    this.#wallMs = step.atMs;
    this.#done?.();
  }

  #draw(): string {
    const value = this.#current?.drawn?.[this.#drawn];
    this.#drawn += 1;
    if (value !== undefined) return value;
    const step = this.#current;
    throw this.#fail(
      new Differs({
        what: "step",
        ...(step && { step }),
        pointer: "/drawn",
        want: undefined,
        got: "a random value",
      }),
    );
  }

  #refused<T>(error: T): T {
    this.#refusal = reasonOf(error);
    return error;
  }

  #fail(differs: Differs): Differs {
    this.#failed.reject(differs);
    return differs;
  }
}
