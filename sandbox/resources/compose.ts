import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Validators } from "../../specs/engine/catalog/schema-validator.ts";
import type { DecisionContext } from "../capabilities/capability.ts";
import { numbersFrom } from "../values/ids.ts";
import { type GenerateOptions, generate, textOfFormat, uuidFrom } from "./generate.ts";
import { textMatching } from "./pattern.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";
import { asObject, plain, type Success } from "./shape.ts";

export interface ComposeParts {
  readonly schemas: Schemas;
  readonly validators: Validators;
  readonly seed: string;
}

/** What describes the message as it is sent, and what asks a client to act. */
const NOT_FROM_SCHEMA = new Set([
  "content-type",
  "content-length",
  "transfer-encoding",
  "retry-after",
  "set-cookie",
]);
const OTHER_ALTERNATIVES = [1, 2, 3];
const TIMESTAMP = /(At|_at|Time|_time|On|_on|Date|_date)$|^(created|updated|modified|timestamp|date)/;

/** Makes values that fit the spec out of what a client sent, what is stored, and what the schema wants besides. */
export class Composer {
  readonly #parts: ComposeParts;

  constructor(parts: ComposeParts) {
    this.#parts = parts;
  }

  /** Options that make the same values for the same purpose, whatever came before. */
  options(purpose: string, context: Pick<DecisionContext, "now">): GenerateOptions {
    return { now: context.now, next: numbersFrom(`${this.#parts.seed}\n${purpose}`), leaveOut: "writeOnly" };
  }

  /** A new item: what was sent, and what the platform fills in (read-only parts, times, required ones left out). */
  item(schema: SchemaNode, sent: unknown, context: DecisionContext): Record<string, unknown> {
    const { schemas } = this.#parts;
    const options = this.options(context.requestId, context);
    const item = asObject(generate(schema, schemas, options));
    const given = asObject(sent);
    for (const [name, node] of schemas.properties(schema)) {
      if (name in given) continue;
      const own = this.#ownValue(name, node, context);
      if (own !== undefined) item[name] = own;
      else if (node.schema["readOnly"] === true && !(name in item))
        item[name] = generate(node, schemas, options);
    }
    return { ...item, ...this.known(schema, given) };
  }

  /** Times of the platform's own: when it was created, when it changed. */
  touch(
    schema: SchemaNode,
    item: Record<string, unknown>,
    context: DecisionContext,
  ): Record<string, unknown> {
    const touched = { ...item };
    for (const [name, node] of this.#parts.schemas.properties(schema)) {
      if (/^(updated|modified|lastModified|last_modified|changed)/.test(name)) {
        const own = this.#ownValue(name, node, context);
        if (own !== undefined) touched[name] = own;
      }
    }
    return touched;
  }

  /** The parts of a value that the schema knows, without those that only requests carry. */
  known(schema: SchemaNode, value: Record<string, unknown>): Record<string, unknown> {
    const properties = this.#parts.schemas.properties(schema);
    const open = schema.schema["additionalProperties"] !== false && properties.size === 0;
    return Object.fromEntries(
      Object.entries(value).filter(([name]) => {
        const node = properties.get(name);
        return node === undefined ? open : node.schema["writeOnly"] !== true;
      }),
    );
  }

  /** Whether ids of this schema are counted rather than made up. */
  countsIds(schema: SchemaNode | undefined): boolean {
    const types = schema === undefined ? undefined : this.#parts.schemas.types(schema);
    return types !== undefined && (types.has("integer") || types.has("number")) && !types.has("string");
  }

  /** An id that the schema accepts and that nothing else has. */
  newId(schema: SchemaNode | undefined, prefix: string, context: DecisionContext): string {
    const made = context.newId(prefix);
    if (schema === undefined) return made;
    const { next } = this.options(made, context);
    const { pattern, format } = schema.schema;
    // No id of ours is a UUID: where one is wanted, that needn't be found out each time.
    const forms: readonly (() => string | undefined)[] = [
      () => (format === "uuid" ? undefined : made),
      () => uuidFrom(next),
      () => (typeof pattern === "string" ? textMatching(pattern, next) : undefined),
      () => made.slice(prefix.length + 1),
      () => made.slice(-8),
    ];
    const fits = this.#parts.validators.get(schema.ref);
    for (const form of forms) {
      const candidate = form();
      if (candidate !== undefined && fits(candidate).length === 0) return candidate;
    }
    return made;
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
    const { schemas, validators } = this.#parts;
    const validate = validators.get(schema.ref, "response");
    const made = (): unknown => generate(schema, schemas, this.options(purpose, context));
    const attempts: (() => unknown)[] = [
      () => wanted,
      () => merged(made(), wanted),
      () => this.#trimmed(schema, merged(made(), wanted)),
      ...examples.flatMap((example) => [() => merged(example, wanted), () => example]),
      made,
      () => generate(schema, schemas, { ...this.options(purpose, context), withOptional: true }),
      () => generate(schema, schemas, { ...this.options(purpose, context), withoutExamples: true }),
      () => [],
      // Of a `oneOf` whose first alternative contains another one, only that other one fits.
      ...OTHER_ALTERNATIVES.map(
        (alternative) => () => generate(schema, schemas, { ...this.options(purpose, context), alternative }),
      ),
    ];
    for (const attempt of attempts) {
      const value = attempt();
      if (value !== undefined && validate(value).length === 0) return { value };
    }
    return undefined;
  }

  /** The headers that a response declares, made from their schemas. */
  headers({ response, status }: Success, purpose: string, now: string): Record<string, string> {
    const { schemas } = this.#parts;
    const headers: Record<string, string> = {};
    for (const [name, { schema }] of Object.entries(response.headers)) {
      if (schema === undefined || NOT_FROM_SCHEMA.has(name.toLowerCase())) continue;
      const value = generate(schemas.at(schema), schemas, this.options(`${purpose} ${name}`, { now }));
      if (typeof value !== "object") headers[name.toLowerCase()] = String(value);
      else if (Array.isArray(value)) headers[name.toLowerCase()] = value.join(",");
    }
    // A redirect that leads nowhere would serve nobody.
    if (status >= 300 && status !== 304) headers["location"] ??= "https://example.com/";
    return headers;
  }

  /** A value of the schema whose properties say what `fields` has under their names; undefined where that doesn't fit. */
  filled(schema: SchemaNode, fields: Readonly<Record<string, readonly unknown[]>>): unknown {
    const { schemas, validators, seed } = this.#parts;
    const next = numbersFrom(seed);
    const value = generate(schema, schemas, { now: "1970-01-01T00:00:00.000Z", next, leaveOut: "writeOnly" });
    if (!isPlainObject(value)) return undefined;
    const filled: Record<string, unknown> = { ...value };
    for (const [name, node] of schemas.properties(schema)) {
      const fits = validators.get(node.ref, "response");
      const found = fields[plain(name)]?.find((candidate) => fits(candidate).length === 0);
      if (found !== undefined) filled[name] = found;
    }
    return validators.get(schema.ref, "response")(filled).length === 0 ? filled : undefined;
  }

  #trimmed(schema: SchemaNode, value: unknown): unknown {
    return isPlainObject(value) ? this.known(schema, value) : value;
  }

  #ownValue(name: string, node: SchemaNode, context: DecisionContext): unknown {
    const { format } = node.schema;
    if ((format !== "date-time" && format !== "date") || !TIMESTAMP.test(name)) return undefined;
    const platforms = node.schema["readOnly"] === true || /^(created|updated|modified|last)/i.test(name);
    return platforms ? textOfFormat(format, this.options(name, context)) : undefined;
  }
}

/** `over` laid over `under`, for objects; otherwise `over`. */
function merged(under: unknown, over: unknown): unknown {
  if (over === undefined) return under;
  return isPlainObject(under) && isPlainObject(over) ? { ...under, ...over } : over;
}
