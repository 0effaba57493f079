import type { EcoError } from "../../specs/engine/errors/eco-error.ts";

/** What `--json` prints, one line, whatever happened. */
export type Envelope =
  | {
      readonly schema: "eco/v1";
      readonly ok: true;
      readonly result: unknown;
      readonly warnings: readonly string[];
    }
  | {
      readonly schema: "eco/v1";
      readonly ok: false;
      readonly error: {
        readonly code: string;
        readonly message: string;
        readonly fix: string;
        readonly docs: string;
        readonly details?: unknown;
      };
      readonly result?: unknown;
      readonly warnings: readonly string[];
    };

export function successEnvelope(result: unknown, warnings: readonly string[]): Envelope {
  return { schema: "eco/v1", ok: true, result: result ?? null, warnings };
}

export function failureEnvelope(error: EcoError, result: unknown, warnings: readonly string[]): Envelope {
  return {
    schema: "eco/v1",
    ok: false,
    error: {
      code: error.code,
      message: error.message,
      fix: error.fix,
      docs: error.docs,
      ...(Object.keys(error.details).length === 0 ? {} : { details: error.details }),
    },
    ...(result === undefined ? {} : { result }),
    warnings,
  };
}

/**
 * JSON in one line. Amounts are `bigint` in the core; those that a JSON number holds exactly are written as one. What a
 * terminal would act on is escaped: it stays the same text for whoever parses it.
 */
export function toJsonLine(value: unknown): string {
  const line = JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== "bigint") return item;
    return item >= BigInt(Number.MIN_SAFE_INTEGER) && item <= BigInt(Number.MAX_SAFE_INTEGER)
      ? Number(item)
      : item.toString();
  });
  return line.replace(ACTED_ON, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** JSON itself escapes control characters below the space only. All of these are one UTF-16 unit long. */
const ACTED_ON = /[\u007f-\u009f\p{Bidi_Control}]/gu;
