import type { Operation } from "../../specs/engine/catalog/types.ts";
import type { NamedIn } from "./calls.ts";
import type { ResourceAction } from "./path-actions.ts";
import type { SchemaNode } from "./schemas.ts";

/** What an operation does, to the things of which collection. */
export interface Inference {
  readonly action: ResourceAction;
  /** Template of the collection, `/v1/bookings`; of the thing itself for single ones. */
  readonly collection: string;
  /** Name of the path parameter that holds the item's id. */
  readonly idParameter?: string;
  /** The id stands in the body: `PUT /pet`. */
  readonly idInBody?: boolean;
  /** Where it stands where the path says by a verb what is done: `POST /pets.info`. */
  readonly named?: NamedIn;
  /** What is done, where the path says so by a verb. */
  readonly verb?: string;
  /** Parameters of the path before the collection: whose collection it is. */
  readonly parentParameters: readonly string[];
  /** The path that was asked, where its things are kept under another, the collection's. */
  readonly within?: string;
}

/** What is known about a collection from all operations on it. */
export interface Collection {
  readonly template: string;
  /** Path parameters of the template: whose collection it is. */
  readonly parameters: readonly string[];
  /** Whether an operation creates items; otherwise they come from the spec's examples. */
  readonly creatable: boolean;
  readonly listed: boolean;
  /** Whether something shows one of its items. */
  readonly read: boolean;
  /** The schema of an item, as the reading operation shows it. */
  readonly item?: SchemaNode;
  readonly idParameter?: string;
  /** Path of an item as it is declared: `/bookings/{id}.json`. */
  readonly itemPath?: string;
  /** What paths take for an item's id. */
  readonly idSchemas: readonly SchemaNode[];
  /** Operations whose examples show items. */
  readonly shownBy: readonly Operation[];
}

/** A thing that a path goes through: `/bookings/{id}` of `/bookings/{id}/payment`. */
export interface Parent {
  readonly collection: Collection;
  readonly parameter: string;
  /** Where the request names it, where the path doesn't. */
  readonly named?: NamedIn;
}
