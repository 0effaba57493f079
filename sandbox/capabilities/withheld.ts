import { documentsOf } from "../../specs/engine/catalog/lookup.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { Json, JsonObject } from "../store/store.ts";
import { roleSeesAll } from "./access.ts";
import type { Caller } from "./capability.ts";
import { isObject, listAt, objectAt } from "./define.ts";

/** What agreements withhold by their data rights: resource (`deliveries`) → the canonical names of fields. */
type Withheld = ReadonlyMap<string, ReadonlySet<string>>;

interface Right {
  readonly role: string;
  readonly resources: readonly string[];
  readonly fields: readonly string[];
}

/** Of each role, and of all of them together under the empty name. */
const known = new WeakMap<Catalog, ReadonlyMap<string, Withheld>>();
const anybody = "";
const nothing: Withheld = new Map();

function rightsOf(catalog: Catalog): Right[] {
  return documentsOf(catalog, "agreement")
    .flatMap(({ content }) => listAt(objectAt(content as JsonObject, "terms"), "dataRights"))
    .filter(isObject)
    .map((right) => ({
      role: String(right["role"]),
      resources: listAt(right, "resources").map(String),
      fields: listAt(right, "withheldFields").map(String),
    }));
}

function gather(rights: readonly Right[]): Withheld {
  const all = new Map<string, Set<string>>();
  for (const { resources, fields } of rights)
    for (const resource of fields.length === 0 ? [] : resources) {
      const own = all.get(resource) ?? new Set();
      for (const field of fields) own.add(field);
      all.set(resource, own);
    }
  return all;
}

/** Read once per catalogue: every answer asks for it. */
function withheldFrom(catalog: Catalog, role: string): Withheld {
  let roles = known.get(catalog);
  if (roles === undefined) {
    const rights = rightsOf(catalog).filter((right) => !roleSeesAll(right.role));
    const byRole = Object.entries(Object.groupBy(rights, (right) => right.role));
    roles = new Map([
      [anybody, gather(rights)],
      ...byRole.map(([name, own]) => [name, gather(own ?? [])] as const),
    ]);
    known.set(catalog, roles);
  }
  return roles.get(role) ?? nothing;
}

const isVowelBefore = /[aeiou]y$/;

/** `workOrder`, `workOrders` and `work-order` are about `work-orders`. */
function resourceNamed(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (words.endsWith("s")) return words;
  return words.endsWith("y") && !isVowelBefore.test(words) ? `${words.slice(0, -1)}ies` : `${words}s`;
}

const none: ReadonlySet<string> = new Set();

/** The value without the fields, and without those that what it holds of other resources has withheld. */
function stripped(value: Json, fields: ReadonlySet<string>, withheld: Withheld): Json {
  if (Array.isArray(value)) return value.map((item) => stripped(item, fields, withheld));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => !fields.has(name));
  return Object.fromEntries(
    kept.map(([name, inner]) => {
      const more = withheld.get(resourceNamed(name));
      return [name, stripped(inner, more === undefined ? fields : new Set([...fields, ...more]), withheld)];
    }),
  );
}

function without(value: JsonObject, resource: string, withheld: Withheld): JsonObject {
  if (withheld.size === 0) return value;
  return stripped(value, withheld.get(resource) ?? none, withheld) as JsonObject;
}

/**
 * The answer of a capability (`deliveries.get`) as its caller may have it: without the fields that the agreements withhold
 * from its role. Fields go by their canonical names, wherever in the answer they stand.
 */
export function withholdFrom(
  caller: Caller | undefined,
  capability: string,
  value: JsonObject,
  catalog: Catalog,
): JsonObject {
  if (caller === undefined || caller.party === catalog.ecosystem.orchestrator) return value;
  return without(value, capability.split(".")[0] ?? "", withheldFrom(catalog, caller.role));
}

/**
 * The data of an event (`delivery.rated`). Everybody in its audience gets the same, so it holds nothing that is withheld
 * from anybody.
 */
export function withholdFromEvent(event: string, data: JsonObject, catalog: Catalog): JsonObject {
  const withheld = withheldFrom(catalog, anybody);
  if (withheld.size === 0) return data;
  const own = withheld.get(resourceNamed(event.split(".")[0] ?? "")) ?? none;
  return stripped(data, new Set([...own, ...(withheld.get("events") ?? none)]), withheld) as JsonObject;
}
