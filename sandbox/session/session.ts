import { EcoError } from "../../specs/engine/errors/index.ts";
import type { Core } from "../pipeline/core.ts";
import { part } from "../values/part.ts";
import type { EndLine } from "./format.ts";
import type { SessionSink } from "./recording.ts";

const opening = part("recording", () => import("./opening.ts"));

/** Runs `work` while nothing else is under way in the sandbox. */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>;

export interface SessionControl {
  readonly recording: boolean;
  /**
   * Gives the sink one line after the other from here on: the state as it is, then all that happens. What is under way
   * ends first. While a session is recorded, decisions are taken one after the other.
   * @throws EcoError `ECO_SESSION_RECORDING` while one is recorded already
   */
  start(sink: SessionSink): Promise<void>;
  /**
   * Seals the recording. What is under way ends first.
   * @throws EcoError `ECO_SESSION_RECORDING` where none is recorded
   */
  stop(): Promise<EndLine>;
  /** As `start`, into this process's memory. */
  keep(): Promise<void>;
  /**
   * As `stop`; gives the session that `keep` began, as the text of its file.
   * @throws EcoError `ECO_SESSION_TOO_LARGE` where it outgrew the memory; it is gone then
   */
  take(): Promise<string>;
  /** Whether `keep` began the recording that goes on. */
  readonly kept: boolean;
  /** Bytes that `keep` holds so far, roughly. */
  readonly keptBytes: number;
}

/** A recording in memory that grows beyond this is given up: the sandbox matters more. */
const KEPT_LIMIT = 256 * 1024 * 1024;

/** The lines of a recording in memory. */
class Kept {
  lines: string[] = [];
  size = 0;

  readonly sink: SessionSink = (line) => {
    this.size += line.length;
    if (this.size > KEPT_LIMIT) this.lines = [];
    else this.lines.push(line);
  };

  text(): string {
    if (this.size <= KEPT_LIMIT) return this.lines.join("");
    throw new EcoError(
      "ECO_SESSION_TOO_LARGE",
      "The recording outgrew the memory set aside for it and was given up.",
    );
  }
}

export function createSession(core: Core, alone: Alone): SessionControl {
  const { recorder, store, tenant } = core;
  let kept: Kept | undefined;
  const start = (sink: SessionSink): Promise<void> =>
    alone(async () => {
      if (recorder.active)
        throw refused(
          "A session is being recorded already.",
          "`eco sandbox record stop FILE` writes it into a file and ends it.",
        );
      const { openRecording } = await opening();
      recorder.start(await openRecording(core, sink));
    });
  const stop = (): Promise<EndLine> =>
    alone(async () => {
      const end = await recorder.stop(await store.export(tenant));
      if (end === undefined) throw refused("No session is being recorded.", "Start a recording first.");
      return end;
    });
  return {
    get recording() {
      return recorder.active;
    },
    get kept() {
      return kept !== undefined;
    },
    get keptBytes() {
      return kept?.size ?? 0;
    },
    start,
    stop,
    async keep() {
      const next = new Kept();
      await start(next.sink);
      kept = next;
    },
    async take() {
      if (recorder.active && kept === undefined)
        throw refused(
          "The session is being recorded into a file.",
          "Stop the sandbox that was started with --record, by Ctrl-C: that seals the file.",
        );
      await stop();
      const taken = kept;
      kept = undefined;
      return taken?.text() ?? "";
    },
  };
}

const refused = (message: string, fix: string): EcoError =>
  new EcoError("ECO_SESSION_RECORDING", message, { fix });
