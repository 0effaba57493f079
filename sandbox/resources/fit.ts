import { boundedPattern } from "../../specs/engine/catalog/patterns/bounded-pattern.ts";
import { isPlainObject, type PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Validators } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import { apart } from "../../specs/engine/certification/generate/apart.ts";
import { type Alternative, alternativesOf } from "./alternatives.ts";
import type { GenerateOptions } from "./generate.ts";
import { namesThing } from "./holder.ts";
import { scalars } from "./scalars.ts";
import { type SchemaNode, type Schemas, typeName } from "./schemas.ts";

/** Beyond it, what is required of each level by the next has no end. */
const MAX_DEPTH = 16;
/** Lists are shown with an item down to here. */
const SHOWN_DEPTH = 3;
const MAX_ITEMS = 100;
/** Values tried for one answer: a schema without an instance must not hold the others up. */
const MAX_TRIES = 4000;
/** Those that fit are no more than this either: lists that must hold lists multiply. */
const MAX_VALUES = 20_000;

/**
 * Makes values that fit, part by part, and keeps of a given value whatever may stay: a part that breaks its own schema is
 * made anew, or left out where nothing asks for it. It costs a check of each part, so it comes after simpler ways.
 */
export class Fitter {
  readonly #schemas: Schemas;
  readonly #validators: Validators;
  readonly #options: GenerateOptions;
  #tries = 0;

  constructor(schemas: Schemas, validators: Validators, options: GenerateOptions) {
    this.#schemas = schemas;
    this.#validators = validators;
    this.#options = options;
  }

  /** The value of a response closest to the one given; undefined where none was found. */
  fit(schema: SchemaNode, given: unknown): unknown {
    return this.#fit([schema], given, 0);
  }

  #fit(nodes: readonly SchemaNode[], given: unknown, depth: number): unknown {
    if (given !== undefined && this.#fits(nodes, given)) return given;
    if (depth > MAX_DEPTH || this.#tries > MAX_VALUES) return undefined;
    const alternatives = [...alternativesOf(nodes, this.#schemas)];
    const near = new Map(alternatives.map((one) => [one, this.#contradictions(one, given)]));
    alternatives.sort((one, other) => (near.get(one) ?? 0) - (near.get(other) ?? 0));
    for (const alternative of alternatives) {
      for (const value of this.#values(alternative, given, depth)) {
        if (value !== undefined && this.#fits(nodes, value)) return value;
        if (this.#tries > MAX_TRIES) return undefined;
      }
    }
    return undefined;
  }

  #fits(nodes: readonly SchemaNode[], value: unknown): boolean {
    this.#tries += 1;
    return nodes.every(({ ref }) => this.#validators.get(ref, "response")(value).length === 0);
  }

  /** How many properties of a given object say that another alternative is meant. */
  #contradictions({ parts, told }: Alternative, given: unknown): number {
    if (!isPlainObject(given)) return 0;
    let found = 0;
    for (const [name, nodes] of this.#properties(parts)) {
      if (!Object.hasOwn(given, name)) continue;
      const value = given[name];
      const excluded = nodes.some(({ schema }) => {
        if ("const" in schema) return schema["const"] !== value;
        return Array.isArray(schema["enum"]) && !schema["enum"].includes(value);
      });
      if (excluded || (told.has(name) && told.get(name) !== value)) found += 1;
    }
    return found;
  }

  *#values(alternative: Alternative, given: unknown, depth: number): Generator<unknown> {
    const { parts } = alternative;
    const types = typesOf(parts, this.#schemas);
    const wanted = typeName(given);
    const ordered = [...types].sort((one, other) => rank(one, wanted) - rank(other, wanted));
    for (const type of ordered) {
      if (type === "object") yield* this.#objects(alternative, this.#thingIn(parts, given), depth);
      else if (type === "array") yield* this.#arrays(parts, listFrom(given), depth);
      else yield* scalars(type, parts, given, this.#options);
    }
  }

  /** An object as it came, or the thing that a text or a number names. */
  #thingIn(parts: readonly SchemaNode[], given: unknown): PlainObject {
    if (isPlainObject(given)) return given;
    const names = typeof given === "string" || typeof given === "number";
    const id = names ? this.#properties(parts).keys().find(namesThing) : undefined;
    return id === undefined ? {} : { [id]: given };
  }

  /** With what is asked for; then with more, since an alternative may be known only by what it leaves open. */
  *#objects(alternative: Alternative, given: PlainObject, depth: number): Generator<unknown> {
    yield this.#object(alternative, given, depth);
    const { parts } = alternative;
    if (parts.length === 1 || depth > SHOWN_DEPTH) return;
    const properties = this.#properties(parts);
    const telling = [...properties].filter(([, nodes]) => isChosen(nodes)).map(([name]) => name);
    if (telling.length > 0) yield this.#object(alternative, given, depth, new Set(telling));
    const whole = this.#object(alternative, given, depth, new Set(properties.keys()));
    yield whole;
    if (isPlainObject(whole)) yield this.#apart(alternative, whole);
  }

  /** The same for alternatives that leave open what the others describe. */
  #apart({ parts, others }: Alternative, whole: PlainObject): unknown {
    const own = this.#properties(parts);
    const unmeant = others.map((other) => ({
      accepts: (value: unknown) => this.#fits([other], value),
      names: this.#schemas.possible(other).keys(),
    }));
    return apart(whole, unmeant, (name) => !own.has(name) && this.#others(parts, name)?.length === 0);
  }

  #object(
    { parts, told }: Alternative,
    given: PlainObject,
    depth: number,
    also: ReadonlySet<string> = NO_NAMES,
  ): unknown {
    const properties = this.#properties(parts);
    const required = requiredOf(parts);
    const made: Record<string, unknown> = {};
    const add = (name: string, nodes: readonly SchemaNode[]): boolean => {
      if (nodes.some(({ schema }) => schema["writeOnly"] === true)) return true;
      const own = isChosen(nodes) ? undefined : told.get(name);
      const value = this.#fit(nodes, Object.hasOwn(given, name) ? given[name] : own, depth + 1);
      if (value !== undefined) made[name] = value;
      return value !== undefined || !required.has(name);
    };
    for (const [name, nodes] of properties) {
      const asked = required.has(name) || told.has(name) || Object.hasOwn(given, name);
      const wanted = asked || also.has(name);
      if (wanted && !add(name, nodes)) return undefined;
    }
    const others = [...Object.keys(given), ...required].filter((name) => !properties.has(name));
    for (const name of new Set(others)) {
      const nodes = this.#others(parts, name);
      if (nodes === undefined) continue;
      if (!add(name, nodes)) return undefined;
    }
    this.#fillUp(made, parts, add);
    return made;
  }

  /** Further properties up to the least number, and those that others ask for. */
  #fillUp(
    made: Record<string, unknown>,
    parts: readonly SchemaNode[],
    add: (name: string, nodes: readonly SchemaNode[]) => boolean,
  ): void {
    const properties = this.#properties(parts);
    for (const { schema } of parts) {
      const dependent = schema["dependentRequired"];
      for (const [name, asked] of isPlainObject(dependent) ? Object.entries(dependent) : []) {
        if (!(name in made) || !Array.isArray(asked)) continue;
        for (const other of asked.map(String)) if (!(other in made)) add(other, properties.get(other) ?? []);
      }
    }
    const least = greatest(parts, "minProperties") ?? 0;
    for (const [name, nodes] of properties) {
      if (Object.keys(made).length >= least) return;
      if (!(name in made)) add(name, nodes);
    }
    for (let number = 1; Object.keys(made).length < least && number <= MAX_ITEMS; number++) {
      const name = `key${number}`;
      add(name, this.#others(parts, name) ?? []);
    }
  }

  *#arrays(
    parts: readonly SchemaNode[],
    given: readonly unknown[] | undefined,
    depth: number,
  ): Generator<unknown> {
    const least = greatest(parts, "minItems") ?? 0;
    const most = Math.min(smallest(parts, "maxItems") ?? MAX_ITEMS, Math.max(MAX_ITEMS, given?.length ?? 0));
    const unique = parts.some(({ schema }) => schema["uniqueItems"] === true);
    const items: unknown[] = [];
    const taken = new Set<string>();
    const add = (value: unknown): void => {
      const fitted = this.#fit(this.#items(parts, items.length), value, depth + 1);
      const text = unique ? JSON.stringify(fitted) : "";
      if (fitted === undefined || (unique && taken.has(text))) return;
      taken.add(text);
      items.push(fitted);
    };
    for (const value of (given ?? []).slice(0, most)) add(value);
    const shown = given === undefined && depth < SHOWN_DEPTH ? 1 : 0;
    const wanted = Math.min(Math.max(least, shown, greatest(parts, "minContains") ?? 0), most);
    for (const value of this.#itemCandidates(parts, unique)) {
      if (items.length >= wanted) break;
      add(value);
    }
    yield items;
    const contained = parts.filter(({ schema }) => schema["contains"] !== undefined);
    const first = contained.map((part) => this.#schemas.below(part, "contains"));
    if (first.length > 0) yield [this.#fit(first, undefined, depth + 1), ...items].slice(0, most);
    if (least === 0) yield [];
  }

  /** What to make an item of, as different from each other as the schema of the items can tell. */
  *#itemCandidates(parts: readonly SchemaNode[], unique: boolean): Generator<unknown> {
    const [node] = this.#items(parts, 0);
    const values = node?.schema["enum"];
    if (unique && Array.isArray(values)) yield* values;
    const isText = node !== undefined && this.#schemas.types(node).has("string");
    yield undefined;
    for (let number = 1; number < MAX_ITEMS; number++) {
      // A text or a number of its own for each, where any will do.
      if (!unique) yield undefined;
      else yield isText ? `text ${number}` : number;
    }
  }

  #items(parts: readonly SchemaNode[], index: number): SchemaNode[] {
    return parts.flatMap((part) => {
      const { prefixItems, items } = part.schema;
      if (Array.isArray(prefixItems) && index < prefixItems.length)
        return [this.#schemas.below(part, "prefixItems", index)];
      return items === undefined ? [] : [this.#schemas.below(part, "items")];
    });
  }

  #properties(parts: readonly SchemaNode[]): Map<string, SchemaNode[]> {
    const found = new Map<string, SchemaNode[]>();
    for (const part of parts) {
      const { properties } = part.schema;
      for (const name of isPlainObject(properties) ? Object.keys(properties) : []) {
        const node = this.#schemas.below(part, "properties", name);
        found.set(name, [...(found.get(name) ?? []), node]);
      }
    }
    return found;
  }

  /** The schemas of a property that none of the parts describes by name; undefined where it may not be. */
  #others(parts: readonly SchemaNode[], name: string): SchemaNode[] | undefined {
    const nodes: SchemaNode[] = [];
    for (const part of parts) {
      const { patternProperties, additionalProperties, properties } = part.schema;
      const patterns = isPlainObject(patternProperties) ? Object.keys(patternProperties) : [];
      const matching = patterns.filter((pattern) => boundedPattern(pattern, "u").test(name));
      for (const pattern of matching) nodes.push(this.#schemas.below(part, "patternProperties", pattern));
      if (matching.length > 0 || (isPlainObject(properties) && name in properties)) continue;
      if (additionalProperties === false) return undefined;
      if (isPlainObject(additionalProperties)) nodes.push(this.#schemas.below(part, "additionalProperties"));
    }
    return nodes;
  }
}

/** A list as it came, or the only item of one. */
function listFrom(given: unknown): readonly unknown[] | undefined {
  if (Array.isArray(given)) return given;
  return typeof given === "string" || typeof given === "number" ? [given] : undefined;
}

const NO_NAMES: ReadonlySet<string> = new Set();

const isChosen = (nodes: readonly SchemaNode[]): boolean =>
  nodes.some(({ schema }) => "const" in schema || "enum" in schema);

const ALL_TYPES = ["object", "string", "integer", "number", "boolean", "array", "null"];

/** The types that all parts allow; an object or a text first where none says. */
function typesOf(parts: readonly SchemaNode[], schemas: Schemas): Set<string> {
  let types: Set<string> | undefined;
  for (const { schema } of parts) {
    const { type } = schema;
    if (type === undefined) continue;
    const own = new Set((Array.isArray(type) ? type : [type]).map(String));
    if (own.has("number")) own.add("integer");
    const before = types;
    types = before === undefined ? own : new Set([...own].filter((name) => before.has(name)));
  }
  if (types !== undefined) return types;
  const told = parts.flatMap((part) => [...schemas.types(part)]);
  if (told.length > 0) return new Set(told);
  const objects = parts.some(
    ({ schema }) => schema["required"] !== undefined || schema["minProperties"] !== undefined,
  );
  return new Set(objects ? ["object"] : ["string", ...ALL_TYPES]);
}

function rank(type: string, wanted: string): number {
  if (type === wanted) return 0;
  return type === "null" ? 2 : 1;
}

function requiredOf(parts: readonly SchemaNode[]): Set<string> {
  const lists = parts.map(({ schema }) => schema["required"]);
  return new Set(lists.flatMap((list) => (Array.isArray(list) ? list.map(String) : [])));
}

const numbersAt = (parts: readonly SchemaNode[], keyword: string): number[] =>
  parts.map(({ schema }) => schema[keyword]).filter((value) => typeof value === "number");

/** The greatest lower bound that the parts give. */
function greatest(parts: readonly SchemaNode[], keyword: string): number | undefined {
  const found = numbersAt(parts, keyword);
  return found.length === 0 ? undefined : Math.max(...found);
}

/** The smallest upper bound that the parts give. */
function smallest(parts: readonly SchemaNode[], keyword: string): number | undefined {
  const found = numbersAt(parts, keyword);
  return found.length === 0 ? undefined : Math.min(...found);
}
