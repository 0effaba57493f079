import type { SchemaNode, Schemas } from "./schemas.ts";
import { plain, singularOf } from "./shape.ts";

/** Names that lead to a property of an item: two where it stands inside another. */
export type PropertyPath = readonly [string, ...string[]];

/** Properties that hold what an item says of itself, as some formats have it. */
const INSIDES = /^(attributes|properties|fields|metadata|data|spec|details|profile)$/;
const TIME_ENDS = /(at|on|date|time|timestamp)$/;
const TIME_STARTS = /^(date|time)(?=created|updated|modified|changed)/;

/** The properties of an item by the names that a query may have for them. */
export class ItemNames {
  readonly #exact = new Map<string, PropertyPath>();
  readonly #alike = new Map<string, PropertyPath>();
  readonly #flags = new Set<string>();

  constructor(item: SchemaNode | undefined, schemas: Schemas) {
    if (item === undefined) return;
    const own = schemas.possible(item);
    for (const [name, node] of own) if (schemas.types(node).has("boolean")) this.#flags.add(name);
    for (const name of own.keys()) add(this.#exact, plain(name), [name]);
    for (const [name, node] of own) {
      if (!INSIDES.test(plain(name))) continue;
      for (const inner of schemas.possible(node).keys()) add(this.#exact, plain(inner), [name, inner]);
    }
    for (const [key, path] of this.#exact) {
      for (const other of othersOf(key)) if (!this.#exact.has(other)) add(this.#alike, other, path);
    }
  }

  /** Whether a property has this very name, however it is spelt. */
  has(key: string): boolean {
    return this.#exact.has(key);
  }

  /** Whether a property is true or false, and nothing else can be asked of it. */
  isFlag([name, inner]: PropertyPath): boolean {
    return inner === undefined && this.#flags.has(name);
  }

  /** @param key a plain name: `createdat` */
  find(key: string): PropertyPath | undefined {
    const one = plain(singularOf(key));
    return this.#exact.get(key) ?? this.#alike.get(key) ?? this.#exact.get(one) ?? this.#alike.get(one);
  }
}

function add(names: Map<string, PropertyPath>, key: string, path: PropertyPath): void {
  if (key !== "" && !names.has(key)) names.set(key, path);
}

/**
 * What else a property may be called: `customer` for `customerId` and the other way round, `created` for `dateCreated`,
 * `tag` for `tags` and `tagList`.
 */
function othersOf(key: string): string[] {
  const time = key.replace(TIME_STARTS, "").replace(TIME_ENDS, "");
  const others = key.endsWith("id") ? [key.slice(0, -2)] : [`${key}id`];
  others.push(plain(singularOf(key)), plain(singularOf(key.replace(/(list|ids|names)$/, ""))));
  if (time !== key) others.push(time, `${time}at`, `${time}date`, `${time}time`);
  return others.filter((other) => other.length > 1);
}
