import type { Bundle, EndLine, FileSink, HarExchange, Session, StateFile } from "../sandbox/session/index.ts";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import type { ControlResult } from "./http/control-client.ts";
import { readJson, readText } from "./read-file.ts";
import { checkKind } from "./recorded-kind.ts";
import { unwritable } from "./write-file.ts";

/** Where a session goes line by line. @throws EcoError ECO_FILE_UNWRITABLE */
export async function openFileSink(path: string): Promise<FileSink> {
  const { fileSink } = await import("../sandbox/session/index.ts");
  try {
    return fileSink(path);
  } catch (cause) {
    const isLink = cause instanceof Error && "code" in cause && cause.code === "ELOOP";
    throw isLink ? unwritable(path, cause, "it is a symbolic link") : unwritable(path, cause);
  }
}

/** The last line of a recorded session. */
export function endOf(session: string): Pick<EndLine, "exchanges" | "changedBeside"> {
  // The sandbox has just written it.
  return JSON.parse(session.slice(session.lastIndexOf("\n", session.length - 2) + 1)) as EndLine;
}

/** A recording that can't come out the same again, although its file is whole. */
export const sharedWhileRecorded = (file: string, what: string): EcoError =>
  new EcoError(
    "ECO_SESSION_SHARED",
    `${file} can't be replayed: somebody who isn't in the recording changed the sandbox meanwhile (first found: ${what}).`,
  );

export interface Recording {
  readonly session: Session;
  /** Where the file is a failed test's bundle. */
  readonly bundle?: Bundle;
}

/**
 * A recorded session, or the one within a bundle.
 * @throws EcoError ECO_FILE_UNREADABLE, ECO_EXPORT_INVALID
 */
export async function readRecording(path: string, { unsealed = false } = {}): Promise<Recording> {
  const { BUNDLE_FORMAT, checkedBundle, readSession, sessionLineCheck } = await import(
    "../sandbox/session/index.ts"
  );
  await checkKind(path, "session", "bundle");
  const text = await readText(path);
  const options = { unsealed, check: await sessionLineCheck() };
  if (!text.slice(0, 200).includes(BUNDLE_FORMAT)) return { session: readSession(text, options) };
  const bundle = checkedBundle(parsed(text, path));
  if (bundle.session === undefined)
    throw new EcoError("ECO_EXPORT_INVALID", `${path} is the bundle of a test that recorded no session.`, {
      fix: "Start the sandbox of the test with `bundle`, so that it records from the start.",
    });
  return { session: readSession(bundle.session, options), bundle };
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EcoError("ECO_EXPORT_INVALID", `${path} was cut off, or is no JSON.`, { cause });
  }
}

/** @throws EcoError ECO_FILE_UNREADABLE, ECO_INPUT_INVALID, ECO_EXPORT_INVALID */
export async function readState(path: string): Promise<StateFile> {
  const { BUNDLE_FORMAT, checkedBundle, checkedStateFile } = await import("../sandbox/session/index.ts");
  await checkKind(path, "state", "bundle");
  const value = await readJson(path);
  const isBundle =
    typeof value === "object" && value !== null && "format" in value && value.format === BUNDLE_FORMAT;
  return isBundle ? checkedBundle(value).state : checkedStateFile(value);
}

/** Exchanges of a sandbox's log, as a HAR file wants them: without their secrets, and without bodies that were too large. */
export function loggedHarExchanges(
  items: ControlResult<"listExchanges">["items"],
  sandbox: string,
): HarExchange[] {
  return items.map((exchange) => ({
    at: exchange.at,
    durationMs: exchange.durationMs,
    method: exchange.method,
    url: `${sandbox.replace(/\/$/, "")}${exchange.path}`,
    requestHeaders: Object.entries(exchange.request.headers),
    requestBody: exchange.request.body === undefined ? undefined : { text: exchange.request.body },
    status: exchange.status,
    answerHeaders: Object.entries(exchange.response.headers),
    answerBody: exchange.response.body === undefined ? undefined : { text: exchange.response.body },
    requestId: exchange.requestId,
    operationId: exchange.operationId,
    party: exchange.party,
  }));
}
