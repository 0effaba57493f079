import { headerText } from "../../specs/engine/catalog/exchange/header-field.ts";
import { boundedPattern } from "../../specs/engine/catalog/patterns/bounded-pattern.ts";
import { isPlainObject, type PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Validators } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import type { DecisionContext } from "../capabilities/capability.ts";
import { numbersFrom } from "../values/ids.ts";
import { Defaults } from "./defaults.ts";
import { Fitter } from "./fit.ts";
import { type GenerateOptions, generate, textOfFormat } from "./generate.ts";
import { namesThing } from "./holder.ts";
import { ID_FORMS } from "./id-forms.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";
import { objectIn, type Success } from "./shape.ts";

export interface ComposeParts {
  readonly schemas: Schemas;
  readonly validators: Validators;
  readonly seed: string;
}

const CHANGED = /^(updated|modified|lastModified|last_modified|changed)/;
/** When what ends a thing, or holds it up, happened: none of that has to one that was just made. */
const NOT_YET =
  /^(archived|blocked|cancell?ed|closed|completed|deleted|disabled|ended|expired|failed|finished|locked|refunded|rejected|removed|resolved|revoked|suspended|voided)(_?(at|on|date|time))/i;
const TIMESTAMP = /(At|_at|Time|_time|On|_on|Date|_date)$|^(created|updated|modified|timestamp|date)/;

/** A property that the platform may set. */
interface OwnProperty {
  readonly name: string;
  readonly node: SchemaNode;
  readonly readOnly: boolean;
  /** Of a time of the platform's own. */
  readonly time: "date-time" | "date" | undefined;
}

/** What the platform sets of an item: when it is new, and when it changes. */
interface PlatformsPart {
  readonly filled: readonly OwnProperty[];
  readonly touched: readonly OwnProperty[];
  /** Whether it may have a property that nothing describes by name. */
  takes(name: string): boolean;
  /** Properties that are things, with the name of their ids: what a client sends for one may be its id alone. */
  readonly things: ReadonlyMap<string, string>;
}

/** Makes values that fit the spec out of what a client sent, what is stored, and what the schema wants besides. */
export class Composer {
  readonly #parts: ComposeParts;
  readonly #defaults: Defaults;
  readonly #known = new WeakMap<SchemaNode, PlatformsPart>();

  constructor(parts: ComposeParts) {
    this.#parts = parts;
    this.#defaults = new Defaults(parts);
  }

  /** Options that make the same values for the same purpose, whatever came before. */
  options(purpose: string, { now }: Pick<DecisionContext, "now">): GenerateOptions {
    // Most values need no number: they are made when the first one does.
    let numbers: (() => number) | undefined;
    const next = (): number => {
      numbers ??= numbersFrom(`${this.#parts.seed}\n${purpose}`);
      return numbers();
    };
    return { now, next, leaveOut: "writeOnly" };
  }

  /** A new item: what was sent, and what the platform fills in (read-only parts, times, required ones left out). */
  item(schema: SchemaNode, sent: unknown, context: DecisionContext): Record<string, unknown> {
    const { schemas } = this.#parts;
    const options = this.options(context.requestId, context);
    const given = this.withDefaults(schema, objectIn(sent));
    const item: Record<string, unknown> = { ...this.#begun(schema, given, options) };
    for (const { name, node, time, readOnly } of this.#platforms(schema).filled) {
      if (Object.hasOwn(given, name)) continue;
      if (time !== undefined) item[name] = textOfFormat(time, this.options(name, context));
      else if (readOnly && !Object.hasOwn(item, name)) item[name] = generate(node, schemas, options);
    }
    return { ...item, ...this.known(schema, given) };
  }

  /** What a new item must have: where it may be of several kinds, of the one that was sent. */
  #begun(schema: SchemaNode, given: PlainObject, options: GenerateOptions): PlainObject {
    const { schemas, validators } = this.#parts;
    const isOfKinds = schemas.possible(schema).size > schemas.properties(schema).size;
    const fitting = isOfKinds ? new Fitter(schemas, validators, options).fit(schema, given) : undefined;
    return objectIn(fitting ?? generate(schema, schemas, options));
  }

  /** What was sent, with the defaults of what was left out. */
  withDefaults(schema: SchemaNode, sent: PlainObject): PlainObject {
    return this.#defaults.filled(schema, sent);
  }

  /** Sets the times of the platform's own: when it changed. */
  touch(schema: SchemaNode, item: Record<string, unknown>, context: DecisionContext): void {
    for (const { name, time } of this.#platforms(schema).touched) {
      if (time !== undefined) item[name] = textOfFormat(time, this.options(name, context));
    }
  }

  /** The parts of a value that the schema knows, without those that only requests carry. */
  known(schema: SchemaNode, value: PlainObject): PlainObject {
    const properties = this.#parts.schemas.properties(schema);
    const { things, takes } = this.#platforms(schema);
    const knows = (name: string): boolean => {
      const node = properties.get(name);
      return node === undefined ? takes(name) : node.schema["writeOnly"] !== true;
    };
    const names = Object.keys(value);
    const named = things.size > 0 && names.some((name) => isScalar(value[name]) && things.has(name));
    if (!named && names.every(knows)) return value;
    return Object.fromEntries(
      names.filter(knows).map((name) => {
        const id = isScalar(value[name]) ? things.get(name) : undefined;
        return [name, id === undefined ? value[name] : { [id]: value[name] }];
      }),
    );
  }

  /** Whether ids of these schemas are counted rather than made up. */
  countsIds([schema]: readonly SchemaNode[]): boolean {
    const types = schema === undefined ? undefined : this.#parts.schemas.types(schema);
    return types !== undefined && (types.has("integer") || types.has("number")) && !types.has("string");
  }

  /** An id that all the schemas accept and that nothing else has. */
  newId(schemas: readonly SchemaNode[], prefix: string, context: DecisionContext): string {
    const made = context.newId(prefix);
    if (schemas.length === 0) return made;
    const { next } = this.options(made, context);
    for (const schema of schemas) {
      for (const form of ID_FORMS) {
        const candidate = form({ made, prefix, next, schema });
        if (candidate !== undefined && schemas.every((one) => this.isText(one, candidate))) return candidate;
      }
    }
    return made;
  }

  /** Whether a text of a path, a query or a header meets a schema: those carry numbers as texts. */
  isText(schema: SchemaNode, text: string): boolean {
    const fits = this.#parts.validators.get(schema.ref);
    return fits(text).length === 0 || (/^[1-9]\d{0,14}$/.test(text) && fits(Number(text)).length === 0);
  }

  /**
   * The value that the success declares, closest to the one wanted: as it is, completed, or the spec's example with it
   * laid over. Undefined where nothing fits the schema.
   */
  answer(
    success: Success,
    wanted: unknown,
    purpose: string,
    context: Pick<DecisionContext, "now">,
  ): { readonly value: unknown } | undefined {
    const { schema, examples } = success;
    if (schema === undefined) return { value: wanted ?? examples[0] ?? "" };
    const validate = this.#parts.validators.get(schema.ref, "response");
    if (wanted !== undefined && validate(wanted).length === 0) return { value: wanted };
    const options = (): GenerateOptions => this.options(purpose, context);
    for (const attempt of this.#attempts(schema, examples, wanted, options)) {
      const value = attempt();
      if (value !== undefined && validate(value).length === 0) return { value };
    }
    return undefined;
  }

  /** What to answer where the value wanted doesn't fit, the closest to it first. */
  #attempts(
    schema: SchemaNode,
    examples: readonly unknown[],
    wanted: unknown,
    options: () => GenerateOptions,
  ): (() => unknown)[] {
    const { schemas } = this.#parts;
    const made = (others: Partial<GenerateOptions> = {}): unknown =>
      generate(schema, schemas, { ...options(), ...others });
    return [
      // Where nothing is known, the spec's own example says most.
      ...(wanted === undefined ? examples.map((example) => () => example) : []),
      () => merged(made(), wanted),
      () => this.#trimmed(schema, merged(made(), wanted)),
      ...(wanted === undefined
        ? [() => made({ withOptional: true })]
        : examples.map((example) => () => merged(example, wanted))),
      () => new Fitter(schemas, this.#parts.validators, options()).fit(schema, wanted),
      // What examples have in common may be what keeps two alternatives from being told apart.
      () =>
        new Fitter(schemas, this.#parts.validators, { ...options(), withoutExamples: true }).fit(
          schema,
          wanted,
        ),
      ...examples.map((example) => () => example),
      () => made(),
    ];
  }

  /** The headers that a response declares: those that the request sent too as they came, the others from their schemas. */
  headers(
    { headers: declared, status }: Pick<Success, "headers" | "status">,
    purpose: string,
    now: string,
    sent: Readonly<Record<string, unknown>> = {},
  ): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const { name, required, schema } of declared) {
      // Whoever makes a thing says where it is; made up, it would lead nowhere.
      if (status === 201 && !required && name.toLowerCase() === "location") continue;
      const came = sent[name.toLowerCase()];
      if (typeof came === "string" && this.isText(schema, came)) {
        headers[name.toLowerCase()] = came;
        continue;
      }
      const value = generate(schema, this.#parts.schemas, this.options(`${purpose} ${name}`, { now }));
      if (typeof value !== "object") headers[name.toLowerCase()] = headerText(String(value));
      else if (Array.isArray(value)) headers[name.toLowerCase()] = headerText(value.join(","));
    }
    // A redirect that leads nowhere would serve nobody.
    if (status >= 300 && status < 400 && status !== 304) headers["location"] ??= "https://example.com/";
    return headers;
  }

  /** An object without properties of its own takes any; others only those that their author says may come, or must. */
  #takes(schema: SchemaNode): PlatformsPart["takes"] {
    const parts = [schema, ...this.#parts.schemas.parts(schema, "allOf")].map((part) => part.schema);
    const others = parts.map((part) => part["additionalProperties"]).filter((one) => one !== undefined);
    const required = this.#parts.schemas.required(schema);
    const isOpen =
      this.#parts.schemas.properties(schema).size === 0 && schema.schema["additionalProperties"] !== false;
    if (isOpen || (others.length > 0 && !others.includes(false))) return () => true;
    const patterns = parts.flatMap(({ patternProperties }) =>
      isPlainObject(patternProperties) ? Object.keys(patternProperties) : [],
    );
    const expressions = patterns.map((pattern) => boundedPattern(pattern, "u"));
    return (name) => required.has(name) || expressions.some((expression) => expression.test(name));
  }

  /** The name of the id of what can only be an object. */
  #idOfThing(node: SchemaNode): string | undefined {
    const types = this.#parts.schemas.types(node);
    if (!types.has("object") || types.has("string") || types.has("integer")) return undefined;
    const names = [...this.#parts.schemas.possible(node).keys()];
    return names.find(namesThing);
  }

  #trimmed(schema: SchemaNode, value: unknown): unknown {
    return isPlainObject(value) ? this.known(schema, value) : value;
  }

  #platforms(schema: SchemaNode): PlatformsPart {
    let known = this.#known.get(schema);
    if (known === undefined) {
      const own = [...this.#parts.schemas.properties(schema)].map(ownProperty);
      const possible = [...this.#parts.schemas.possible(schema)];
      known = {
        takes: this.#takes(schema),
        filled: own.filter(
          ({ name, time, readOnly }) => time !== undefined || (readOnly && !NOT_YET.test(name)),
        ),
        touched: own.filter(({ name, time }) => time !== undefined && CHANGED.test(name)),
        things: new Map(
          possible.flatMap(([name, node]) => {
            const id = this.#idOfThing(node);
            return id === undefined ? [] : [[name, id] as const];
          }),
        ),
      };
      this.#known.set(schema, known);
    }
    return known;
  }
}

const isScalar = (value: unknown): boolean => typeof value === "string" || typeof value === "number";

function ownProperty([name, node]: readonly [string, SchemaNode]): OwnProperty {
  const { format } = node.schema;
  const readOnly = node.schema["readOnly"] === true;
  const timed = (format === "date-time" || format === "date") && TIMESTAMP.test(name);
  const platforms = (readOnly && !NOT_YET.test(name)) || /^(created|updated|modified|last)/i.test(name);
  return { name, node, readOnly, time: timed && platforms ? format : undefined };
}

/** `over` laid over `under`, for objects; otherwise `over`. */
function merged(under: unknown, over: unknown): unknown {
  if (over === undefined) return under;
  return isPlainObject(under) && isPlainObject(over) ? { ...under, ...over } : over;
}
