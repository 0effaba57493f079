import { type FormValue, readForm } from "../../specs/engine/catalog/exchange/form.ts";
import {
  essence,
  isFormType,
  isJsonType,
  parameterOf,
} from "../../specs/engine/catalog/exchange/media-type.ts";
import { parseStrictJson } from "../../specs/engine/strict-json.ts";
import { hasMoreThan } from "../values/has-more-than.ts";
import type { Soon } from "../values/soon.ts";
import { type Arrival, collect } from "./arrival.ts";
import { type Stop, stop } from "./problem.ts";
import { dataUrl, isText } from "./representation.ts";
import { SentBody } from "./sent-body.ts";

export interface BodyLimits {
  /** Bytes, unpacked. */
  readonly maxBytes: number;
  readonly maxDepth: number;
}

/** Of a form: a hundred thousand of them would keep the process, and all other requests, for seconds. */
const MAX_FIELDS = 10_000;

export const DEFAULT_BODY_LIMITS: BodyLimits = { maxBytes: 2 * 1024 * 1024, maxDepth: 64 };

/** The request's body within the limit. */
export function readSent(arrival: Arrival, { maxBytes }: BodyLimits): Soon<SentBody | Stop> {
  const { headers } = arrival;
  const announced = headers.get("content-length");
  if (announced !== null && Number(announced) > maxBytes) return tooLarge(maxBytes);
  const packing = packingOf(headers.get("content-encoding"));
  if (packing !== "identity" && packing !== "gzip" && packing !== "deflate") {
    return stop(
      "ECO_UNSUPPORTED_MEDIA_TYPE",
      `The content encoding "${packing}" is not supported; use gzip.`,
      { headers: { "accept-encoding": "gzip, deflate" } },
    );
  }
  if (packing !== "identity")
    return arriving(
      unpacked(arrival, packing, maxBytes),
      maxBytes,
      stop("ECO_REQUEST_MALFORMED", `The body is not valid ${packing} data.`),
    );
  const body = arrival.body(maxBytes);
  return body instanceof Promise ? arriving(body, maxBytes, CUT_OFF) : within(body, maxBytes);
}

/** `x-gzip` is the same in the words of old clients. */
function packingOf(encoding: string | null): string {
  const packing = encoding?.toLowerCase() ?? "";
  return packing === "" ? "identity" : packing.replace(/^x-gzip$/, "gzip");
}

async function arriving(
  body: Promise<Uint8Array<ArrayBuffer> | undefined>,
  maxBytes: number,
  unreadable: Stop,
): Promise<SentBody | Stop> {
  try {
    return within(await body, maxBytes);
  } catch {
    return unreadable;
  }
}

const within = (bytes: Uint8Array<ArrayBuffer> | undefined, maxBytes: number): SentBody | Stop =>
  bytes === undefined ? tooLarge(maxBytes) : new SentBody(bytes);

async function unpacked(
  arrival: Arrival,
  packing: CompressionFormat,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { body } = arrival.request();
  if (body === null) return new Uint8Array(0);
  const packed: ReadableStream<Uint8Array<ArrayBuffer>> = body;
  return collect(packed.pipeThrough(new DecompressionStream(packing)), maxBytes);
}

/** Whoever sent it left meanwhile, or nearly so. */
export const CUT_OFF = stop("ECO_REQUEST_MALFORMED", "The body ended before its announced end.");

const tooLarge = (maxBytes: number): Stop =>
  stop("ECO_BODY_TOO_LARGE", `The body is larger than ${maxBytes} bytes.`, {
    headers: { connection: "close" },
  });

/** A part of a form that is a file. */
export interface FormPart {
  readonly name: string;
  /** Empty where it came without one, or with one that says no more than "bytes". */
  readonly contentType: string;
}

export type DecodedBody =
  | { readonly kind: "body"; readonly value: unknown }
  /** The fields of a form, still as texts. */
  | { readonly kind: "form"; readonly form: FormValue; readonly parts: readonly FormPart[] }
  | Stop;

/** What was sent to a value, by media type: JSON strictly, forms by their fields, text as it is, and all else as a data URL. */
export function decodeBody(
  sent: SentBody,
  mediaType: string,
  contentType: string,
  { maxDepth }: BodyLimits,
): Soon<DecodedBody> {
  if (!isJsonType(mediaType)) return decodeOther(sent.bytes, mediaType, contentType);
  const charset = parameterOf(contentType, "charset") ?? "utf-8";
  if (!/^(utf-?8|us-ascii)$/.test(charset)) return unreadable(charset, "JSON is UTF-8");
  const text = sent.utf8;
  if (text === undefined) return stop("ECO_BODY_NOT_JSON", "The body is not valid UTF-8.");
  const parsed = parseStrictJson(text, maxDepth);
  return parsed.kind === "parsed"
    ? { kind: "body", value: parsed.value }
    : stop("ECO_BODY_NOT_JSON", parsed.detail);
}

const unreadable = (charset: string, instead: string): Stop =>
  stop("ECO_UNSUPPORTED_MEDIA_TYPE", `The character set "${charset}" can't be read here; ${instead}.`);

async function decodeOther(
  bytes: Uint8Array<ArrayBuffer>,
  mediaType: string,
  contentType: string,
): Promise<DecodedBody> {
  const decoder = decoderOf(contentType);
  if ("kind" in decoder) return decoder;
  if (isFormType(mediaType) && hasManyFields(bytes, mediaType))
    return stop("ECO_BODY_TOO_LARGE", `The form has more than ${MAX_FIELDS} fields.`);
  try {
    if (mediaType === "multipart/form-data") return await multipart(bytes, contentType);
    const text = decoder.decode(bytes);
    if (mediaType !== "application/x-www-form-urlencoded") return { kind: "body", value: text };
    return { kind: "form", form: readForm(pairsOf(text)), parts: [] };
  } catch {
    if (!isText(mediaType) && mediaType !== "multipart/form-data")
      return { kind: "body", value: dataUrl(bytes, mediaType) };
    return stop("ECO_REQUEST_MALFORMED", `The body can't be read as ${mediaType}.`);
  }
}

function decoderOf(contentType: string): TextDecoder | Stop {
  const charset = parameterOf(contentType, "charset") ?? "utf-8";
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    return unreadable(charset, "send UTF-8");
  }
}

/** The parts of a form in several parts each say what they are. */
function hasManyFields(bytes: Uint8Array, mediaType: string): boolean {
  const mark = mediaType === "multipart/form-data" ? /content-disposition/gi : /&/g;
  return hasMoreThan(MAX_FIELDS, mark, new TextDecoder("latin1").decode(bytes));
}

/**
 * The fields of a form. The platform's reader takes seconds over a million of them, and reads bytes that aren't UTF-8 as
 * U+FFFD, so that nobody would know what was sent: here they throw.
 */
function pairsOf(form: string): (readonly [name: string, text: string])[] {
  const pairs = form.split("&").filter((pair) => pair !== "");
  return pairs.map((pair) => {
    const at = pair.indexOf("=");
    return at === -1 ? [decoded(pair), ""] : [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))];
  });
}

const decoded = (text: string): string =>
  text.replaceAll("+", " ").replace(/(?:%[0-9a-f]{2})+/gi, decodeURIComponent);

async function multipart(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<DecodedBody> {
  const data = await new Response(bytes, { headers: { "content-type": contentType } }).formData();
  const fields = await Promise.all(
    [...data].map(async ([name, value]) => [name, await textOf(value)] as const),
  );
  // A file may hold any bytes; what is read as text is UTF-8.
  const replaced = fields.some(([name, text]) => name.includes("\uFFFD") || text.includes("\uFFFD"));
  if (replaced && new SentBody(bytes).utf8 === undefined)
    return stop("ECO_REQUEST_MALFORMED", "A field of the form is not valid UTF-8.");
  const parts = [...data].flatMap(([name, value]) =>
    typeof value === "string" ? [] : [{ name, contentType: saidBy(essence(value.type)) }],
  );
  return { kind: "form", form: readForm(fields), parts };
}

const saidBy = (type: string): string => (type === "application/octet-stream" ? "" : type);

/** A part that is JSON or text says what is in it; of any other file its name stands for it. */
async function textOf(value: FormDataEntryValue): Promise<string> {
  if (typeof value === "string") return value;
  const type = essence(value.type);
  return isJsonType(type) || type === "text/plain" ? value.text() : value.name;
}

/** The values of a text that has one in each line; empty lines say nothing. */
export function linesOf(
  text: string,
  maxDepth: number,
): { readonly kind: "body"; readonly value: readonly unknown[] } | Stop {
  const value: unknown[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const parsed = parseStrictJson(line, maxDepth);
    if (parsed.kind === "refused") return stop("ECO_BODY_NOT_JSON", `Line ${index + 1}: ${parsed.detail}`);
    value.push(parsed.value);
  }
  return { kind: "body", value };
}
