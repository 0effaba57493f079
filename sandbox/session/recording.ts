import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { EcoError } from "../../specs/engine/errors/index.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import type { Told } from "../control/told.ts";
import type { StepKind } from "../pipeline/steps.ts";
import type { Call } from "../store/calls.ts";
import type { TenantState } from "../store/store.ts";
import { digestOfState } from "./digest.ts";
import type { ForeignCredentials } from "./foreign-credentials.ts";
import type { Change, EndLine, SessionHeader, SessionLine, StateLine } from "./format.ts";
import { Shadow } from "./shadow.ts";

/** Takes the lines of a session, each with its line break. The first one that it throws at ends the recording. */
export type SessionSink = (line: string) => void;

/** What a recording begins with. */
export interface Opening {
  readonly header: SessionHeader;
  readonly start: StateLine;
  readonly credentials: ForeignCredentials;
  /** Bytes of a request's body that are kept: one more than the sandbox takes, so that too much stays too much. */
  readonly bodyBytes: number;
}

/** A step that is under way. */
export interface OpenStep {
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

/** One recording: the lines in their order, counted and sealed. */
export class Recording {
  readonly opening: Opening;
  readonly #sink: SessionSink;
  readonly #seal = sha256.create();
  readonly #shadow: Shadow;
  #exchanges = 0;
  #handled = 0;
  #lost: EcoError | undefined;

  constructor(sink: SessionSink, opening: Opening) {
    this.#sink = sink;
    this.opening = opening;
    this.#shadow = new Shadow(opening.header.tenant, opening.start.state);
    this.write(opening.header);
    this.write(opening.start);
    if (this.#lost !== undefined) throw this.#lost;
  }

  /** The id of an exchange that a handler of the tester's own answered. */
  handledId(): string {
    this.#handled += 1;
    return `handled-${this.#handled}`;
  }

  /** Whatever becomes of the line: what is recorded goes on. */
  write(line: SessionLine): void {
    if (this.#lost !== undefined) return;
    const text = `${JSON.stringify(line)}\n`;
    this.#seal.update(new TextEncoder().encode(text));
    this.#put(text);
    if (line.kind === "exchange") this.#exchanges += 1;
  }

  #put(text: string): void {
    try {
      this.#sink(text);
    } catch (cause) {
      this.#lost = new EcoError(
        "ECO_SESSION_UNWRITABLE",
        `The recording was given up after ${this.#exchanges} exchanges: ${reasonOf(cause)}.`,
        { cause },
      );
    }
  }

  /** A change of the step that is under way. */
  changed(step: OpenStep, call: Call, change: Change): void {
    step.changes.push(change);
    this.#shadow.follow(call);
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

  /**
   * Seals it with the state that the sandbox has come to.
   * @throws EcoError `ECO_SESSION_UNWRITABLE` where a line could not be written
   */
  async end(state: TenantState): Promise<EndLine> {
    const changedBeside = await this.#shadow.strangerIn(state);
    const end: EndLine = {
      kind: "end",
      exchanges: this.#exchanges,
      stateDigest: digestOfState(state),
      ...(changedBeside === undefined ? {} : { changedBeside }),
      seal: bytesToHex(this.#seal.digest()),
    };
    if (this.#lost === undefined) this.#put(`${JSON.stringify(end)}\n`);
    if (this.#lost !== undefined) throw this.#lost;
    return end;
  }
}
