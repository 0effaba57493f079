import type { MediaType } from "../types.ts";

/** `application/json` of `Application/JSON; charset=utf-8`. */
export function essence(contentType: string): string {
  const end = contentType.indexOf(";");
  return (end === -1 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

export function isJsonType(mediaType: string): boolean {
  return /[/+]json$/.test(essence(mediaType));
}

/** Values one after the other, each a line of JSON. */
export const isLinesType = (mediaType: string): boolean =>
  /[/+-](x-)?(ndjson|jsonl|jsonlines|json-lines)$/.test(essence(mediaType));

/** Fields by their names. */
export const isFormType = (mediaType: string): boolean =>
  /^(application\/x-www-form-urlencoded|multipart\/form-data)$/.test(essence(mediaType));

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

/**
 * Of declared media types and ranges the one that says most about an actual type: the type itself, with its parameters
 * rather than without, before a range that ends in its suffix, one of all its subtypes, and one of anything. Undefined
 * where none covers it.
 */
export function closestType(declared: Iterable<string>, contentType: string): string | undefined {
  let closest: string | undefined;
  let most = -1;
  for (const name of declared) {
    const said = covers(name, contentType) ? telling(name, contentType) : -1;
    if (said > most) [closest, most] = [name, said];
  }
  return closest;
}

function telling(declared: string, contentType: string): number {
  const range = essence(declared);
  if (!range.includes("*")) return spelt(declared) === spelt(contentType) ? 4 : 3;
  if (range === "*/*") return 0;
  return range.endsWith("/*") ? 1 : 2;
}

/** However it is spaced: `application/json;version=1`. */
const spelt = (contentType: string): string => contentType.replace(/\s|"/g, "").toLowerCase();

/** The entry of a `content` map that says most about a content type. */
export function selectMediaType(
  content: Readonly<Record<string, MediaType>>,
  contentType: string,
): { readonly name: string; readonly media: MediaType } | undefined {
  const name = closestType(Object.keys(content), contentType);
  const media = name === undefined ? undefined : content[name];
  return name === undefined || media === undefined ? undefined : { name, media };
}

/** The value of a content type's parameter: `utf-8` of `text/csv; charset="UTF-8"`. */
export function parameterOf(contentType: string, name: string): string | undefined {
  for (const part of contentType.split(";").slice(1)) {
    const [key = "", value = ""] = part.split("=", 2);
    if (key.trim().toLowerCase() === name) return value.trim().replace(/^"|"$/g, "").toLowerCase();
  }
  return undefined;
}
