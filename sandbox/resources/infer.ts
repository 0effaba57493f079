import { isJsonType } from "../../specs/engine/catalog/exchange/media-type.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import type { Call } from "./calls.ts";
import type { Collection, Inference, Parent } from "./collection.ts";
import { holderOf, idPathOf, type Naming } from "./holder.ts";
import { type Home, Homes, shapeOf } from "./homes.ts";
import { itemPath, KnownPaths } from "./known-paths.ts";
import { canonical, itemAction, parametersOf, singleAction } from "./path-actions.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";
import { bodySchemaOf, successOf } from "./shape.ts";

export class Inferences {
  readonly #schemas: Schemas;
  readonly #paths: KnownPaths;
  readonly #homes: Homes;
  readonly #inferred = new Map<Operation, Inference>();
  readonly #collections = new Map<string, Collection>();
  readonly #makers = new Map<string, readonly string[]>();
  #elsewhere: ReadonlySet<string> | undefined;

  constructor(operations: readonly Operation[], schemas: Schemas) {
    this.#schemas = schemas;
    this.#paths = new KnownPaths(operations, schemas);
    this.#homes = new Homes(this.#paths);
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

  /** The things that the path of an operation goes through, the outermost first. */
  parentsOf(operation: Operation): Parent[] {
    const call = this.#paths.callOf(operation);
    if (call?.action === "act" && call.names !== undefined) {
      const collection = this.collection(call.template);
      return [{ collection, parameter: call.names.name, named: call.names }];
    }
    const path = canonical(operation.path);
    const ends = [...path.matchAll(/\/\{([^{}/]+)\}(?=\/)/g)];
    return ends.flatMap(({ 1: parameter = "", index }) => {
      const template = path.slice(0, index);
      const isItem = this.#paths.idParameters.get(template) === parameter;
      return isItem ? [{ collection: this.collection(template), parameter }] : [];
    });
  }

  /**
   * Collections that make what a path leads to and nothing makes or lists there: `/user/repos` for `/repos/{owner}`. Which
   * things there are is then known of those alone that were made.
   */
  makersOf(template: string): readonly string[] {
    let makers = this.#makers.get(template);
    if (makers === undefined) {
      makers = this.#findMakers(template);
      this.#makers.set(template, makers);
    }
    return makers;
  }

  #findMakers(template: string): readonly string[] {
    const { creating, listing } = this.#paths.on(template);
    if (creating !== undefined || listing !== undefined) return [];
    const shapes = new Set(this.#paths.shapesOf(template).map(shapeOf));
    const makers = this.#paths.all().flatMap((operation) => {
      if (operation.method !== "POST") return [];
      const { action, collection } = this.of(operation);
      if (action !== "create" || collection === template) return [];
      const made = this.#paths.holderIn(operation, { collection })?.item;
      return made !== undefined && shapes.has(shapeOf(made)) ? [collection] : [];
    });
    return [...new Set(makers)];
  }

  #infer(operation: Operation): Inference {
    const call = this.#paths.callOf(operation);
    if (call !== undefined) return inferredFrom(call);
    const path = canonical(operation.path);
    const item = itemPath(path);
    return item === undefined || this.#isCollection(operation, path)
      ? this.#onCollection(operation, path)
      : this.#onItem(operation, path, item);
  }

  /** What is done at a path that ends in a parameter: to one thing, or to those that a look-up finds. */
  #onItem(
    operation: Operation,
    path: string,
    { template: collection, parameter: idParameter }: NonNullable<ReturnType<typeof itemPath>>,
  ): Inference {
    const { method } = operation;
    if (this.#isOpaque(path, collection))
      return { action: singleAction(method), collection: path, parentParameters: parametersOf(path) };
    const home = this.#homes.ofLookedUp(path);
    if (home !== undefined && this.collection(home.template).creatable)
      return { ...atHome(home, operation), action: this.#paths.isList(operation) ? "list" : "look-up" };
    return {
      action: this.#makes(operation, collection) ? "replace" : itemAction(method),
      collection,
      idParameter,
      parentParameters: parametersOf(collection),
    };
  }

  /** `POST /repositories/{owner}/{name}` makes the thing itself where nothing else of its collection does. */
  #makes({ method, responses }: Operation, collection: string): boolean {
    const { creating } = this.#paths.on(collection);
    return method === "POST" && creating === undefined && responses.some(({ status }) => status === "201");
  }

  #onCollection(operation: Operation, path: string): Inference {
    const { method } = operation;
    const plain = { collection: path, parentParameters: parametersOf(path) };
    const idParameter = this.#paths.idParameters.get(path);
    const withId = idParameter === undefined ? plain : { ...plain, idParameter };
    switch (method) {
      case "GET":
      case "HEAD":
      case "QUERY":
        return this.#paths.isList(operation)
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
    const beside = this.#paths.at(path);
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
    if (!this.#paths.idParameters.has(path)) return false;
    const reading = this.#paths.at(path).find(({ method }) => method === "GET");
    if (reading !== undefined) return this.#paths.isList(reading);
    return operation.method === "POST";
  }

  /** Whether what a path leads to is a text or a file: nothing lists or creates such things, and they have no parts. */
  #isOpaque(path: string, collection: string): boolean {
    const reading = this.#paths.at(path).find(({ method }) => method === "GET");
    if (reading === undefined) return false;
    const beside = this.#paths.at(collection);
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
    const naming = { collection: path, idParameter: this.#paths.idParameters.get(path) };
    const { list, item } = holderOf(body, naming, this.#schemas);
    return !list && idPathOf(item, naming, this.#schemas) !== undefined;
  }

  /** What is listed may be kept elsewhere: `GET /pet/findByStatus` shows the items of `/pet`. */
  #listOf(operation: Operation, own: Omit<Inference, "action">): Inference {
    const home = this.#homes.ofListed(operation);
    return { ...(home === undefined ? own : atHome(home, operation)), action: "list" };
  }

  /** Makes a thing, searches for some, or does something else. */
  #posted(operation: Operation, own: Omit<Inference, "action">): Inference {
    const searched = this.#homes.ofSearched(operation);
    if (searched !== undefined) return { ...atHome(searched, operation), action: "list" };
    const home = own.idParameter === undefined ? this.#homes.ofMade(operation) : undefined;
    if (home !== undefined) return { ...atHome(home, operation), action: "create" };
    return { ...own, action: this.#creates(operation) ? "create" : "act" };
  }

  #creates(operation: Operation): boolean {
    const path = canonical(operation.path);
    if (this.#paths.idParameters.has(path)) return true;
    const siblings = this.#paths.at(path);
    if (siblings.some((sibling) => sibling.method === "GET" && this.#paths.isList(sibling))) return true;
    return (
      operation.responses.some(({ status }) => status === "201") && parametersOf(operation.path).length === 0
    );
  }

  #describe(template: string): Collection {
    const parameter = this.#paths.idParameters.get(template);
    const idParameter = this.#paths.idName(template);
    const { onItems, reading, listing, creating } = this.#paths.on(template);
    const shownBy = [reading, listing, creating].filter((operation) => operation !== undefined);
    const shapes = this.#paths.shapesOf(template);
    const item = this.#telling(shapes, { collection: template, idParameter });
    const path = parameter === undefined ? undefined : onItems[0]?.path;
    return {
      template,
      parameters: parametersOf(template),
      creatable: creating !== undefined || this.#madeElsewhere().has(template),
      listed: listing !== undefined,
      read: reading !== undefined,
      shownBy,
      ...(item === undefined ? {} : { item }),
      ...(idParameter === undefined ? {} : { idParameter }),
      ...(path === undefined ? {} : { itemPath: path }),
      idSchemas: this.#idSchemas(onItems, idParameter),
    };
  }

  /** The collections whose things are made under other paths. */
  #madeElsewhere(): ReadonlySet<string> {
    this.#elsewhere ??= new Set(
      this.#paths.all().flatMap((operation) => {
        if (operation.method !== "POST") return [];
        const { action, within, collection } = this.of(operation);
        return action === "create" && within !== undefined ? [collection] : [];
      }),
    );
    return this.#elsewhere;
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

  #idSchemas(operations: readonly Operation[], idParameter: string | undefined): SchemaNode[] {
    const declared = operations.flatMap(({ parameters }) =>
      parameters.filter(({ in: place, name }) => place === "path" && name === idParameter),
    );
    const nodes = declared.flatMap(({ schema }) => (schema === undefined ? [] : [this.#schemas.at(schema)]));
    return [...new Set(nodes)];
  }
}

function inferredFrom({ action, template, verb, names }: Call): Inference {
  const inference = { action, collection: template, parentParameters: parametersOf(template), verb };
  return names === undefined ? inference : { ...inference, named: names };
}

/** About the things of a home, at the path that was asked. */
function atHome({ template, idParameter }: Home, operation: Operation): Omit<Inference, "action"> {
  const within = canonical(operation.path);
  return { collection: template, idParameter, parentParameters: parametersOf(template), within };
}
