import type { MediaType } from "./types.ts";

/** `application/json` of `Application/JSON; charset=utf-8`. */
export function essence(contentType: string): string {
  const end = contentType.indexOf(";");
  return (end === -1 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

export function isJsonType(mediaType: string): boolean {
  return /[/+]json$/.test(essence(mediaType));
}

export const isXmlType = (mediaType: string): boolean => /[/+]xml$/.test(essence(mediaType));

/** Whether a declared media type or range (`application/*`, `application/*+json`) covers an actual one. */
export function covers(declared: string, actual: string): boolean {
  const range = essence(declared);
  const type = essence(actual);
  if (range === type || range === "*/*") return true;
  if (range.endsWith("/*")) return type.startsWith(range.slice(0, -1));
  const [, start, suffix] = /^(.+\/)\*(\+.+)$/.exec(range) ?? [];
  return start !== undefined && suffix !== undefined && type.startsWith(start) && type.endsWith(suffix);
}

/** The entry of a `content` map for a content type: an exact one before a range. */
export function selectMediaType(
  content: Readonly<Record<string, MediaType>>,
  contentType: string,
): { readonly name: string; readonly media: MediaType } | undefined {
  const type = essence(contentType);
  const entries = Object.entries(content);
  const found =
    entries.find(([name]) => essence(name) === type) ?? entries.find(([name]) => covers(name, type));
  return found === undefined ? undefined : { name: found[0], media: found[1] };
}
