import { isJsonType } from "../../specs/engine/catalog/media-type.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import { type Holder, holderOf, idPathOf, type Naming } from "./holder.ts";
import { itemsOf } from "./list-shape.ts";
import { canonical, itemAction, parametersOf, type ResourceAction, singleAction } from "./path-actions.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";
import { bodySchemaOf, successOf } from "./shape.ts";

export interface Inference {
  readonly action: ResourceAction;
  /** Template of the collection, `/v1/bookings`; of the thing itself for single ones. */
  readonly collection: string;
  /** Name of the path parameter that holds the item's id. */
  readonly idParameter?: string;
  /** The id stands in the body: `PUT /pet`. */
  readonly idInBody?: boolean;
  /** Parameters of the path before the collection: whose collection it is. */
  readonly parentParameters: readonly string[];
}

/** What is known about a collection from all operations on it. */
export interface Collection {
  readonly template: string;
  /** Path parameters of the template: whose collection it is. */
  readonly parameters: readonly string[];
  /** Whether an operation creates items; otherwise they come from the spec's examples. */
  readonly creatable: boolean;
  readonly listed: boolean;
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
}

const PARAMETER_AT_END = /^(.*)\/\{([^{}/]+)\}$/;

export class Inferences {
  readonly #schemas: Schemas;
  readonly #byPath: ReadonlyMap<string, readonly Operation[]>;
  readonly #itemPaths = new Map<string, string>();
  readonly #inferred = new Map<Operation, Inference>();
  readonly #collections = new Map<string, Collection>();

  constructor(operations: readonly Operation[], schemas: Schemas) {
    this.#schemas = schemas;
    this.#byPath = Map.groupBy(operations, ({ path }) => canonical(path));
    for (const path of this.#byPath.keys()) {
      const match = PARAMETER_AT_END.exec(path);
      if (match !== null) this.#itemPaths.set(match[1] ?? "", match[2] ?? "");
    }
  }

  of(operation: Operation): Inference {
    let inferred = this.#inferred.get(operation);
    if (inferred === undefined) {
      inferred = this.#infer(operation);
      this.#inferred.set(operation, inferred);
    }
    return inferred;
  }

  collection(template: string): Collection {
    let known = this.#collections.get(template);
    if (known === undefined) {
      known = this.#describe(template);
      this.#collections.set(template, known);
    }
    return known;
  }

  /** The things that the path of an operation goes through. */
  parentsOf(declared: string): Parent[] {
    const path = canonical(declared);
    const parents: Parent[] = [];
    for (const [template, parameter] of this.#itemPaths) {
      const inner = `${template}/{${parameter}}/`;
      if (path.startsWith(inner)) parents.push({ collection: this.collection(template), parameter });
    }
    return parents;
  }

  #infer(operation: Operation): Inference {
    const { method } = operation;
    const path = canonical(operation.path);
    const match = PARAMETER_AT_END.exec(path);
    if (match !== null && !this.#isCollection(operation, path)) {
      const [, collection = "", idParameter = ""] = match;
      if (this.#isOpaque(path, collection))
        return { action: singleAction(method), collection: path, parentParameters: parametersOf(path) };
      return {
        action: itemAction(method),
        collection,
        idParameter,
        parentParameters: parametersOf(collection),
      };
    }
    const plain = { collection: path, parentParameters: parametersOf(path) };
    const idParameter = this.#itemPaths.get(path);
    const withId = idParameter === undefined ? plain : { ...plain, idParameter };
    switch (method) {
      case "GET":
      case "HEAD":
      case "QUERY":
        return this.#isList(operation)
          ? this.#listOf(operation, withId)
          : { ...plain, action: "read-single" };
      case "POST":
        return { ...withId, action: this.#creates(operation) ? "create" : "act" };
      case "PUT":
      case "PATCH":
        if (idParameter === undefined) return { ...plain, action: "write-single" };
        if (!this.#namesItem(operation, path)) return { ...plain, action: "act" };
        return { ...withId, action: method === "PUT" ? "replace" : "change", idInBody: true };
      case "DELETE":
        if (idParameter === undefined) return { ...plain, action: "remove-single" };
        // A body may say which of them.
        return operation.requestBody === undefined
          ? { ...withId, action: "clear" }
          : { ...plain, action: "act" };
      default:
        return { ...plain, action: "act" };
    }
  }

  /**
   * Whether the parameter at a path's end names a collection rather than a thing: `POST /items/{collection}` beside
   * `/items/{collection}/{id}`.
   */
  #isCollection(operation: Operation, path: string): boolean {
    if (!this.#itemPaths.has(path)) return false;
    const reading = this.#byPath.get(path)?.find(({ method }) => method === "GET");
    if (reading !== undefined) return this.#isList(reading);
    return operation.method === "POST";
  }

  /** Whether what a path leads to is a text or a file: nothing lists or creates such things, and they have no parts. */
  #isOpaque(path: string, collection: string): boolean {
    const reading = this.#byPath.get(path)?.find(({ method }) => method === "GET");
    if (reading === undefined) return false;
    const beside = this.#byPath.get(collection) ?? [];
    if (beside.some(({ method }) => method === "GET" || method === "POST")) return false;
    const { mediaType, schema } = successOf(reading, this.#schemas);
    if (mediaType === undefined) return false;
    const types = schema === undefined ? new Set<string>() : this.#schemas.types(schema);
    return types.size === 0
      ? schema === undefined && !isJsonType(mediaType)
      : types.size === 1 && types.has("string");
  }

  /** `PUT /pet` changes the pet that its body names; where the body names none, it is about all of them. */
  #namesItem(operation: Operation, path: string): boolean {
    const body = bodySchemaOf(operation, this.#schemas);
    if (body === undefined) return false;
    const naming = { collection: path, idParameter: this.#itemPaths.get(path) };
    const { list, item } = holderOf(body, naming, this.#schemas);
    return !list && idPathOf(item, naming, this.#schemas) !== undefined;
  }

  #isList(operation: Operation): boolean {
    return this.#itemsOf(operation) !== undefined;
  }

  /** `GET /pet/findByStatus` shows the items of `/pet` when both have the same schema. */
  #listOf(operation: Operation, own: Omit<Inference, "action">): Inference {
    const path = canonical(operation.path);
    const parent = path.slice(0, path.lastIndexOf("/"));
    const items = this.#itemsOf(operation);
    const idParameter = this.#itemPaths.get(parent);
    if (own.idParameter === undefined && idParameter !== undefined && items !== undefined) {
      const { item } = this.collection(parent);
      if (item !== undefined && item.ref.pointer === items.ref.pointer) {
        return { action: "list", collection: parent, idParameter, parentParameters: parametersOf(parent) };
      }
    }
    return { ...own, action: "list" };
  }

  #itemsOf(operation: Operation): SchemaNode | undefined {
    const schema = successOf(operation, this.#schemas).schema;
    return schema && itemsOf(schema, this.#schemas, canonical(operation.path))?.item;
  }

  #creates(operation: Operation): boolean {
    const path = canonical(operation.path);
    if (this.#itemPaths.has(path)) return true;
    const siblings = this.#byPath.get(path) ?? [];
    if (siblings.some((sibling) => sibling.method === "GET" && this.#isList(sibling))) return true;
    return (
      operation.responses.some(({ status }) => status === "201") && parametersOf(operation.path).length === 0
    );
  }

  #describe(template: string): Collection {
    const idParameter = this.#itemPaths.get(template);
    const onItems = this.#byPath.get(`${template}/{${idParameter ?? ""}}`) ?? [];
    const onAll = this.#byPath.get(template) ?? [];
    const reading = onItems.find(({ method }) => method === "GET");
    const listing = onAll.find((operation) => operation.method === "GET" && this.#isList(operation));
    const creating = onAll.find((operation) => operation.method === "POST");
    const shownBy = [reading, listing, creating].filter((operation) => operation !== undefined);
    const held = (operation: Operation | undefined): SchemaNode | undefined =>
      operation && this.#holderIn(operation, { collection: template, idParameter })?.item;
    const shapes = [held(reading), listing && this.#itemsOf(listing), held(creating)];
    const item = this.#telling(shapes, { collection: template, idParameter });
    const itemPath = onItems[0]?.path;
    return {
      template,
      parameters: parametersOf(template),
      creatable: creating !== undefined,
      listed: listing !== undefined,
      shownBy,
      ...(item === undefined ? {} : { item }),
      ...(idParameter === undefined ? {} : { idParameter }),
      ...(itemPath === undefined ? {} : { itemPath }),
      idSchemas: this.#idSchemas(onItems, idParameter),
    };
  }

  /** Of the shapes that operations show an item in, the first with an id; one may be a picture of it. */
  #telling(shapes: readonly (SchemaNode | undefined)[], naming: Naming): SchemaNode | undefined {
    const schemas = this.#schemas;
    const known = shapes.filter((shape) => shape !== undefined);
    return (
      known.find((shape) => idPathOf(shape, naming, schemas) !== undefined) ??
      known.find((shape) => schemas.properties(shape).size > 0) ??
      known[0]
    );
  }

  #holderIn(operation: Operation, naming: Naming): Holder | undefined {
    const schema = successOf(operation, this.#schemas).schema;
    return schema && holderOf(schema, naming, this.#schemas);
  }

  #idSchemas(operations: readonly Operation[], idParameter: string | undefined): SchemaNode[] {
    const declared = operations.flatMap(({ parameters }) =>
      parameters.filter(({ in: place, name }) => place === "path" && name === idParameter),
    );
    const nodes = declared.flatMap(({ schema }) => (schema === undefined ? [] : [this.#schemas.at(schema)]));
    return [...new Set(nodes)];
  }
}
