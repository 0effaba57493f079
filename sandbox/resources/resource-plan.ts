import type { Catalog, Operation } from "../../specs/engine/catalog/types.ts";
import { type Announced, announcedBy } from "./announced.ts";
import type { Collection, Inference, Inferences, Parent } from "./infer.ts";
import { type ListPlan, planList } from "./listing.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";
import { idPropertyOf, itemsIn, itemsOf, type Success, successOf, wrapperOf } from "./shape.ts";

/** Everything about an inferred operation that follows from the spec alone. */
export interface ResourcePlan {
  readonly operation: Operation;
  readonly inference: Inference;
  readonly collection: Collection;
  readonly success: Success;
  readonly idProperty: string | undefined;
  readonly idSchema: SchemaNode | undefined;
  /** What the answer shows of an item; the collection's own where it has no schema. */
  readonly itemSchema: SchemaNode | undefined;
  /** The property in which the answer wraps its item; undefined where it is the item, or a list. */
  readonly wrapper: string | undefined;
  /** What only the platform sets of the request's body. */
  readonly readOnly: ReadonlySet<string>;
  /** The things that the path goes through and that could have been created. */
  readonly parents: readonly Parent[];
  readonly list: ListPlan;
  /** The items that the spec's examples show; none where an operation creates them. */
  readonly shown: readonly Readonly<Record<string, unknown>>[];
  readonly announced: Announced;
}

export interface ResourcePlanParts {
  readonly catalog: Catalog;
  readonly schemas: Schemas;
  readonly inferences: Inferences;
}

/** Undefined where the operation declares no success. */
export function planResource(operation: Operation, parts: ResourcePlanParts): ResourcePlan | undefined {
  const { catalog, schemas, inferences } = parts;
  const success = successOf(operation, schemas);
  if (success === undefined) return undefined;
  const inference = inferences.of(operation);
  const collection = inferences.collection(inference.collection);
  const idProperty = idPropertyOf(collection.item, inference.idParameter, inference.collection, schemas);
  const wrapper = success.schema && wrapperOf(success.schema, idProperty, schemas);
  const itemSchema = itemSchemaOf(success, wrapper, collection, schemas);
  return {
    operation,
    inference,
    collection,
    success,
    idProperty,
    idSchema:
      itemSchema === undefined || idProperty === undefined
        ? undefined
        : schemas.properties(itemSchema).get(idProperty),
    itemSchema,
    wrapper: inference.action === "list" ? undefined : wrapper,
    readOnly: readOnlyOf(operation, schemas),
    parents: inferences.parentsOf(operation.path).filter((parent) => parent.collection.creatable),
    list: planList(success.schema, collection.item, schemas),
    shown: shownIn(collection, idProperty, schemas),
    announced: announcedBy(catalog, { operation, inference, collection }, schemas),
  };
}

function itemSchemaOf(
  { schema }: Success,
  wrapper: string | undefined,
  { item }: Collection,
  schemas: Schemas,
): SchemaNode | undefined {
  if (schema === undefined) return item;
  return wrapper === undefined ? schema : schemas.properties(schema).get(wrapper);
}

function readOnlyOf({ requestBody }: Operation, schemas: Schemas): ReadonlySet<string> {
  const bodies = Object.values(requestBody?.content ?? {});
  const properties = bodies.flatMap(({ schema }) =>
    schema === undefined ? [] : [...schemas.properties(schemas.at(schema))],
  );
  return new Set(properties.filter(([, node]) => node.schema["readOnly"] === true).map(([name]) => name));
}

function shownIn(
  { creatable, item, shownBy }: Collection,
  idProperty: string | undefined,
  schemas: Schemas,
): ResourcePlan["shown"] {
  if (creatable || item === undefined) return [];
  return shownBy.flatMap((operation) => {
    const success = successOf(operation, schemas);
    const shape = success?.schema === undefined ? undefined : itemsOf(success.schema, schemas);
    return (success?.examples ?? []).flatMap((example) => itemsIn(example, shape?.property, idProperty));
  });
}
