import type { Validators } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { Decider } from "../capabilities/capability.ts";
import type { Schemas } from "./schemas.ts";

/** Where an operation's answers come from, and what it does or why it can't. */
export interface ServedBy {
  /** `resource`: from what was created; `example`, `schema`: from the spec, since nothing creates such things. */
  readonly servedBy: "resource" | "example" | "schema" | "nothing";
  readonly detail: string;
  /** Of its answer without a body, where it declares no success. */
  readonly assumedStatus?: number;
}

export interface ResourcesParts {
  readonly catalog: Catalog;
  readonly schemas: Schemas;
  readonly validators: Validators;
  readonly seed: string;
  readonly capabilities: ReadonlyMap<string, Decider>;
}

/** A declared response, made from its example or its schema. */
export interface ShownAnswer {
  readonly mediaType?: string;
  readonly value?: unknown;
  readonly headers: Record<string, string>;
}
