import type { Catalog } from "../../specs/engine/catalog/types.ts";

/** Whose starter it is. */
export interface StarterMember {
  readonly party: string;
  readonly role: string;
}

/** What a starter is made from. */
export interface StarterParts {
  readonly catalog: Catalog;
  readonly member: StarterMember;
  readonly profile: string;
  /** Of the spec set, relative to the starter; absent where it is the one that comes with the toolkit. */
  readonly specs?: string;
  /** Where the starter is to lie, absolute. */
  readonly directory: string;
  /** Types of every document, by file name. */
  readonly types: ReadonlyMap<string, string>;
}
