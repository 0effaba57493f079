import type { RequestParts } from "../../specs/engine/catalog/exchange/bind.ts";
import type { ItemNames, PropertyPath } from "./item-names.ts";
import type { StoredItem } from "./items.ts";
import { listOf, textsOf, valueAt } from "./list-filters.ts";
import { parametersOf } from "./path-actions.ts";
import { lastLiteral, objectIn, plain, singularOf } from "./shape.ts";

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

/** `/users/findByEmail/{value}`. */
const LOOKED_UP = /^(?:find|get|search|lookup)?by(.+)$/;

/** The property of a thing that says which one it belongs to: `listId` below `/lists/{listId}` and below `/lists/{id}`. */
export function referenceTo(template: string, parameter: string, names: ItemNames): PropertyPath | undefined {
  const before = template.slice(0, template.indexOf(`{${parameter}}`));
  const owner = plain(singularOf(lastLiteral(before)));
  const key = plain(parameter);
  const [, looked = ""] = LOOKED_UP.exec(plain(lastLiteral(before))) ?? [];
  const known = [
    ...(/^(id|uuid|gid|sid|uid|key|name|slug|code)$/.test(key) ? [] : [key]),
    looked,
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
