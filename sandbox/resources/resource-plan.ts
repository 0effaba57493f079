import { isPlainObject, type PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Catalog, Operation } from "../../specs/engine/catalog/types.ts";
import { type Announced, announcedBy } from "./announced.ts";
import type { Collection, Inference, Parent } from "./collection.ts";
import { type Holder, heldIn, holderOf, type IdPath, idPathOf, type Naming } from "./holder.ts";
import type { Inferences } from "./infer.ts";
import { ItemNames } from "./item-names.ts";
import { itemsOf, listIn } from "./list-shape.ts";
import { type ListPlan, planList } from "./listing.ts";
import { type MadeElsewhere, madeElsewhere } from "./made-elsewhere.ts";
import { canonical, parametersOf } from "./path-actions.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";
import { bodySchemaOf, lastLiteral, plain, type Success, singularOf, successOf } from "./shape.ts";
import { type Versioned, versionedBy } from "./versioned.ts";
import { referenceTo, type Within, withinOf } from "./within.ts";

/** Everything about an inferred operation that follows from the spec alone. */
export interface ResourcePlan {
  readonly operation: Operation;
  readonly inference: Inference;
  readonly collection: Collection;
  readonly success: Success;
  /** Where an item has its id; undefined where it shows none. */
  readonly idPath: IdPath | undefined;
  /** What an id must be: as a property of the item, and in the paths that lead to it. */
  readonly idSchemas: readonly SchemaNode[];
  /** What ids that are made up begin with: `boo` of bookings. */
  readonly idPrefix: string;
  /** An item as the collection keeps it. */
  readonly itemSchema: SchemaNode | undefined;
  /** Where the answer holds its item; undefined for a list, and where the answer has no schema. */
  readonly holder: Holder | undefined;
  /** What an answer tells of an item is kept of it under these names; under any where it shows items as they are kept. */
  readonly kept: ReadonlySet<string> | undefined;
  /** Where the request's body holds what it says of the item. */
  readonly sent: Holder | undefined;
  /** Parameters of the query that say something of the item, where there is no body to say it. */
  readonly asked: readonly Carried[];
  /** What only the platform sets of what is sent. */
  readonly readOnly: ReadonlySet<string>;
  /** The things that the path goes through and that could have been created. */
  readonly parents: readonly Parent[];
  readonly list: ListPlan;
  /** Which things of the collection the path is about, where it isn't theirs. */
  readonly within: Within | undefined;
  /** Where else things of its collection are made. */
  readonly elsewhere: MadeElsewhere | undefined;
  /** Properties of an item that say whose it is, as the path does. */
  readonly owners: readonly Carried[];
  /** The items that the spec's examples show; none where an operation creates them. */
  readonly shown: readonly PlainObject[];
  readonly announced: Announced;
  readonly versioned: Versioned;
}

/** A parameter that says a property of an item. */
export interface Carried {
  readonly parameter: string;
  readonly property: string;
}

export interface ResourcePlanParts {
  readonly catalog: Catalog;
  readonly schemas: Schemas;
  readonly inferences: Inferences;
}

export function planResource(operation: Operation, parts: ResourcePlanParts): ResourcePlan {
  const { catalog, schemas, inferences } = parts;
  const success = successOf(operation, schemas);
  const inference = inferences.of(operation);
  const collection = inferences.collection(inference.collection);
  const naming = {
    collection: inference.collection,
    idParameter: inference.idParameter ?? collection.idParameter,
  };
  const parents = inferences.parentsOf(operation);
  const holder =
    (inference.action === "act" ? parentHeld(success.schema, parents.at(-1), schemas) : undefined) ??
    (success.schema && holderOf(success.schema, naming, schemas));
  const itemSchema = collection.item ?? holder?.item;
  const found = idPathOf(itemSchema, naming, schemas);
  const id =
    plain(found?.path[0] ?? "") === "name" && !areNames(collection.idSchemas, schemas) ? undefined : found;
  const sent = sentIn(operation, naming, itemSchema, schemas);
  const list = planList(operation, success.schema, collection.item, inference.collection, schemas);
  return {
    operation,
    inference,
    collection,
    success,
    idPath: id?.path,
    idSchemas: [...(id === undefined ? [] : [id.schema]), ...collection.idSchemas],
    idPrefix: singularOf(lastLiteral(collection.template)).slice(0, 3).toLowerCase() || "obj",
    itemSchema,
    holder: inference.action === "list" ? undefined : holder,
    kept: namesKept(holder, itemSchema, schemas),
    sent,
    asked: askedOf(operation, inference, list.names),
    readOnly: readOnlyOf(sent, schemas),
    parents: parents.filter(
      ({ collection: { creatable, template } }) => creatable && inferences.makersOf(template).length === 0,
    ),
    list,
    within:
      inference.within === undefined
        ? undefined
        : withinOf(inference.within, inference.collection, list.names),
    elsewhere: madeElsewhere(collection, id?.path, inferences.makersOf(inference.collection), schemas),
    owners: ownersIn(operation, itemSchema, id?.path, schemas),
    shown: shownIn(collection, naming, schemas),
    versioned: versionedBy(operation, success),
    announced: announcedBy(catalog, { operation, inference, collection }, schemas),
  };
}

const isNumber = (types: ReadonlySet<string>): boolean =>
  !types.has("string") && (types.has("integer") || types.has("number"));

/** Whether the paths that lead to things take names: they don't where they take UUIDs or numbers. */
const areNames = (idSchemas: readonly SchemaNode[], schemas: Schemas): boolean =>
  !idSchemas.some((one) => one.schema["format"] === "uuid" || isNumber(schemas.types(one)));

/** The properties, other than the id, that are called as a parameter of the path and take what stands there. */
function ownersIn(
  { path: declared }: Operation,
  item: SchemaNode | undefined,
  idPath: IdPath | undefined,
  schemas: Schemas,
): readonly Carried[] {
  if (item === undefined) return [];
  const template = canonical(declared);
  const names = new ItemNames(item, schemas);
  const properties = schemas.properties(item);
  return parametersOf(template).flatMap((parameter): Carried[] => {
    const [property = "", inner] = referenceTo(template, parameter, names) ?? [];
    const node = properties.get(property);
    if (node === undefined || inner !== undefined || property === idPath?.[0]) return [];
    const types = schemas.types(node);
    const isScalar = !types.has("object") && !types.has("array") && types.size > 0;
    return isScalar ? [{ parameter, property }] : [];
  });
}

/** Where the answer to a step holds the thing that the step was taken on. */
function parentHeld(
  schema: SchemaNode | undefined,
  parent: Parent | undefined,
  schemas: Schemas,
): Holder | undefined {
  if (schema === undefined || parent?.collection.item === undefined) return undefined;
  const { template: collection, item } = parent.collection;
  const holder = holderOf(schema, { collection, idParameter: parent.parameter }, schemas);
  return holder.item.ref.pointer === item.ref.pointer ? holder : undefined;
}

const WRITES = new Set<string>(["create", "change", "replace"]);

function askedOf(
  { requestBody, parameters }: Operation,
  { action }: Inference,
  names: ItemNames,
): readonly Carried[] {
  if (requestBody !== undefined || !WRITES.has(action)) return [];
  return parameters.flatMap(({ in: place, name: parameter }): Carried[] => {
    const [property, inner] = (names.has(plain(parameter)) && names.find(plain(parameter))) || [];
    return place === "query" && property !== undefined && inner === undefined
      ? [{ parameter, property }]
      : [];
  });
}

/** An answer may be about an item in other terms, a receipt or a task: those aren't the item's own. */
function namesKept(
  holder: Holder | undefined,
  item: SchemaNode | undefined,
  schemas: Schemas,
): ReadonlySet<string> | undefined {
  if (holder === undefined || item === undefined || holder.item === item) return undefined;
  const names = schemas.possible(item);
  return names.size === 0 ? undefined : new Set(names.keys());
}

/** Where a body holds an item; the body itself where what it holds has nothing in common with one. */
function sentIn(
  operation: Operation,
  naming: Naming,
  item: SchemaNode | undefined,
  schemas: Schemas,
): Holder | undefined {
  const body = bodySchemaOf(operation, schemas);
  if (body === undefined) return undefined;
  const whole: Holder = { list: false, item: body };
  const [only, second] = schemas.properties(body);
  const holder =
    only !== undefined && second === undefined && item !== undefined && !schemas.possible(item).has(only[0])
      ? holderOfOnly(only, schemas)
      : holderOf(body, naming, schemas);
  if (holder.property === undefined && !holder.list) return whole;
  const alike = item === undefined ? 0 : sharedNames(holder.item, item, schemas);
  // A part of a thing may look like one: what says more of the thing is the thing.
  return alike > 0 && (item === undefined || alike >= sharedNames(body, item, schemas)) ? holder : whole;
}

function sharedNames(one: SchemaNode, other: SchemaNode, schemas: Schemas): number {
  const names = schemas.possible(other);
  return schemas
    .possible(one)
    .keys()
    .filter((name) => names.has(name))
    .toArray().length;
}

function holderOfOnly([property, node]: readonly [string, SchemaNode], schemas: Schemas): Holder {
  const list = schemas.types(node).has("array");
  return { property, list, item: list ? schemas.below(node, "items") : node };
}

function readOnlyOf(sent: Holder | undefined, schemas: Schemas): ReadonlySet<string> {
  const properties = sent === undefined ? [] : [...schemas.properties(sent.item)];
  return new Set(properties.filter(([, node]) => node.schema["readOnly"] === true).map(([name]) => name));
}

function shownIn(
  { creatable, item, shownBy }: Collection,
  naming: Naming,
  schemas: Schemas,
): readonly PlainObject[] {
  if (creatable || item === undefined) return [];
  return shownBy.flatMap((operation) => {
    const { schema, examples = [] } = successOf(operation, schemas);
    if (schema === undefined) return [];
    const list = operation.method === "GET" ? itemsOf(schema, schemas, naming.collection) : undefined;
    const holder = list === undefined ? holderOf(schema, naming, schemas) : undefined;
    const things = examples.flatMap((example) =>
      holder === undefined ? listIn(list?.path ?? [], example) : [heldIn(holder, example)],
    );
    return things.filter((thing) => isPlainObject(thing));
  });
}
