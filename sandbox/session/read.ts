import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { EcoError } from "../../specs/engine/errors/index.ts";
import { shapeOfJson } from "../../specs/engine/json-shape.ts";
import { DEFAULT_BODY_LIMITS } from "../pipeline/body.ts";
import {
  OF_EXCHANGES,
  SESSION_FORMAT,
  SESSION_VERSION,
  type Session,
  type SessionEvent,
  type SessionLine,
} from "./format.ts";

export interface ReadOptions {
  /** Takes what was cut off or changed since it was recorded, as far as it goes. */
  readonly unsealed?: boolean;
  /** Says what is wrong with a line; undefined where nothing is. Default: only what the reader itself needs is looked at. */
  readonly check?: (line: unknown) => string | undefined;
}

/**
 * Reads a recorded session.
 * @throws EcoError `ECO_EXPORT_INVALID` for what is no session, was cut off or changed, or is of a newer version
 */
export function readSession(text: string, { unsealed = false, check }: ReadOptions = {}): Session {
  // Git writes text with the line ends of Windows there; what JSON holds has none of its own.
  const lines = (text.includes("\r\n") ? text.replaceAll("\r\n", "\n") : text).split("\n");
  // What follows the last line break is nothing, or half of a line.
  const rest = lines.pop();
  const parsed = lines.map((line, index) => parsedLine(line, index + 1));
  const [header, start, ...events] = parsed;
  if (header?.kind !== "session") throw invalid("its first line is no header of a session");
  checkVersion(header);
  for (const [index, line] of parsed.entries()) {
    const wrong = check?.(line);
    if (wrong !== undefined) throw invalid(`line ${index + 1} ${wrong}`);
  }
  if (start?.kind !== "state")
    throw cutOff("it ends before the state that it began with", "Record it again.");
  const last = events.at(-1);
  const end = last?.kind === "end" ? last : undefined;
  if (!unsealed) {
    if (end === undefined || rest !== "") throw cutOff("it has no end", STOP);
    if (sealOf(lines.slice(0, -1)) !== end.seal) throw changed();
    if (end.changedBeside !== undefined) throw changedBeside(end.changedBeside);
  }
  const happened = end === undefined ? events : events.slice(0, -1);
  if (!happened.every(isEvent)) throw invalid("it has a header, a state or an end in its middle");
  return end === undefined
    ? { header, start, events: untilCut(happened) }
    : { header, start, events: happened, end };
}

/** A request whose answer the file doesn't have any more can't be sent again: what began with it is left out. */
function untilCut(events: readonly SessionEvent[]): readonly SessionEvent[] {
  const answered = new Set(events.flatMap((event) => (event.kind === "exchange" ? [event.id] : [])));
  const first = events.findIndex(
    (event) => event.kind === "step" && OF_EXCHANGES.has(event.step) && !answered.has(event.of),
  );
  // The answers of others may have stood after it.
  return first === -1 ? events : untilCut(events.slice(0, first));
}

/** Twice of what a sandbox takes and shows: whoever goes through a line comes to its end. */
const MAX_DEPTH = 2 * DEFAULT_BODY_LIMITS.maxDepth;

function parsedLine(text: string, number: number): SessionLine {
  const { depth } = shapeOfJson(text);
  if (depth > MAX_DEPTH) throw invalid(`line ${number} is nested ${depth} levels deep`);
  try {
    const line: unknown = JSON.parse(text);
    // What the fields hold is the matter of `check`; a line of one's own making has them.
    if (typeof line === "object" && line !== null && "kind" in line) return line as SessionLine;
  } catch {
    // Told below.
  }
  throw invalid(`line ${number} is no line of a session`);
}

function checkVersion({ format, version }: { readonly format: string; readonly version: number }): void {
  if (format !== SESSION_FORMAT) throw invalid(`its format is ${JSON.stringify(format)}`);
  if (version === SESSION_VERSION) return;
  throw new EcoError(
    "ECO_EXPORT_INVALID",
    `The session has version ${version} of its format; this eco reads version ${SESSION_VERSION}.`,
    { fix: "Use the version of eco that recorded it, or a newer one." },
  );
}

function isEvent(line: SessionLine): line is SessionEvent {
  return line.kind !== "session" && line.kind !== "state" && line.kind !== "end";
}

function sealOf(lines: readonly string[]): string {
  return bytesToHex(sha256(new TextEncoder().encode(`${lines.join("\n")}\n`)));
}

const invalid = (what: string): EcoError =>
  new EcoError("ECO_EXPORT_INVALID", `The file can't be read as a session: ${what}.`, {
    fix: "Give a file that `eco sandbox start --record` or `eco sandbox record` wrote.",
  });

const STOP =
  "Stop a recording with `eco sandbox record stop` or end the sandbox with Ctrl-C; `--unsealed` replays what is there.";

const cutOff = (what: string, fix: string): EcoError =>
  new EcoError("ECO_EXPORT_INVALID", `The session was cut off: ${what}.`, { fix });

const changed = (): EcoError =>
  new EcoError(
    "ECO_EXPORT_INVALID",
    "The session was changed since it was recorded: its seal doesn't hold.",
    {
      fix: "Record it again; `--unsealed` replays it as it is.",
    },
  );

const changedBeside = (what: string): EcoError =>
  new EcoError(
    "ECO_SESSION_SHARED",
    `Somebody who isn't in the recording changed the sandbox meanwhile (first found: ${what}), so it can't come out the same again.`,
    { fix: "Record with one process on the database; `--unsealed` replays it as far as it goes." },
  );
