import { isJsonType } from "../../specs/engine/catalog/media-type.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import type { Collection, Inference, Parent } from "./collection.ts";
import { type Holder, holderOf, idPathOf, type Naming } from "./holder.ts";
import { type Home, Homes } from "./homes.ts";
import { itemsOf } from "./list-shape.ts";
import { canonical, itemAction, parametersOf, singleAction } from "./path-actions.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";
import { bodySchemaOf, lastLiteral, successOf } from "./shape.ts";

interface OnCollection {
  readonly onItems: readonly Operation[];
  readonly reading: Operation | undefined;
  readonly listing: Operation | undefined;
  readonly creating: Operation | undefined;
}

/** Names of paths that are asked for a list by a body. */
const SEARCHES = /^(_?search|query|find|filter|list|lookup)$/i;
/** Ends of paths that take several things of the collection before. */
const MANY = /^(.*)\/(?:create\w*|bulk\w*|batch|import|batch\/create|bulk\/create|createbatch)$/i;
const PARAMETER_AT_END = /^(.*)\/\{([^{}/]+)\}$/;

export class Inferences {
  readonly #schemas: Schemas;
  readonly #byPath: ReadonlyMap<string, readonly Operation[]>;
  readonly #itemPaths = new Map<string, string>();
  readonly #inferred = new Map<Operation, Inference>();
  readonly #collections = new Map<string, Collection>();
  readonly #homes: Homes;
  #elsewhere: ReadonlySet<string> | undefined;

  constructor(operations: readonly Operation[], schemas: Schemas) {
    this.#schemas = schemas;
    this.#byPath = Map.groupBy(operations, ({ path }) => canonical(path));
    for (const path of this.#byPath.keys()) {
      const match = PARAMETER_AT_END.exec(path);
      if (match !== null) this.#itemPaths.set(match[1] ?? "", match[2] ?? "");
    }
    this.#homes = new Homes(this.#itemPaths, (template) => this.#shapesOf(template));
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
        return this.#posted(operation, withId);
      case "PUT":
      case "PATCH":
        if (idParameter === undefined) return { ...plain, action: "write-single" };
        if (!this.#namesItem(operation, path)) return { ...plain, action: "act" };
        return { ...withId, action: method === "PUT" ? "replace" : "change", idInBody: true };
      case "DELETE":
        if (idParameter === undefined)
          return { ...plain, action: this.#isStep(path) ? "act" : "remove-single" };
        // A body may say which of them.
        return operation.requestBody === undefined
          ? { ...withId, action: "clear" }
          : { ...plain, action: "act" };
      default:
        return { ...plain, action: "act" };
    }
  }

  /** `DELETE /posts/{id}/like` takes back what `POST` there does: nothing is to be read there. */
  #isStep(path: string): boolean {
    const beside = this.#byPath.get(path) ?? [];
    const reads = beside.some(({ method }) => method === "GET");
    return (
      !reads &&
      parametersOf(path).length > 0 &&
      beside.some(({ method }) => method === "POST" || method === "PUT")
    );
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

  /** What is listed may be kept elsewhere: `GET /pet/findByStatus` shows the items of `/pet`. */
  #listOf(operation: Operation, own: Omit<Inference, "action">): Inference {
    const home = this.#homes.of(operation, this.#itemsOf(operation)) ?? this.#homeBeside(operation);
    return { ...(home === undefined ? own : this.#at(home, operation)), action: "list" };
  }

  /** What is made under the very path that lists it is listed there, in whatever shape. */
  #homeBeside(operation: Operation): Home | undefined {
    const path = canonical(operation.path);
    const making = this.#byPath.get(path)?.find(({ method }) => method === "POST");
    return making && this.#homes.of(making, this.#holderIn(making, { collection: path })?.item);
  }

  /** Makes a thing, searches for some, or does something else. */
  #posted(operation: Operation, own: Omit<Inference, "action">): Inference {
    const path = canonical(operation.path);
    if (SEARCHES.test(lastLiteral(path)) && this.#isList(operation)) {
      const home = this.#homes.of(operation, this.#itemsOf(operation));
      if (home !== undefined) return { ...this.#at(home, operation), action: "list" };
    }
    if (own.idParameter === undefined) {
      const home = this.#homes.of(operation, this.#holderIn(operation, { collection: path })?.item);
      if (home !== undefined && this.#createsAt(home, operation))
        return { ...this.#at(home, operation), action: "create" };
      const many = this.#manyAt(operation);
      if (many !== undefined) return { ...this.#at(many, operation), action: "create" };
    }
    return { ...own, action: this.#creates(operation) ? "create" : "act" };
  }

  /** The collection that several things are added to at once: `POST /users/createWithList` beside `/users`. */
  #manyAt(operation: Operation): Home | undefined {
    const path = canonical(operation.path);
    const template = MANY.exec(path)?.[1] ?? "";
    const idParameter = this.#itemPaths.get(template);
    const body = bodySchemaOf(operation, this.#schemas);
    if (idParameter === undefined || body === undefined) return undefined;
    const [only, second] = [body, ...this.#schemas.properties(body).values()].filter((node) =>
      this.#schemas.types(node).has("array"),
    );
    return only !== undefined && second === undefined ? { template, idParameter } : undefined;
  }

  #at({ template, idParameter }: Home, operation: Operation): Omit<Inference, "action"> {
    const within = canonical(operation.path);
    return { collection: template, idParameter, parentParameters: parametersOf(template), within };
  }

  /** Behind a thing of the same kind stands a step on it, `POST /tasks/{id}/copy`, where nothing lists what is made there. */
  #createsAt({ template }: Home, operation: Operation): boolean {
    const path = canonical(operation.path);
    const beside = this.#byPath.get(path) ?? [];
    if (beside.some((one) => one.method === "GET" && this.#isList(one))) return true;
    if (path.startsWith(`${template}/`)) return false;
    return (
      lastLiteral(path) === lastLiteral(template) ||
      operation.responses.some(({ status }) => status === "201")
    );
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
    const { onItems, reading, listing, creating } = this.#operationsOn(template);
    const shownBy = [reading, listing, creating].filter((operation) => operation !== undefined);
    const shapes = this.#shapesOf(template);
    const item = this.#telling(shapes, { collection: template, idParameter });
    const itemPath = onItems[0]?.path;
    return {
      template,
      parameters: parametersOf(template),
      creatable: creating !== undefined || this.#madeElsewhere().has(template),
      listed: listing !== undefined,
      shownBy,
      ...(item === undefined ? {} : { item }),
      ...(idParameter === undefined ? {} : { idParameter }),
      ...(itemPath === undefined ? {} : { itemPath }),
      idSchemas: this.#idSchemas(onItems, idParameter),
    };
  }

  /** The collections whose things are made under other paths. */
  #madeElsewhere(): ReadonlySet<string> {
    this.#elsewhere ??= new Set(
      [...this.#byPath.values()].flat().flatMap((operation) => {
        if (operation.method !== "POST") return [];
        const { action, within, collection } = this.of(operation);
        return action === "create" && within !== undefined ? [collection] : [];
      }),
    );
    return this.#elsewhere;
  }

  #operationsOn(template: string): OnCollection {
    const onItems = this.#byPath.get(`${template}/{${this.#itemPaths.get(template) ?? ""}}`) ?? [];
    const onAll = this.#byPath.get(template) ?? [];
    return {
      onItems,
      reading: onItems.find(({ method }) => method === "GET"),
      listing: onAll.find((operation) => operation.method === "GET" && this.#isList(operation)),
      creating: onAll.find((operation) => operation.method === "POST"),
    };
  }

  /** What an item looks like to whoever reads it, lists it, and makes it. */
  #shapesOf(template: string): readonly SchemaNode[] {
    const { reading, listing, creating } = this.#operationsOn(template);
    const naming = { collection: template, idParameter: this.#itemPaths.get(template) };
    const held = (operation: Operation | undefined): SchemaNode | undefined =>
      operation && this.#holderIn(operation, naming)?.item;
    const shapes = [held(reading), listing && this.#itemsOf(listing), held(creating)];
    return shapes.filter((shape) => shape !== undefined);
  }

  /** Of the shapes that operations show an item in, the first with an id; one may be a picture of it. */
  #telling(known: readonly SchemaNode[], naming: Naming): SchemaNode | undefined {
    const schemas = this.#schemas;
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
