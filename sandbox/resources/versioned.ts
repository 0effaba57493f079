import type { Operation } from "../../specs/engine/catalog/types.ts";
import type { Success } from "./shape.ts";

/** What an operation declares of the versions of a thing (RFC 9110, 13). */
export interface Versioned {
  /** Its answer says which one it shows. */
  readonly shows: boolean;
  /** It may be asked for nothing but what is new. */
  readonly spares: boolean;
}

export function versionedBy({ responses }: Operation, { headers }: Success): Versioned {
  return {
    shows: headers.some(({ name }) => name.toLowerCase() === "etag"),
    spares: responses.some(({ status }) => status === "304"),
  };
}
