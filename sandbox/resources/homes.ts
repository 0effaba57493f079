import type { Operation } from "../../specs/engine/catalog/types.ts";
import { ItemNames } from "./item-names.ts";
import { itemPath, type KnownPaths } from "./known-paths.ts";
import { isScalar } from "./list-shape.ts";
import { canonical, parametersOf } from "./path-actions.ts";
import type { SchemaNode } from "./schemas.ts";
import { bodySchemaOf, lastLiteral } from "./shape.ts";
import { withinOf } from "./within.ts";

/** A collection whose things have paths of their own. */
export interface Home {
  readonly template: string;
  readonly idParameter: string;
}

const READS = new Set<Operation["method"]>(["GET", "HEAD", "QUERY"]);
/** Names of paths that are asked for a list by a body. */
const SEARCHES = /^(_?search|query|find|filter|list|lookup)$/i;
/** Ends of paths that take several things of the collection before. */
const MANY = /^(.*)\/(?:create\w*|bulk\w*|batch|import|batch\/create|bulk\/create|createbatch)$/i;

/**
 * Where things are kept that a path makes or lists without leading to each of them: what `POST /users/{userId}/lists` makes
 * is read under `/lists/{id}`. Told by the schema that both show, where only one collection shows it.
 */
export class Homes {
  readonly #paths: KnownPaths;
  #byShape: ReadonlyMap<string, readonly Home[]> | undefined;

  constructor(paths: KnownPaths) {
    this.#paths = paths;
  }

  /** What is made under the very path that lists it is listed there, in whatever shape. */
  ofListed(operation: Operation): Home | undefined {
    const making = this.#paths.at(canonical(operation.path)).find(({ method }) => method === "POST");
    return (
      this.#of(operation, this.#paths.itemsOf(operation)) ??
      (making && this.#of(making, this.#madeBy(making)))
    );
  }

  ofSearched(operation: Operation): Home | undefined {
    const isSearch = SEARCHES.test(lastLiteral(canonical(operation.path)));
    return isSearch ? this.#of(operation, this.#paths.itemsOf(operation)) : undefined;
  }

  ofMade(operation: Operation): Home | undefined {
    const home = this.#of(operation, this.#madeBy(operation));
    return home !== undefined && this.#makesFor(home, operation) ? home : this.#ofMany(operation);
  }

  /**
   * The collection that a path looks into by something else than an id: `/users/by-email/{email}` and
   * `/products/category/{category}`, where nothing but reading is done.
   */
  ofLookedUp(path: string): Home | undefined {
    const end = itemPath(path);
    if (end === undefined) return undefined;
    const { template } = end;
    const { onItems } = this.#paths.on(template);
    if (this.#paths.at(template).length > 0 || onItems.some(({ method }) => !READS.has(method)))
      return undefined;
    const home = this.#around(template);
    const item = home && this.#paths.shapesOf(home.template)[0];
    if (home === undefined || item === undefined) return undefined;
    const { owners } = withinOf(path, home.template, new ItemNames(item, this.#paths.schemas));
    return owners.length > 0 && owners.every((owner) => owner.path !== undefined) ? home : undefined;
  }

  /** The nearest collection that a path begins with and that shows the same schema; none where another thing is between. */
  #around(template: string): Home | undefined {
    const shapes = new Set(this.#paths.shapesOf(template).map(shapeOf));
    for (let end = template.lastIndexOf("/"); end > 0; end = template.lastIndexOf("/", end - 1)) {
      const outer = template.slice(0, end);
      if (template.slice(end).includes("{")) return undefined;
      const idParameter = this.#paths.idParameters.get(outer);
      if (idParameter === undefined) continue;
      return this.#paths.shapesOf(outer).some((shape) => shapes.has(shapeOf(shape)))
        ? { template: outer, idParameter }
        : undefined;
    }
    return undefined;
  }

  #madeBy(operation: Operation): SchemaNode | undefined {
    return this.#paths.holderIn(operation, { collection: canonical(operation.path) })?.item;
  }

  /** Behind a thing of the same kind stands a step on it, `POST /tasks/{id}/copy`, where nothing lists what is made there. */
  #makesFor({ template }: Home, operation: Operation): boolean {
    const path = canonical(operation.path);
    if (this.#paths.on(path).listing !== undefined) return true;
    if (path.startsWith(`${template}/`)) return false;
    return (
      lastLiteral(path) === lastLiteral(template) ||
      operation.responses.some(({ status }) => status === "201")
    );
  }

  /** The collection that several things are added to at once: `POST /users/createWithList` beside `/users`. */
  #ofMany(operation: Operation): Home | undefined {
    const { schemas, idParameters } = this.#paths;
    const template = MANY.exec(canonical(operation.path))?.[1] ?? "";
    const idParameter = idParameters.get(template);
    const body = bodySchemaOf(operation, schemas);
    if (idParameter === undefined || body === undefined) return undefined;
    const [only, second] = [body, ...schemas.properties(body).values()].filter((node) =>
      schemas.types(node).has("array"),
    );
    return only !== undefined && second === undefined ? { template, idParameter } : undefined;
  }

  #of(operation: Operation, item: SchemaNode | undefined): Home | undefined {
    const path = canonical(operation.path);
    if (item === undefined || this.#paths.idParameters.has(path)) return undefined;
    // A text looks like any other text.
    if (isScalar(item, this.#paths.schemas)) return undefined;
    this.#byShape ??= this.#index();
    const known = new Set(parametersOf(path));
    const homes = (this.#byShape.get(shapeOf(item)) ?? []).filter(({ template }) =>
      parametersOf(template).every((name) => known.has(name)),
    );
    const above = homes.find(({ template }) => template === path.slice(0, path.lastIndexOf("/")));
    const named = homes.filter(({ template }) => lastLiteral(template) === lastLiteral(path));
    const [only, second] = named.length > 0 ? named : homes;
    return above ?? (second === undefined ? only : undefined);
  }

  #index(): ReadonlyMap<string, readonly Home[]> {
    const byShape = new Map<string, Home[]>();
    for (const [template, idParameter] of this.#paths.idParameters) {
      // What has no name of its own is anything: `/{index}`.
      if (lastLiteral(template) === "") continue;
      // A look-up is no home.
      if (this.ofLookedUp(`${template}/{${idParameter}}`) !== undefined) continue;
      for (const shape of new Set(this.#paths.shapesOf(template).map(shapeOf))) {
        const homes = byShape.get(shape);
        if (homes === undefined) byShape.set(shape, [{ template, idParameter }]);
        else homes.push({ template, idParameter });
      }
    }
    return byShape;
  }
}

export const shapeOf = ({ ref }: SchemaNode): string => `${ref.document}#${ref.pointer}`;
