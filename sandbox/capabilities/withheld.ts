import { documentsOf } from "../../specs/engine/catalog/lookup.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { oncePer } from "../../specs/engine/once-per.ts";
import type { Json, JsonObject } from "../store/store.ts";
import { roleSeesAll } from "./access.ts";
import type { Caller } from "./capability.ts";
import { isObject, listAt, objectAt, objectsIn } from "./define.ts";

/** What agreements withhold by their data rights: resource (`deliveries`) → the canonical names of fields. */
type Withheld = ReadonlyMap<string, ReadonlySet<string>>;

interface Right {
  readonly role: string;
  readonly resources: readonly string[];
  readonly fields: readonly string[];
}

/** What one role may not have, or what some role may not. */
interface Sieves {
  /** For the answers of a capability (`deliveries.get`). */
  ofAnswers(capability: string): Sieve;
  /** For the data of an event (`delivery.rated`). */
  ofEvent(event: string): Sieve;
}

const ANYBODY = "";

function rightsOf(catalog: Catalog): Right[] {
  return documentsOf(catalog, "agreement")
    .flatMap(({ content }) => objectsIn(objectAt(content as JsonObject, "terms")["dataRights"]))
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

/** Of each role, and of all of them together under the empty name. Every answer asks for it. */
const sievesByRole = oncePer((catalog: Catalog): ReadonlyMap<string, Sieves | undefined> => {
  const rights = rightsOf(catalog).filter((right) => !roleSeesAll(right.role));
  const byRole = Object.entries(Object.groupBy(rights, (right) => right.role));
  return new Map([
    [ANYBODY, sievesOf(gather(rights))],
    ...byRole.map(([name, own]) => [name, sievesOf(gather(own ?? []))] as const),
  ]);
});

/** Undefined where nothing is withheld. */
const sievesFor = (catalog: Catalog, role: string): Sieves | undefined => sievesByRole(catalog).get(role);

function sievesOf(withheld: Withheld): Sieves | undefined {
  if (withheld.size === 0) return undefined;
  return {
    ofAnswers: remembered(
      (capability) => new Sieve(fieldsOf(withheld, capability.split(".")[0] ?? "") ?? none, withheld),
    ),
    ofEvent: remembered((event) => {
      const own = fieldsOf(withheld, event.split(".")[0] ?? "") ?? none;
      return new Sieve(new Set([...own, ...(withheld.get("events") ?? none)]), withheld);
    }),
  };
}

/** Of the few names that capabilities and events have. */
function remembered(make: (name: string) => Sieve): (name: string) => Sieve {
  const made = new Map<string, Sieve>();
  return (name) => {
    let sieve = made.get(name);
    if (sieve === undefined) {
      sieve = make(name);
      made.set(name, sieve);
    }
    return sieve;
  };
}

const none: ReadonlySet<string> = new Set();
const VOWEL_BEFORE_Y = /[aeiou]y$/;

/** What is withheld of a resource, by whatever form of its name; some, as `feedback`, have no plural. */
const fieldsOf = (withheld: Withheld, name: string): ReadonlySet<string> | undefined =>
  withheld.get(name) ?? withheld.get(resourceNamed(name));

/** `workOrder`, `workOrders` and `work-order` are about `work-orders`. */
function resourceNamed(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (words.endsWith("s")) return words;
  return words.endsWith("y") && !VOWEL_BEFORE_Y.test(words) ? `${words.slice(0, -1)}ies` : `${words}s`;
}

/** Names of members that a sieve remembers: enough for those of every schema, whatever else measures are called. */
const REMEMBERED = 2_000;

/**
 * Lets an answer through without what is withheld. Below a member that is about another resource (`workOrder`) that one's
 * fields are withheld as well. What becomes of a member of a name is found out once.
 */
class Sieve {
  readonly #fields: ReadonlySet<string>;
  readonly #withheld: Withheld;
  readonly #members = new Map<string, Sieve | undefined>();

  constructor(fields: ReadonlySet<string>, withheld: Withheld) {
    this.#fields = fields;
    this.#withheld = withheld;
  }

  /** The very same value where nothing of it is withheld, as of nearly every one. */
  through(value: Json): Json {
    return this.#stopsIn(value) ? this.#without(value) : value;
  }

  #stopsIn(value: Json | undefined): boolean {
    if (typeof value !== "object" || value === null) return false;
    if (Array.isArray(value)) return value.some((item) => this.#stopsIn(item));
    const members = value as JsonObject;
    for (const field of this.#fields) if (Object.hasOwn(members, field)) return true;
    for (const name in members) {
      const inner = members[name];
      // The member itself isn't withheld: that was asked first.
      if (typeof inner === "object" && (this.#below(name) ?? this).#stopsIn(inner)) return true;
    }
    return false;
  }

  #without(value: Json): Json {
    if (Array.isArray(value)) return value.map((item) => this.#without(item));
    if (!isObject(value)) return value;
    const kept = Object.entries(value).flatMap(([name, inner]) => {
      const sieve = this.#below(name);
      return sieve === undefined ? [] : [[name, sieve.#without(inner)] as const];
    });
    return Object.fromEntries(kept);
  }

  /** For what a member of this name holds; undefined where the member itself is withheld. */
  #below(name: string): Sieve | undefined {
    const known = this.#members.get(name);
    if (known !== undefined || this.#members.has(name)) return known;
    const sieve = this.#fields.has(name) ? undefined : this.#with(fieldsOf(this.#withheld, name));
    if (this.#members.size < REMEMBERED) this.#members.set(name, sieve);
    return sieve;
  }

  #with(more: ReadonlySet<string> | undefined): Sieve {
    if (more === undefined) return this;
    const fields = new Set([...this.#fields, ...more]);
    return fields.size === this.#fields.size ? this : new Sieve(fields, this.#withheld);
  }
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
  const sieves = sievesFor(catalog, caller.role);
  return sieves === undefined ? value : (sieves.ofAnswers(capability).through(value) as JsonObject);
}

/**
 * The data of an event (`delivery.rated`). Everybody in its audience gets the same, so it holds nothing that is withheld
 * from anybody.
 */
export function withholdFromEvent(event: string, data: JsonObject, catalog: Catalog): JsonObject {
  const sieves = sievesFor(catalog, ANYBODY);
  return sieves === undefined ? data : (sieves.ofEvent(event).through(data) as JsonObject);
}
