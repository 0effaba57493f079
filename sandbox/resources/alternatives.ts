import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";

/** One way to meet schemas with alternatives: the schemas that then apply together, none of which is a choice any more. */
export interface Alternative {
  readonly parts: readonly SchemaNode[];
  /** Values of the properties that tell the alternatives apart. */
  readonly told: ReadonlyMap<string, string>;
  /** Of each `oneOf`, the alternatives that may not be met as well. */
  readonly others: readonly SchemaNode[];
}

const MAX_ALTERNATIVES = 48;
const MAX_DEPTH = 10;

/** The ways to meet all the schemas given, the first alternative of each choice before the others. */
export function* alternativesOf(nodes: readonly SchemaNode[], schemas: Schemas): Generator<Alternative> {
  const queue: (readonly number[])[] = [[]];
  for (let made = 0; made < MAX_ALTERNATIVES; made++) {
    const picks = queue.shift();
    if (picks === undefined) return;
    const walk = new Walk(picks, schemas);
    for (const node of nodes) walk.enter(node, 0);
    yield walk;
    // Choices that the picks said nothing of went to their first alternative: each of their others is a way of its own.
    for (let at = picks.length; at < walk.choices.length; at++) {
      const before = [...picks, ...new Array<number>(at - picks.length).fill(0)];
      for (let other = 1; other < (walk.choices[at] ?? 0); other++) queue.push([...before, other]);
    }
  }
}

/** A walk through `allOf` and the alternatives picked. */
class Walk implements Alternative {
  readonly parts: SchemaNode[] = [];
  readonly told = new Map<string, string>();
  readonly others: SchemaNode[] = [];
  /** How many alternatives each choice had, in the order in which they were met. */
  readonly choices: number[] = [];
  readonly #picks: readonly number[];
  readonly #schemas: Schemas;

  constructor(picks: readonly number[], schemas: Schemas) {
    this.#picks = picks;
    this.#schemas = schemas;
  }

  enter(node: SchemaNode, depth: number): void {
    if (depth > MAX_DEPTH || this.parts.includes(node)) return;
    this.parts.push(node);
    const schemas = this.#schemas;
    for (const part of schemas.parts(node, "allOf")) this.enter(part, depth + 1);
    for (const keyword of ["oneOf", "anyOf"] as const) {
      // A null among the alternatives says "may be missing"; the others show more.
      const branches = schemas.parts(node, keyword);
      const telling = branches.filter((branch) => !isNull(branch));
      const ordered = [...telling, ...branches.filter(isNull)];
      const branch = this.#pick(ordered);
      if (branch === undefined) continue;
      if (keyword === "oneOf") this.others.push(...branches.filter((other) => other !== branch));
      this.#tell(node, branch);
      this.enter(branch, depth + 1);
    }
    if (node.schema["if"] === undefined) return;
    const condition = this.#pick([["if", "then"], ["else"]]) ?? [];
    for (const keyword of condition) {
      if (node.schema[keyword] !== undefined) this.enter(schemas.below(node, keyword), depth + 1);
    }
  }

  #pick<T>(options: readonly T[]): T | undefined {
    if (options.length === 0) return undefined;
    const pick = this.#picks[this.choices.length] ?? 0;
    this.choices.push(options.length);
    return options[pick];
  }

  #tell({ schema }: SchemaNode, branch: SchemaNode): void {
    const { discriminator } = schema;
    if (!isPlainObject(discriminator) || typeof discriminator["propertyName"] !== "string") return;
    const { pointer } = branch.ref;
    const own = pointer.slice(pointer.lastIndexOf("/") + 1);
    const mapping = isPlainObject(discriminator["mapping"]) ? Object.entries(discriminator["mapping"]) : [];
    const mapped = mapping.find(([, target]) => target === `#${pointer}` || target === own);
    if (mapped !== undefined || pointer.startsWith("/components/schemas/"))
      this.told.set(discriminator["propertyName"], mapped?.[0] ?? own);
  }
}

const isNull = ({ schema }: SchemaNode): boolean => schema["type"] === "null" || schema["const"] === null;
