import type { MediaType } from "./types.ts";

/** `application/json` of `Application/JSON; charset=utf-8`. */
export function essence(contentType: string): string {
  return contentType.split(";")[0]?.trim().toLowerCase() ?? "";
}

export function isJsonType(mediaType: string): boolean {
  return /[/+]json$/.test(essence(mediaType));
}

/** Whether a declared media type or range (`application/*`) covers an actual one. */
export function covers(declared: string, actual: string): boolean {
  const range = essence(declared);
  const type = essence(actual);
  if (range === "*/*" || range === type) return true;
  return range.endsWith("/*") && type.startsWith(range.slice(0, -1));
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
