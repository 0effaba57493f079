import type { RawError } from "./violation.ts";

/** What a schema has looked at of one value: `unevaluatedProperties` and `unevaluatedItems` ask for the rest. */
export interface Looked {
  readonly names: Set<string>;
  readonly items: Set<number>;
}

export interface Outcome {
  readonly errors: readonly RawError[];
  readonly looked: Looked;
}

/** A keyword at one place of the value that is checked. */
export interface KeywordContext {
  /** The schema that the keyword stands in. */
  readonly schema: { readonly [keyword: string]: unknown };
  /** What the keyword says. */
  readonly says: unknown;
  readonly value: unknown;
  /** What the keywords before it have looked at. */
  readonly looked: Looked;
  /** @param params what a message is made of, as Ajv names it */
  fail(message: string, params?: Readonly<Record<string, unknown>>): void;
  /** What a schema within this keyword says of the same value, or of one below it. */
  against(schema: unknown, place?: InnerPlace): Outcome;
  /** The same of the schema of this id. */
  againstUnit(id: string): Outcome;
  /** Takes over what was found; a failed outcome has looked at nothing. */
  take(outcome: Outcome): void;
  looksAt(outcome: Outcome): void;
}

export interface InnerPlace {
  /** Where the schema stands in the keyword: an index, or the name of a property. */
  readonly at?: string | number;
  /** The keyword that it stands in, where that is another one. */
  readonly keyword?: string;
  /** The value below that it is about. */
  readonly below?: { readonly value: unknown; readonly step: string | number };
}

export interface Keyword {
  /** Values of other types are none of its business. */
  readonly on?: (value: unknown) => boolean;
  check(context: KeywordContext): void;
}

export type NamedKeyword = readonly [name: string, keyword: Keyword];
