import { type Arrival, collect } from "./arrival.ts";
import { type Stop, stop } from "./problem.ts";
import { parseStrictJson } from "./strict-json.ts";

export interface BodyLimits {
  /** Bytes, unpacked. */
  readonly maxBytes: number;
  readonly maxDepth: number;
}

export const DEFAULT_BODY_LIMITS: BodyLimits = { maxBytes: 2 * 1024 * 1024, maxDepth: 64 };

export type ReadBytes = { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer> } | Stop;

/** The request's body within the limit, unpacked where it came packed. */
export async function readBytes(arrival: Arrival, { maxBytes }: BodyLimits): Promise<ReadBytes> {
  const { headers } = arrival;
  const announced = headers.get("content-length");
  if (announced !== null && Number(announced) > maxBytes) return tooLarge(maxBytes);
  const packing = headers.get("content-encoding")?.toLowerCase() ?? "identity";
  if (packing !== "identity" && packing !== "gzip" && packing !== "deflate") {
    return stop(
      "ECO_UNSUPPORTED_MEDIA_TYPE",
      `The content encoding "${packing}" is not supported; use gzip.`,
    );
  }
  try {
    const bytes = await (packing === "identity"
      ? arrival.body(maxBytes)
      : unpacked(arrival.request(), packing, maxBytes));
    return bytes === undefined ? tooLarge(maxBytes) : { kind: "bytes", bytes };
  } catch {
    const problem =
      packing === "identity" ? "ended before its announced end" : `is not valid ${packing} data`;
    return stop("ECO_REQUEST_MALFORMED", `The body ${problem}.`);
  }
}

async function unpacked(
  { body }: Request,
  packing: CompressionFormat,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (body === null) return new Uint8Array(0);
  const packed: ReadableStream<Uint8Array<ArrayBuffer>> = body;
  return collect(packed.pipeThrough(new DecompressionStream(packing)), maxBytes);
}

const tooLarge = (maxBytes: number): Stop =>
  stop("ECO_BODY_TOO_LARGE", `The body is larger than ${maxBytes} bytes.`, {
    headers: { connection: "close" },
  });

export type DecodedBody = { readonly kind: "body"; readonly value: unknown } | Stop;

/** Bytes to a value, by media type: JSON strictly, forms as objects of texts, everything else as text. */
export function decodeBody(
  bytes: Uint8Array<ArrayBuffer>,
  mediaType: string,
  contentType: string,
  { maxDepth }: BodyLimits,
): DecodedBody | Promise<DecodedBody> {
  if (!isJson(mediaType)) return decodeOther(bytes, mediaType, contentType);
  const parsed = parseStrictJson(bytes, maxDepth);
  return parsed.kind === "parsed"
    ? { kind: "body", value: parsed.value }
    : stop("ECO_BODY_NOT_JSON", parsed.detail);
}

async function decodeOther(
  bytes: Uint8Array<ArrayBuffer>,
  mediaType: string,
  contentType: string,
): Promise<DecodedBody> {
  try {
    if (mediaType === "multipart/form-data") {
      const form = await new Response(bytes, { headers: { "content-type": contentType } }).formData();
      return { kind: "body", value: fromPairs([...form].map(([name, value]) => [name, textOf(value)])) };
    }
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (mediaType !== "application/x-www-form-urlencoded") return { kind: "body", value: text };
    return { kind: "body", value: fromPairs([...new URLSearchParams(text)]) };
  } catch {
    return stop("ECO_REQUEST_MALFORMED", `The body can't be read as ${mediaType}.`);
  }
}

export function isJson(mediaType: string): boolean {
  return mediaType === "application/json" || mediaType.endsWith("+json");
}

const textOf = (value: FormDataEntryValue): string => (typeof value === "string" ? value : value.name);

/** A name that comes more than once becomes a list. */
function fromPairs(pairs: readonly (readonly [string, string])[]): Record<string, string | string[]> {
  const grouped = Map.groupBy(pairs, ([name]) => name);
  return Object.fromEntries(
    [...grouped].map(([name, entries]) => {
      const [first] = entries;
      return [name, entries.length === 1 && first !== undefined ? first[1] : entries.map(([, text]) => text)];
    }),
  );
}

/** `application/json; charset=utf-8` → `application/json`. */
export function mediaTypeOf(contentType: string): string {
  const end = contentType.indexOf(";");
  return (end === -1 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

// Ranges as OpenAPI allows them for keys of `content`: any type, any subtype, any type with a suffix.
/** Whether a declared media type or range covers the given media type. */
export function covers(declared: string, mediaType: string): boolean {
  const range = mediaTypeOf(declared);
  if (range === mediaType || range === "*/*") return true;
  if (range.endsWith("/*")) return mediaType.startsWith(range.slice(0, -1));
  const suffix = /^(.+\/)\*(\+.+)$/.exec(range);
  return suffix !== null && mediaType.startsWith(suffix[1] ?? "") && mediaType.endsWith(suffix[2] ?? "");
}
