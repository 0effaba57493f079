import type { Operation } from "../catalog/types.ts";

/** Requests in an order in which they can be run, whatever tool they are written for. Values may hold `{{variable}}`. */
export interface Collection {
  readonly title: string;
  readonly description: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Values that a reader may change; secrets are not among them. */
  readonly variables: readonly Variable[];
  /** Names of variables that the reader fills in where the tool keeps secrets. */
  readonly secrets: readonly string[];
  readonly requests: readonly CollectedRequest[];
  /** Ids that no request before answers with: the reader puts real ones into these variables. */
  readonly unfed: readonly { readonly variable: string; readonly requests: readonly string[] }[];
  /** Journeys that can't be told as requests one after the other, and why. */
  readonly leftOut: readonly { readonly journey: string; readonly reason: string }[];
}

export interface Variable {
  readonly name: string;
  readonly value: string;
}

/** Where an answer holds a value: keys and indexes from the top of its JSON, `["items", 0, "id"]`, or a header. */
export type AnswerPlace = { readonly path: readonly (string | number)[] } | { readonly header: string };

/** A value of an answer that later requests use. */
export type Capture = { readonly variable: string } & AnswerPlace;

/** One `name=value`, as it is sent. `optional` is left out unless the reader wants it. */
export interface Field {
  readonly name: string;
  readonly value: string;
  readonly optional?: boolean;
}

export type Body =
  | { readonly kind: "text"; readonly mediaType: string; readonly text: string }
  | { readonly kind: "form"; readonly mediaType: string; readonly fields: readonly Field[] }
  | { readonly kind: "multipart"; readonly mediaType: string; readonly fields: readonly Part[] }
  /** What nobody can write here: the reader puts a file of this name beside the collection. */
  | { readonly kind: "file"; readonly mediaType: string; readonly file: string };

export interface Part {
  readonly name: string;
  readonly content: { readonly text: string } | { readonly file: string };
}

export type Auth =
  | { readonly kind: "bearer"; readonly variable: string }
  | { readonly kind: "basic"; readonly username: string; readonly password: string }
  | {
      readonly kind: "key";
      readonly in: "header" | "query" | "cookie";
      readonly name: string;
      readonly variable: string;
    };

/** An answer as the document shows it. */
export interface SavedAnswer {
  readonly status: number;
  readonly description: string;
  readonly mediaType: string;
  readonly text: string;
}

export interface CollectedRequest {
  /** Letters, digits and `_`; unique in the collection. */
  readonly id: string;
  /** What people call it; not unique. */
  readonly title: string;
  readonly description: string;
  readonly folder: string;
  readonly method: string;
  /** Absolute where it isn't under the base URL; else begins with a slash. */
  readonly url: string;
  /** The same with `{name}` where a path parameter stands. */
  readonly template: string;
  /** Text of each path parameter by its name. */
  readonly path: readonly Field[];
  readonly query: readonly Field[];
  readonly headers: readonly Field[];
  readonly auth: readonly Auth[];
  /** Header that wants a value never sent before. */
  readonly freshKey?: string;
  readonly body?: Body;
  readonly captures: readonly Capture[];
  /** Status codes that are as it should be; any of success where left out, and none is tested where it is empty. */
  readonly expected?: readonly number[];
  readonly answers: readonly SavedAnswer[];
  readonly operation?: Operation;
}
