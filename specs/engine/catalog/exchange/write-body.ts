import { EcoError } from "../../errors/index.ts";
import { isPlainObject } from "../pointer.ts";
import type { MediaType, Operation } from "../types.ts";
import { delimiterOf } from "./form.ts";
import { covers, essence, isJsonType, selectMediaType } from "./media-type.ts";

/**
 * A body in a media type; undefined for one that nobody here can write.
 * @param encoding of the fields of a form
 */
export function writeBody(
  mediaType: string,
  value: unknown,
  encoding: MediaType["encoding"] = {},
): string | undefined {
  const type = essence(mediaType);
  if (isJsonType(type) || type === "*/*") return JSON.stringify(value);
  if (type === FORM) return writeForm(value, encoding);
  if (type.startsWith("text/")) return text(value);
  return undefined;
}

/**
 * A value as `application/x-www-form-urlencoded`: lists repeat their name, objects are JSON, as OpenAPI has it by default;
 * lists are one text where their encoding says so.
 */
function writeForm(value: unknown, encoding: NonNullable<MediaType["encoding"]>): string {
  const form = new URLSearchParams();
  for (const [name, item] of Object.entries(isPlainObject(value) ? value : {})) {
    const delimiter = delimiterOf(encoding[name]);
    if (Array.isArray(item) && delimiter !== undefined) form.append(name, item.map(text).join(delimiter));
    else for (const one of Array.isArray(item) ? item : [item]) form.append(name, text(one));
  }
  return form.toString();
}

/** Whether a body in a media type can be written here. */
export const isWritable = (mediaType: string): boolean => writeBody(mediaType, "") !== undefined;

/** A value as a form or a header has it. */
export function text(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

export interface EncodedBody {
  readonly contentType: string;
  readonly text: string;
}

const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json";

/**
 * A body of named fields in a media type that the operation takes: of those declared the first of `preferred`, else any
 * that is JSON, else text.
 * @throws EcoError `ECO_UNSUPPORTED_MEDIA_TYPE` where it takes none of them
 */
export function encodeBody(
  { id, requestBody }: Pick<Operation, "id" | "requestBody">,
  value: unknown,
  preferred: readonly string[] = [JSON_TYPE, FORM],
): EncodedBody {
  const declared = Object.keys(requestBody?.content ?? {});
  if (declared.length === 0) return { contentType: JSON_TYPE, text: JSON.stringify(value) };
  const contentType =
    preferred.find((type) => declared.some((range) => covers(range, type))) ??
    declared.find(isJsonType) ??
    declared.find(isWritable);
  const media =
    contentType === undefined ? undefined : selectMediaType(requestBody?.content ?? {}, contentType)?.media;
  const written = contentType === undefined ? undefined : writeBody(contentType, value, media?.encoding);
  if (contentType !== undefined && written !== undefined) return { contentType, text: written };
  throw new EcoError(
    "ECO_UNSUPPORTED_MEDIA_TYPE",
    `${id} takes ${declared.join(", ")} and no JSON, form or text.`,
    {
      fix: `Declare \`${JSON_TYPE}\` or \`${FORM}\` among the media types of its request body.`,
    },
  );
}

/** As `encodeBody`, for the exchange of credentials: a form, as RFC 6749 has it, unless the operation takes none. */
export const encodeCredentials = (
  operation: Pick<Operation, "id" | "requestBody">,
  value: unknown,
): EncodedBody => encodeBody(operation, value, [FORM, JSON_TYPE]);
