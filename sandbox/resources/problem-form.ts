import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { FieldProblem } from "../capabilities/capability.ts";
import { numbersFrom } from "../values/ids.ts";
import { alternativesOf } from "./alternatives.ts";
import type { ComposeParts } from "./compose.ts";
import { type ProblemLike, problemFields } from "./declared-problem.ts";
import { Fitter } from "./fit.ts";
import { type GenerateOptions, generate } from "./generate.ts";
import type { SchemaNode } from "./schemas.ts";
import { plain } from "./shape.ts";

/** Errors that hold errors that hold errors end somewhere. */
const DEEPEST = 4;
/** Under these names other error formats have what happened, or a list of it, when the schema doesn't require it. */
const HOLDERS: ReadonlySet<string> = new Set([
  "error",
  "errors",
  "fault",
  "problem",
  "problems",
  "messages",
  "detail",
  "details",
  "violations",
  "issues",
]);
/** Names of what identifies or places an error: no place for words about it. */
const NO_WORDS =
  /(id|key|code|status|type|kind|name|ur[il]|path|field|time|stamp|date|instance|version|level)$/;

/**
 * A problem in the error format of a schema: each property says what the problem has under its name, within the objects
 * and lists that the format wraps it in as well. Where no name is known, its words stand in the first property that can
 * hold them. A form without a place for words that takes other properties has them beside its own. Undefined where no
 * such value fits the schema.
 */
export function problemIn(schema: SchemaNode, problem: ProblemLike, parts: ComposeParts): unknown {
  let shortest: unknown;
  for (const telling of [inFull(problem), problem]) {
    const form = new ProblemForm(telling, parts);
    const value = form.fill(schema, form.made(schema), 0);
    const said = form.isSaid(value) ? value : form.put(schema, value, 0);
    shortest = form.fits(schema, said) ? said : form.mended(schema, said);
    if (form.isSaid(shortest)) return shortest;
  }
  const beside = isPlainObject(shortest) ? { ...problem, ...shortest } : undefined;
  return new ProblemForm(problem, parts).fits(schema, beside) ? beside : shortest;
}

/** With all that is wrong in its words: few formats have a place for each. */
function inFull(problem: ProblemLike): ProblemLike {
  const { errors = [] } = problem;
  return errors.length < 2 ? problem : { ...problem, detail: `${errors.map(wordsOf).join("; ")}.` };
}

const wordsOf = ({ pointer, detail }: FieldProblem): string => `${pointer} ${detail}`;

class ProblemForm {
  readonly #parts: ComposeParts;
  readonly #fields: Readonly<Record<string, readonly unknown[]>>;
  readonly #detail: string;
  /** The same problem by each thing that is wrong, where there are several. */
  readonly #each: readonly ProblemForm[];

  constructor(problem: ProblemLike, parts: ComposeParts) {
    const { errors = [] } = problem;
    this.#parts = parts;
    this.#fields = problemFields(problem);
    this.#detail = problem.detail;
    this.#each =
      errors.length < 2
        ? []
        : errors.map((one) => new ProblemForm({ ...problem, detail: wordsOf(one), errors: [one] }, parts));
  }

  fits(node: SchemaNode, value: unknown): boolean {
    return value !== undefined && this.#parts.validators.get(node.ref, "response")(value).length === 0;
  }

  made(node: SchemaNode): unknown {
    return generate(node, this.#parts.schemas, this.#options());
  }

  /** The value with what breaks the schema made anew. */
  mended(node: SchemaNode, value: unknown): unknown {
    const { schemas, validators } = this.#parts;
    return new Fitter(schemas, validators, this.#options()).fit(node, value);
  }

  #options(): GenerateOptions {
    return { now: "1970-01-01T00:00:00.000Z", next: numbersFrom(this.#parts.seed), leaveOut: "writeOnly" };
  }

  /** The properties of a schema, or of the first of its alternatives. */
  #properties(node: SchemaNode): ReadonlyMap<string, SchemaNode> {
    const { schemas } = this.#parts;
    const own = schemas.properties(node);
    if (own.size > 0) return own;
    const [alternative] = alternativesOf([node], schemas);
    return new Map((alternative?.parts ?? []).flatMap((part) => [...schemas.properties(part)]));
  }

  isSaid(value: unknown): boolean {
    if (typeof value === "object" && value !== null)
      return Object.values(value).some((member) => this.isSaid(member));
    return value === this.#detail || this.#each.some((one) => one.isSaid(value));
  }

  /** What is known by name, in the value and in what it wraps. */
  fill(node: SchemaNode, value: unknown, depth: number): unknown {
    if (depth > DEEPEST) return value;
    if (Array.isArray(value)) return this.#filledList(node, depth);
    if (!isPlainObject(value)) return this.fits(node, this.#detail) ? this.#detail : value;
    const filled: Record<string, unknown> = { ...value };
    for (const [name, property] of this.#properties(node)) {
      const said = this.#saying(name, property, filled[name], depth);
      if (said !== undefined) filled[name] = said;
    }
    return filled;
  }

  #saying(name: string, node: SchemaNode, value: unknown, depth: number): unknown {
    const known = plain(name);
    const candidates = Object.hasOwn(this.#fields, known) ? this.#fields[known] : undefined;
    const found = candidates?.find((candidate) => this.fits(node, candidate));
    if (found !== undefined) return found;
    const held = value ?? (HOLDERS.has(known) ? this.made(node) : undefined);
    if (typeof held !== "object" || held === null) return undefined;
    const filled = this.fill(node, held, depth + 1);
    return this.fits(node, filled) ? filled : undefined;
  }

  /** An item for each thing that is wrong, or one that says it all where the list takes no more. */
  #filledList(node: SchemaNode, depth: number): unknown {
    const item = this.#parts.schemas.below(node, "items");
    const each = this.#each.map((one) => one.fill(item, one.made(item), depth + 1));
    const told = each.length > 0 && each.every((one, index) => this.#each[index]?.isSaid(one));
    return told && this.fits(node, each) ? each : [this.fill(item, this.made(item), depth + 1)];
  }

  /** The words in the first property that can hold them: one that is there rather than one that may be left out. */
  put(node: SchemaNode, value: unknown, depth: number): unknown {
    if (depth > DEEPEST) return value;
    if (Array.isArray(value)) {
      const item = this.#parts.schemas.below(node, "items");
      return [this.put(item, value[0] ?? this.made(item), depth + 1)];
    }
    if (!isPlainObject(value)) return value;
    const properties = [...this.#properties(node)];
    const required = this.#parts.schemas.required(node);
    const ranked = properties
      .filter(([, property]) => this.#takesWords(property))
      .sort(([a], [b]) => rank(a, required) - rank(b, required));
    const [place] = ranked;
    if (place !== undefined) return { ...value, [place[0]]: this.#detail };
    for (const [name, property] of properties) {
      const inner = this.put(property, value[name] ?? this.#madeToHold(property), depth + 1);
      if (this.isSaid(inner)) return { ...value, [name]: inner };
    }
    return value;
  }

  /** What may be left out, made where it could hold the words. */
  #madeToHold(node: SchemaNode): unknown {
    const { schemas } = this.#parts;
    const inner = schemas.types(node).has("array") ? schemas.below(node, "items") : node;
    return this.#properties(inner).size === 0 ? undefined : this.made(node);
  }

  #takesWords(node: SchemaNode): boolean {
    const { schema } = node;
    const isBound = ["enum", "const", "format", "pattern"].some((keyword) => keyword in schema);
    return !isBound && this.#parts.schemas.types(node).has("string") && this.fits(node, this.#detail);
  }
}

const rank = (name: string, required: ReadonlySet<string>): number =>
  (NO_WORDS.test(plain(name)) ? 2 : 0) + (required.has(name) ? 0 : 1);
