import type { Operation, ResponseSpec } from "../../specs/engine/catalog/types.ts";
import type { Resources } from "../resources/resources.ts";
import { sendable } from "./negotiate.ts";
import type { Prepared } from "./prepare.ts";
import { type Stop, stop } from "./problem.ts";
import { represent } from "./representation.ts";

/** What a client asks for by `Prefer` (RFC 7240): a declared status, an example by its name, or both. */
export interface Preference {
  readonly code?: number;
  readonly example?: string;
}

const MEMBER = /^\s*(?<name>[\w!#$%&'*+.^`|~-]+)\s*(?:=\s*(?:"(?<quoted>[^"]*)"|(?<value>[^\s;]*)))?/u;

/** A declared response, ready to be sent. */
export interface Shown {
  readonly kind: "shown";
  readonly prepared: Prepared;
}

/** The preferences that the sandbox knows; others are passed over, as the RFC has it. */
export function readPreference(header: string | null): Preference | undefined {
  if (header === null) return undefined;
  const wanted: { code?: number; example?: string } = {};
  // A comma inside quotes belongs to its value.
  for (const member of header.match(/(?:[^,"]|"[^"]*")+/gu) ?? []) {
    const { name = "", quoted, value = "" } = MEMBER.exec(member)?.groups ?? {};
    const text = quoted ?? value;
    if (name.toLowerCase() === "example" && text !== "") wanted.example ??= text;
    // A status below 200 ends no exchange: a client, or what stands between, would take the next answer for this one's.
    if (name.toLowerCase() === "code" && /^[2-5]\d\d$/u.test(text)) wanted.code ??= Number(text);
  }
  return Object.keys(wanted).length === 0 ? undefined : wanted;
}

/**
 * The declared response that a client prefers, made from its example or its schema. Nothing is decided, changed or
 * remembered: it shows a client what it must be able to read.
 */
export function preferredAnswer(
  header: string | null,
  operation: Operation,
  resources: Resources,
): Promise<Shown | Stop> | Stop | undefined {
  const wanted = readPreference(header);
  if (wanted === undefined) return undefined;
  const found = responseFor(operation, wanted);
  return found === undefined ? unknown(operation, wanted) : shownAs(wanted, found, operation, resources);
}

async function shownAs(
  wanted: Preference,
  found: Found,
  operation: Operation,
  resources: Resources,
): Promise<Shown | Stop> {
  const shown = await resources.show(operation, found.response, found.status, wanted.example);
  if (shown === undefined) {
    return stop("ECO_UNSATISFIABLE", `No value fits the answer ${found.status} of ${operation.id}.`);
  }
  const { mediaType, value, headers } = shown;
  const contentType = mediaType === undefined ? undefined : sendable(mediaType);
  const applied = Object.entries(wanted).map(([name, value]) => `${name}=${value}`);
  const prepared: Prepared = {
    status: found.status,
    headers: [
      ...(contentType === undefined ? [] : [["content-type", contentType] as const]),
      ...Object.entries(headers),
      ["preference-applied", applied.join(", ")],
    ],
    body: contentType === undefined ? "" : represent(value, contentType),
  };
  return { kind: "shown", prepared };
}

interface Found {
  readonly response: ResponseSpec;
  readonly status: number;
}

function responseFor({ responses }: Operation, { code, example }: Preference): Found | undefined {
  const named = ({ content }: ResponseSpec): boolean =>
    example === undefined || Object.values(content).some(({ examples }) => Object.hasOwn(examples, example));
  if (code === undefined) {
    const response = responses.find(named);
    return response && { response, status: statusOf(response) };
  }
  const covering = [String(code), `${Math.floor(code / 100)}XX`, "default"];
  const response = covering.flatMap((status) => responses.filter((one) => one.status === status)).find(named);
  return response && { response, status: code };
}

const statusOf = ({ status }: ResponseSpec): number =>
  status === "default" ? 200 : Number(status.replace("XX", "00"));

function unknown({ id, responses }: Operation, { code, example }: Preference): Stop {
  const asked = code === undefined ? `an example ${example}` : `the status ${code}`;
  const both = code !== undefined && example !== undefined ? ` with an example ${example}` : "";
  const known = responses.map(({ status, content }) => {
    const names = Object.values(content).flatMap(({ examples }) => Object.keys(examples));
    return names.length === 0 ? status : `${status} (examples: ${[...new Set(names)].join(", ")})`;
  });
  const detail = `${id} declares no answer for ${asked}${both}; it has ${known.join(", ")}.`;
  return stop("ECO_REQUEST_INVALID", detail, { errors: [{ pointer: "$request.header.Prefer", detail }] });
}
