import type { RequestParts } from "../../specs/engine/catalog/exchange/bind.ts";
import type { DecisionContext } from "../capabilities/capability.ts";
import type { StoredRecord } from "../store/store.ts";
import type { Collection } from "./collection.ts";
import type { IdPath } from "./holder.ts";
import { ItemNames, type PropertyPath } from "./item-names.ts";
import { ItemStore, type StoredItem } from "./items.ts";
import { listOf, textsOf, valueAt } from "./list-filters.ts";
import type { Schemas } from "./schemas.ts";
import { objectIn, plain } from "./shape.ts";

/**
 * Things that a path leads to by what they say of themselves, and that are made and kept under other paths: what
 * `POST /user/repos` makes is read under `/repos/{owner}/{repo}`.
 */
export interface MadeElsewhere {
  /** Templates of the collections that keep them. */
  readonly templates: readonly string[];
  /** The parameters of the path, each with the properties that may say it. */
  readonly told: readonly { readonly parameter: string; readonly paths: readonly PropertyPath[] }[];
}

/** What a path may call a thing by, beside its id. */
const CALLED = ["name", "slug", "key", "code", "login", "username"];

/**
 * @param makers templates of the collections where things of this kind are made
 * @returns undefined where nothing else makes them, or none of their properties says a parameter of the path
 */
export function madeElsewhere(
  { parameters, idParameter, item }: Collection,
  idPath: IdPath | undefined,
  makers: readonly string[],
  schemas: Schemas,
): MadeElsewhere | undefined {
  if (makers.length === 0 || idParameter === undefined || item === undefined) return undefined;
  const names = new ItemNames(item, schemas);
  const found = (...keys: readonly string[]): PropertyPath[] =>
    keys.map((key) => names.find(key)).filter((path) => path !== undefined);
  const told = [
    ...parameters.map((parameter) => ({ parameter, paths: found(plain(parameter)) })),
    { parameter: idParameter, paths: [...(idPath === undefined ? [] : [idPath]), ...found(...CALLED)] },
  ];
  return told.every(({ paths }) => paths.length > 0) ? { templates: makers, told } : undefined;
}

/** The thing that says of itself what the path says, as it is stored. */
export async function findElsewhere(
  { templates, told }: MadeElsewhere,
  { path }: RequestParts,
  context: DecisionContext,
): Promise<StoredRecord<StoredItem> | undefined> {
  const isMeant = (record: StoredRecord<StoredItem>): boolean => {
    const item = objectIn(record.value.item);
    // Where it was made may say whose it is: `POST /orgs/{org}/repos`.
    const above = ItemStore.parentsOf(record);
    return told.every(({ parameter, paths }) => {
      const texts = paths.flatMap((at) => listOf(valueAt(item, at)).flatMap(textsOf));
      return [...texts, ...above].includes(String(path[parameter]));
    });
  };
  for (const template of templates) {
    for await (const page of new ItemStore(template, [], context).everywhere()) {
      const found = page.find(isMeant);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
