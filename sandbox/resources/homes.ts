import type { RequestParts } from "../../specs/engine/catalog/bind.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import type { ItemNames, PropertyPath } from "./item-names.ts";
import type { StoredItem } from "./items.ts";
import { listOf, textsOf, valueAt } from "./list-filters.ts";
import { canonical, parametersOf } from "./path-actions.ts";
import type { SchemaNode } from "./schemas.ts";
import { lastLiteral, objectIn, plain, singularOf } from "./shape.ts";

/** A collection whose things have paths of their own. */
export interface Home {
  readonly template: string;
  readonly idParameter: string;
}

/**
 * Where things are kept that a path makes or lists without leading to each of them: what `POST /users/{userId}/lists` makes
 * is read under `/lists/{id}`. Told by the schema that both show, where only one collection shows it.
 */
export class Homes {
  readonly #itemPaths: ReadonlyMap<string, string>;
  readonly #shown: (template: string) => readonly SchemaNode[];
  #byShape: ReadonlyMap<string, readonly Home[]> | undefined;

  /** @param shown what operations on a collection and on its items show of these */
  constructor(itemPaths: ReadonlyMap<string, string>, shown: (template: string) => readonly SchemaNode[]) {
    this.#itemPaths = itemPaths;
    this.#shown = shown;
  }

  of(operation: Operation, item: SchemaNode | undefined): Home | undefined {
    const path = canonical(operation.path);
    if (item === undefined || this.#itemPaths.has(path)) return undefined;
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
    for (const [template, idParameter] of this.#itemPaths) {
      for (const shape of new Set(this.#shown(template).map(shapeOf))) {
        const homes = byShape.get(shape);
        if (homes === undefined) byShape.set(shape, [{ template, idParameter }]);
        else homes.push({ template, idParameter });
      }
    }
    return byShape;
  }
}

const shapeOf = ({ ref }: SchemaNode): string => `${ref.document}#${ref.pointer}`;

/** A path beside the home of its things: which of them it is about. */
export interface Within {
  readonly template: string;
  /** Its own parameters, each with the property by which a thing says that it belongs there. */
  readonly owners: readonly { readonly parameter: string; readonly path: PropertyPath | undefined }[];
}

export function withinOf(template: string, home: string, names: ItemNames): Within {
  const homes = new Set(parametersOf(home));
  const own = parametersOf(template).filter((name) => !homes.has(name));
  return {
    template,
    owners: own.map((parameter) => ({ parameter, path: referenceTo(template, parameter, names) })),
  };
}

/** The property of a thing that says which one it belongs to: `listId` below `/lists/{listId}` and below `/lists/{id}`. */
export function referenceTo(template: string, parameter: string, names: ItemNames): PropertyPath | undefined {
  const before = template.slice(0, template.indexOf(`{${parameter}}`));
  const owner = plain(singularOf(lastLiteral(before)));
  const key = plain(parameter);
  const known = [
    ...(/^(id|uuid|gid|sid|uid|key|name|slug|code)$/.test(key) ? [] : [key]),
    `${owner}id`,
    owner,
  ];
  return known.map((name) => names.find(name)).find((path) => path !== undefined);
}

/** What a thing carries that was made there. */
export const markOf = ({ template, owners }: Within, { path }: RequestParts): string =>
  JSON.stringify([template, ...owners.map(({ parameter }) => String(path[parameter]))]);

/** Whether a thing was made there, or says by its properties that it belongs there. */
export function isWithin(within: Within, parts: RequestParts, stored: StoredItem): boolean {
  if (stored.within === markOf(within, parts)) return true;
  const item = objectIn(stored.item);
  return within.owners.every(({ parameter, path }) => {
    if (path === undefined) return false;
    const texts = listOf(valueAt(item, path)).flatMap(textsOf);
    return texts.includes(String(parts.path[parameter]));
  });
}
