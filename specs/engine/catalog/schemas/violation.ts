import { someOf } from "../../suggest.ts";

/** One way in which a value breaks its schema. */
export interface Violation {
  /** Into the value: `/usage/distanceMiles`; empty for the value as a whole. */
  readonly pointer: string;
  /** Into the spec: `openapi/partner-api.yaml#/components/schemas/Usage/type`. */
  readonly schemaPointer: string;
  readonly keyword: string;
  /** Fits after the name of the thing: `must be integer`. */
  readonly message: string;
  /** The property that isn't allowed, where it is that. */
  readonly unknown?: string;
}

/** More than this many violations of one value are no help to anyone. */
export const MAX_VIOLATIONS = 100;

/** What Ajv and its standalone modules report. */
export interface RawError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** `limitOf` says how long a text may be for a pattern to be tried on it. */
export function toViolations(
  errors: readonly RawError[],
  limitOf: (pattern: string) => number = () => Number.POSITIVE_INFINITY,
): Violation[] {
  // That a condition's consequence isn't met is told by what isn't met of it.
  const telling = errors.length > 1 ? errors.filter(({ keyword }) => keyword !== "if") : errors;
  return telling.slice(0, MAX_VIOLATIONS).map((error) => {
    const unknown = unknownProperty(error);
    return {
      pointer: error.instancePath,
      schemaPointer: schemaPointer(error.schemaPath),
      keyword: error.keyword,
      message: describe(error, limitOf),
      ...(unknown === undefined ? {} : { unknown }),
    };
  });
}

function unknownProperty({ params }: RawError): string | undefined {
  const name = params["additionalProperty"] ?? params["unevaluatedProperty"];
  return typeof name === "string" ? name : undefined;
}

/** `eco:plain:openapi%2Fapi.yaml%23%2Fcomponents…/type` → `openapi/api.yaml#/components…/type` */
function schemaPointer(path: string): string {
  const match = /^eco:[a-z]+:([^/]*)(.*)$/.exec(path);
  if (match === null) return path;
  const [, place = "", rest = ""] = match;
  return decodeURIComponent(place) + rest.replace(/^#/, "");
}

function describe(error: RawError, limitOf: (pattern: string) => number): string {
  const { keyword, params } = error;
  const message = error.message ?? "is invalid";
  const unknown = unknownProperty(error);
  if (unknown !== undefined) return `must not have the property "${unknown}"`;
  if (keyword === "enum" && Array.isArray(params["allowedValues"])) {
    return `must be one of ${someOf(params["allowedValues"].map(shown))}`;
  }
  if (keyword === "pattern" && typeof params["pattern"] === "string") {
    const limit = limitOf(params["pattern"]);
    return limit === Number.POSITIVE_INFINITY
      ? message
      : `${message} (tried on texts up to ${limit} characters)`;
  }
  if (keyword === "const") return `must be ${shown(params["allowedValue"])}`;
  return message;
}

/** A value is repeated with each violation; what is as long as a page tells nobody more. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
