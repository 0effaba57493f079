import { isPlainObject } from "../../catalog/pointer.ts";
import type { MediaType, Operation, Parameter, SchemaRef } from "../../catalog/types.ts";
import type { RunContext } from "../check.ts";
import { type SampleOptions, sample } from "../generate/sample.ts";
import { createSchemaReader, openSchema, propertiesOf, type SchemaReader } from "../generate/schema.ts";
import type { Random } from "../random.ts";
import { readForm } from "./form.ts";
import type { ParameterValues } from "./serialise.ts";

/** The body of an operation as the generator sees it. */
export interface BodyPlan {
  readonly mediaType: string;
  readonly required: boolean;
  readonly schema: unknown;
  readonly reader: SchemaReader;
  readonly options: SampleOptions;
  /** Example of the document, or a generated value: valid, with its optional properties where possible. */
  readonly base: unknown;
  /** `base` comes from the document itself. */
  readonly fromExample: boolean;
  isValid(value: unknown): boolean;
  /** The violated constraints of a value, as `keyword@pointer`. */
  faults(value: unknown): string[];
}

function isWritable(mediaType: string): boolean {
  return /[/+]json($|;)|^\*\/\*$|x-www-form-urlencoded/.test(mediaType);
}

function withoutReadOnly(value: unknown, schema: unknown, reader: SchemaReader): unknown {
  if (!isPlainObject(value)) return value;
  const properties = propertiesOf(reader.flat(schema));
  const kept = Object.entries(value).filter(([name]) => reader.flat(properties[name])["readOnly"] !== true);
  return Object.fromEntries(kept);
}

/** The example with the optional properties that it lacks, one by one as far as the whole stays valid. */
export function enriched(example: unknown, full: unknown, isValid: (value: unknown) => boolean): unknown {
  if (!isPlainObject(example) || !isPlainObject(full)) return example;
  let best: Record<string, unknown> = { ...example };
  for (const [name, value] of Object.entries(full)) {
    if (name in best) continue;
    const candidate = { ...best, [name]: value };
    if (isValid(candidate)) best = candidate;
  }
  return best;
}

/** Undefined where the operation takes no body, or none that can be made. */
export function planBody(operation: Operation, run: RunContext, random: Random): BodyPlan | undefined {
  const entry = Object.entries(operation.requestBody?.content ?? {}).find(([type]) => isWritable(type));
  if (operation.requestBody === undefined || entry === undefined) return undefined;
  const [mediaType, media]: [string, MediaType] = entry;
  const required = operation.requestBody.required;
  const { schema, reader } =
    media.schema === undefined
      ? { schema: true, reader: createSchemaReader({}) }
      : openSchema(run.catalog, media.schema);
  const violations = media.schema === undefined ? () => [] : run.validators.get(media.schema, "request");
  const isForm = mediaType.includes("x-www-form-urlencoded");
  // A form holds nothing but texts, and an empty one is no body at all.
  const asSent = (value: unknown): unknown => (isForm ? readForm(value, schema, reader) : value);
  const isValid = (value: unknown): boolean =>
    (isForm && !required && isEmpty(asSent(value))) || violations(asSent(value)).length === 0;
  const options: SampleOptions = { reader, random, full: true, direction: "request" };
  const full = sample(schema, options);
  const example = Object.values(media.examples)
    .map((one) => withoutReadOnly(one, schema, reader))
    .find(isValid);
  const candidates = [
    ...(example === undefined ? [] : [enriched(example, full, isValid), example]),
    full,
    sample(schema, { ...options, full: false }),
  ];
  const base = candidates.find(isValid);
  if (base === undefined) return undefined;
  const faults = (value: unknown): string[] =>
    violations(asSent(value)).map((one) => `${one.keyword}@${one.pointer}`);
  return {
    mediaType,
    required,
    schema,
    reader,
    options,
    base,
    fromExample: example !== undefined,
    isValid,
    faults,
  };
}

function isEmpty(value: unknown): boolean {
  return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

/** A value of a parameter: its example, else one made from its schema. */
export function parameterValue(parameter: Parameter, run: RunContext, random: Random): unknown {
  const [example] = Object.values(parameter.examples);
  if (example !== undefined) return example;
  if (parameter.schema === undefined) return random.word(8);
  const { schema, reader } = openSchema(run.catalog, parameter.schema);
  const options: SampleOptions = { reader, random, full: false, direction: "request" };
  const value = sample(schema, options);
  // An empty list leaves nothing in a path or a query: the parameter would be missing.
  return isEmpty(value) ? sample(schema, { ...options, full: true }) : value;
}

function isHeader(parameter: Parameter, name: string): boolean {
  return parameter.in === "header" && parameter.name.toLowerCase() === name;
}

export function isIdempotencyKey(parameter: Parameter): boolean {
  return isHeader(parameter, "idempotency-key");
}

/** The header that makes a change conditional on the version that the caller has read. */
export function isIfMatch(parameter: Parameter): boolean {
  return isHeader(parameter, "if-match");
}

/** Values for the required parameters and a fresh idempotency key; path parameters are filled in by the resource. */
export function baseParameters(operation: Operation, run: RunContext, random: Random): ParameterValues {
  const values: Record<Parameter["in"], Record<string, unknown>> = {
    path: {},
    query: {},
    header: {},
    cookie: {},
  };
  for (const parameter of operation.parameters) {
    if (isIfMatch(parameter)) continue;
    if (isIdempotencyKey(parameter)) values.header[parameter.name] = random.uuid();
    else if (parameter.required || parameter.in === "path") {
      values[parameter.in][parameter.name] = parameterValue(parameter, run, random);
    }
  }
  return values;
}

/** Does the schema of a success body name this property at its top? */
export function bodyHas(ref: SchemaRef | undefined, name: string, run: RunContext): boolean {
  if (ref === undefined) return false;
  const { schema, reader } = openSchema(run.catalog, ref);
  return name in propertiesOf(reader.flat(schema));
}
