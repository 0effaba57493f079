import { essence, isLinesType, isXmlType } from "../../specs/engine/catalog/exchange/media-type.ts";
import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import { csvOf, plainXmlOf } from "./tabular.ts";

/** Types whose bodies are characters, in whichever encoding; all others are bytes. */
const TEXT =
  /^(text\/|application\/(json|xml|x-www-form-urlencoded|javascript|ecmascript|graphql|sql|yaml|x-yaml|toml|jose|jwt|ld\+json|x-ndjson|ndjson|jsonl|x-jsonl|x-jsonlines|jsonlines|json-seq|csv|problem\+json|http|text)\b|multipart\/|message\/|model\/obj|image\/svg\+xml|[^/]+\/[^;]*\+(json|xml|yaml|text)\b)/i;

/** Whether a body of this media type is text. One without a media type is. */
export const isText = (contentType: string): boolean => contentType === "" || TEXT.test(contentType);

/** Bytes that have no text of their own, as a text that says so. */
export function dataUrl(bytes: Uint8Array, mediaType: string): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return `data:${mediaType || "application/octet-stream"};base64,${btoa(binary)}`;
}

const CHUNK = 0x8000;

/** The smallest files that programs open, for types that nobody can make a text of. */
const SMALLEST: Readonly<Record<string, string>> = {
  "image/png":
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "image/gif": "R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==",
  "image/jpeg":
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=",
  "application/zip": "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==",
  "application/pdf": btoa(
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
  ),
};
const ALIASES: Readonly<Record<string, string>> = { "image/jpg": "image/jpeg", "image/*": "image/png" };

/**
 * A value as the body of a media type: JSON, lines of JSON, events, XML, CSV, or the text that it is. The body of a
 * type that is no text is given in base64.
 */
export function represent(value: unknown, mediaType: string): string {
  const type = essence(mediaType);
  if (isJsonLike(type)) return JSON.stringify(value);
  if (!isText(type)) return bytesFor(value, type);
  const items = Array.isArray(value) ? value : [value];
  if (isLinesType(type)) return items.map((item) => `${JSON.stringify(item)}\n`).join("");
  if (type === "application/json-seq") return items.map((item) => `\u001e${JSON.stringify(item)}\n`).join("");
  if (type === "text/event-stream") return items.map(eventOf).join("");
  if (typeof value === "string")
    return isXmlType(type) && !value.trimStart().startsWith("<") ? plainXmlOf(value) : value;
  if (isXmlType(type)) return plainXmlOf(value);
  if (type.endsWith("/csv")) return csvOf(items);
  if (type === "application/x-www-form-urlencoded" && isPlainObject(value)) {
    return new URLSearchParams(
      Object.entries(value).map(([name, part]) => [name, plainText(part)]),
    ).toString();
  }
  return plainText(value);
}

const isJsonLike = (type: string): boolean =>
  type.includes("*") ? !type.startsWith("image/") : /[/+]json$/.test(type);

const plainText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** An event of a stream: as it is where the spec's example is one, otherwise with the value as its data. */
function eventOf(value: unknown): string {
  if (typeof value === "string" && /^(data|event|id|retry|):/m.test(value))
    return value.endsWith("\n\n") ? value : `${value.trimEnd()}\n\n`;
  const lines = plainText(value).split("\n");
  return `${lines.map((line) => `data: ${line}\n`).join("")}\n`;
}

function bytesFor(value: unknown, type: string): string {
  const own =
    typeof value === "string" ? /^data:[^,]*;base64,([A-Za-z0-9+/=]*)$/.exec(value)?.[1] : undefined;
  const smallest = SMALLEST[ALIASES[type] ?? type];
  if (own !== undefined || smallest !== undefined) return own ?? smallest ?? "";
  return dataUrl(new TextEncoder().encode(plainText(value)), type).replace(/^[^,]*,/, "");
}
