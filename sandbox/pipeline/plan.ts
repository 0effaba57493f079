import { responseFor } from "../../specs/engine/catalog/exchange/declared-response.ts";
import type { FormValue } from "../../specs/engine/catalog/exchange/form.ts";
import {
  covers,
  essence,
  isFormType,
  isJsonType,
  isLinesType,
  isXmlType,
  selectMediaType,
} from "../../specs/engine/catalog/exchange/media-type.ts";
import { besideOf, comesOnce } from "../../specs/engine/catalog/exchange/read-parameter.ts";
import type { XmlElement } from "../../specs/engine/catalog/exchange/xml-body.ts";
import { rolesNamed } from "../../specs/engine/catalog/rights.ts";
import { withMeant } from "../../specs/engine/catalog/schemas/misspelt.ts";
import { fittingReading } from "../../specs/engine/catalog/schemas/schema-types.ts";
import type { Validate, Validators } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import type {
  Catalog,
  MediaType,
  Operation,
  ResponseSpec,
  SchemaRef,
} from "../../specs/engine/catalog/types.ts";
import { type FixedValues, fixedValuesOf } from "../../specs/engine/fixed-values.ts";
import type { Decider, FieldProblem } from "../capabilities/capability.ts";
import { isKept } from "../capabilities/scopes.ts";
import type { Schemas } from "../resources/schemas.ts";
import { assumedStatus, declaredSuccess } from "../resources/shape.ts";
import type { FormPart } from "./body.ts";
import { type ParameterReader, parameterReader } from "./parameters.ts";
import { PROBLEM_TYPE } from "./problem.ts";
import { isText } from "./representation.ts";
import { takesTokens } from "./schemes.ts";
import { xmlTextOf } from "./tabular.ts";

/** Violations of one schema; pointers start at the value that was checked. */
export type Check = (value: unknown) => readonly FieldProblem[];

export interface PlannedParameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required: boolean;
  /** How problems name it: `$request.query.limit`. */
  readonly locator: string;
  readonly read: ParameterReader;
  /** Whether it is one pair of the query. */
  readonly once: boolean;
  readonly check: Check;
}

export interface PlannedBody {
  /** As it is declared; a range, too. */
  readonly mediaType: string;
  /** Gives the texts of a form their types. */
  readonly type?: (form: FormValue) => unknown;
  /** What of a form's parts has another media type than its encoding says. */
  readonly checkParts?: (parts: readonly FormPart[]) => readonly FieldProblem[];
  /** Reads the root element of XML; left out where the schema takes its text. */
  readonly readXml?: (root: XmlElement) => unknown;
  /** Reads lines of JSON as a list; left out where the schema takes their text. */
  readonly lines?: boolean;
  readonly check: Check;
}

export interface PlannedResponse {
  readonly status: number;
  readonly spec: ResponseSpec;
  /** Undefined where the response has no body. */
  readonly mediaType?: string;
  readonly check: Check;
  /** What its schema leaves no choice about, where a capability answers. */
  readonly fixed?: FixedValues;
  /** How a value is written in those of its media types that are XML with a schema. */
  readonly xml: ReadonlyMap<string, (value: unknown) => string>;
  /** Of its `Location`, where that has a schema. */
  readonly checkLocation?: Check;
}

/** Everything about an operation that can be worked out before its first request. */
export interface OperationPlan {
  readonly operation: Operation;
  /** `x-eco-roles`; empty for all. */
  readonly roles: readonly string[];
  readonly capability?: Decider;
  readonly parameters: readonly PlannedParameter[];
  /** Whether one of its security schemes takes access tokens. */
  readonly takesTokens: boolean;
  /** Whether one takes something else: an API key, HTTP Basic. */
  readonly takesOthers: boolean;
  /** Whether a party that has left may not call it, whatever the token says that it got before. */
  readonly endsWithExit: boolean;
  /** Whether its binding looks at headers; then all of them are read, declared or not. */
  readonly readsHeaders: boolean;
  /** How a body of a content type is read; undefined where none is declared that covers it. */
  body(contentType: string): PlannedBody | undefined;
  /** The declared success responses, the first one being the usual answer. */
  readonly successes: readonly PlannedResponse[];
  /** The declared response of a status: exact, by class, or the default. */
  response(status: number): PlannedResponse | undefined;
}

const NO_PROBLEMS: Check = () => [];

export interface PlanParts {
  readonly catalog: Catalog;
  readonly validators: Validators;
  readonly schemas: Schemas;
  readonly capabilities: ReadonlyMap<string, Decider>;
}

const endsWithExit = ({ security }: Operation): boolean =>
  security.length > 0 &&
  security.every((alternative) => alternative.some(({ scopes }) => !scopes.every(isKept)));

export function planOperation(operation: Operation, parts: PlanParts): OperationPlan {
  const { capabilities } = parts;
  const responses = new Map<number, PlannedResponse | undefined>();
  const capability = operation.capability && capabilities.get(operation.capability.name);
  const response = (status: number): PlannedResponse | undefined => {
    if (!responses.has(status)) responses.set(status, planResponse(operation, status, parts));
    return responses.get(status);
  };
  return {
    operation,
    roles: rolesNamed(operation, parts.catalog),
    ...(capability === undefined ? {} : { capability }),
    parameters: planParameters(operation, parts),
    takesTokens: operation.security.flat().some(({ scheme }) => takesTokens(scheme)),
    takesOthers: operation.security.flat().some(({ scheme }) => !takesTokens(scheme)),
    endsWithExit: endsWithExit(operation),
    readsHeaders: Object.values(operation.capability?.request ?? {}).some(
      (locator) => typeof locator === "string" && locator.startsWith("$request.header."),
    ),
    body: bodyPlanner(operation, parts),
    successes: operation.responses.flatMap((spec) => {
      const status = successStatus(spec.status);
      return status === undefined ? [] : (response(status) ?? []);
    }),
    response,
  };
}

function planParameters(operation: Operation, { validators, schemas }: PlanParts): PlannedParameter[] {
  return operation.parameters.map((parameter) => {
    const { name, in: place, required, schema } = parameter;
    const shape = schema && schemas.shape(schema);
    const check = schema === undefined ? NO_PROBLEMS : lazyCheck(validators, schema, "request");
    const read = parameterReader(parameter, schemas, besideOf(operation, parameter));
    const fits = (reading: unknown): boolean => check(reading).length === 0;
    return {
      name,
      in: place,
      required: required || place === "path",
      locator: `$request.${place}.${name}`,
      read:
        shape === undefined || shape.types.size < 2 ? read : (raw) => fittingReading(read(raw), shape, fits),
      once: shape !== undefined && comesOnce(parameter, shape),
      check,
    };
  });
}

function bodyPlanner({ requestBody }: Operation, parts: PlanParts): OperationPlan["body"] {
  const content = requestBody?.content ?? {};
  const planned = new Map<string, PlannedBody>();
  return (contentType) => {
    // Most say one of the declared types as it is declared.
    const declared = planned.get(contentType);
    if (declared !== undefined) return declared;
    const selected = selectMediaType(content, contentType);
    if (selected === undefined) return undefined;
    const { name, media } = selected;
    // What a range takes is read as what it is: there may be any number of those.
    if (name.includes("*")) return planBody(name, media, essence(contentType), parts);
    const known = planned.get(name) ?? planBody(name, media, name, parts);
    planned.set(name, known);
    return known;
  };
}

function planBody(
  mediaType: string,
  { schema, encoding }: MediaType,
  actual: string,
  { catalog, validators, schemas }: PlanParts,
): PlannedBody {
  const form = isFormType(actual);
  const checkParts = form && encoding !== undefined ? partsChecker(encoding) : undefined;
  const parted = checkParts === undefined ? {} : { checkParts };
  if (schema === undefined) return { mediaType, ...parted, check: NO_PROBLEMS };
  // What comes as its text is only checked where the schema describes a text.
  const { types } = schemas.shape(schema);
  const text = types.has("string");
  const xml = isXmlType(actual) && !text;
  const lines = isLinesType(actual) && !text;
  const told = form || xml || lines || isJsonType(actual) || mediaType.includes("*");
  // Bytes are what they are: `format: byte` says how JSON would carry them.
  if (!isText(actual) || (!told && !text)) return { mediaType, ...parted, check: NO_PROBLEMS };
  const check = lazyCheck(validators, schema, "request", catalog);
  return {
    mediaType,
    ...parted,
    ...(form ? { type: (value: FormValue) => schemas.typeForm(schema, value, encoding) } : {}),
    ...(xml ? { readXml: (root: XmlElement) => schemas.readXml(schema, root) } : {}),
    ...(lines ? { lines } : {}),
    check: lines && !types.has("array") ? eachOf(check) : check,
  };
}

/** A schema that says nothing of a list is that of each line. */
const eachOf =
  (check: Check): Check =>
  (value) =>
    (Array.isArray(value) ? value : [value]).flatMap((line, index) =>
      check(line).map(({ pointer, detail }) => ({ pointer: `/${index}${pointer}`, detail })),
    );

function partsChecker(encoding: NonNullable<MediaType["encoding"]>): PlannedBody["checkParts"] {
  return (parts) =>
    parts.flatMap(({ name, contentType }) => {
      const wanted = encoding[name]?.contentType;
      if (wanted === undefined || contentType === "") return [];
      const fits = wanted.split(",").some((type) => covers(type, contentType));
      return fits ? [] : [{ pointer: `/${name}`, detail: `must be ${wanted}; it came as ${contentType}` }];
    });
}

function planResponse(
  operation: Operation,
  status: number,
  { catalog, validators, schemas }: PlanParts,
): PlannedResponse | undefined {
  const spec = responseFor(operation, status) ?? assumedResponse(operation, status);
  if (spec === undefined) return undefined;
  const types = Object.keys(spec.content);
  const wanted = status >= 400 ? types.find((type) => covers(type, PROBLEM_TYPE)) : undefined;
  const mediaType = wanted ?? types.find(isJsonType) ?? types[0];
  const schema = mediaType === undefined ? undefined : spec.content[mediaType]?.schema;
  const isAnswered = operation.capability !== undefined && schema !== undefined;
  const fixed = isAnswered ? fixedValuesOf(catalog, schema) : undefined;
  const [, location] = Object.entries(spec.headers).find(([name]) => name.toLowerCase() === "location") ?? [];
  return {
    status,
    spec,
    xml: xmlWriters(spec, schemas),
    ...(location?.schema === undefined
      ? {}
      : { checkLocation: lazyCheck(validators, location.schema, "response") }),
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(fixed === undefined ? {} : { fixed }),
    check: schema === undefined ? NO_PROBLEMS : lazyCheck(validators, schema, "response"),
  };
}

function xmlWriters({ content }: ResponseSpec, schemas: Schemas): PlannedResponse["xml"] {
  const writers = Object.entries(content).flatMap(([mediaType, { schema }]) =>
    schema === undefined || !isXmlType(mediaType)
      ? []
      : [[mediaType, (value: unknown) => xmlTextOf(schemas.writeXml(schema, value))] as const],
  );
  return new Map(writers);
}

/** An operation that declares no success has one without a body. */
function assumedResponse(operation: Operation, status: number): ResponseSpec | undefined {
  if (status !== assumedStatus(operation) || declaredSuccess(operation) !== undefined) return undefined;
  return { status: String(status), description: "", headers: {}, content: {} };
}

/** The status that a declared success is answered with; undefined for what isn't one. */
function successStatus(declared: string): number | undefined {
  if (/^2\d\d$/.test(declared)) return Number(declared);
  return declared === "2XX" ? 200 : undefined;
}

/**
 * Compiles the schema when the first value comes: most operations of a large spec are never called.
 * @param catalog where names that were misspelt are told with those that may have been meant
 */
function lazyCheck(
  validators: Validators,
  ref: SchemaRef,
  direction: "request" | "response",
  catalog?: Catalog,
): Check {
  let validate: Validate | undefined;
  return (value) => {
    validate ??= validators.get(ref, direction);
    const violations = validate(value);
    if (violations.length === 0) return [];
    return violations.map((violation) => ({
      pointer: violation.pointer,
      detail: catalog === undefined ? violation.message : withMeant(violation, catalog),
    }));
  };
}
