import { oncePer } from "../../once-per.ts";
import { documentByPath } from "../lookup.ts";
import { isPlainObject, resolvePointer } from "../pointer.ts";
import { fittingReading, type SchemaShape, shapeOf } from "../schemas/schema-types.ts";
import type { Validate, Validators } from "../schemas/schema-validator.ts";
import type { Catalog, MediaType, Operation, Parameter, SchemaRef } from "../types.ts";
import type { RequestParts } from "./bind.ts";
import { readForm, typeForm } from "./form.ts";
import { essence, isFormType, isJsonType, selectMediaType } from "./media-type.ts";
import {
  besideOf,
  cameOften,
  comesOnce,
  parameterReader,
  type RawParameters,
  type ReadParameter,
  splitCookies,
  splitQuery,
} from "./read-parameter.ts";

/** A request as it arrived, its body already read. */
export interface RawRequest {
  /** Path parameters as they stand in the URL, percent-encoding included. */
  readonly path: Readonly<Record<string, string>>;
  /** `?limit=10`, or empty. */
  readonly search: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON and forms parsed (all form values as text), else text; absent where there is none. */
  readonly body?: unknown;
}

/** One way in which a request breaks its operation. */
export interface RequestViolation {
  readonly part: "path" | "query" | "header" | "cookie" | "content-type" | "body";
  /** Into the request: `#/usage/distanceMiles` in the body, else `$request.query.limit`. */
  readonly pointer: string;
  /** Into the spec: `openapi/api.yaml#/components/schemas/Usage/type`. */
  readonly schemaPointer: string;
  /** Fits after the name of the thing: `must be integer`. */
  readonly message: string;
}

export interface RequestCheck {
  readonly violations: readonly RequestViolation[];
  /** Every part typed by its schema, as `readRequest` takes it. */
  readonly parts: RequestParts;
}

export type ValidateRequest = (request: RawRequest) => RequestCheck;

interface CompiledParameter {
  readonly parameter: Parameter;
  readonly at: string;
  readonly locator: string;
  readonly read: ReadParameter;
  readonly once: boolean;
  readonly shape: SchemaShape;
  readonly validate: (() => Validate) | undefined;
}

/** Checks requests of an operation and types their parts. Compiled once per operation; schemas at their first use. */
export function compileRequestValidator(
  catalog: Catalog,
  validators: Validators,
  operation: Operation,
): ValidateRequest {
  return compiled(catalog)(validators)(operation);
}

const compiled = oncePer((catalog: Catalog) =>
  oncePer((validators: Validators) =>
    oncePer((operation: Operation) => create(catalog, validators, operation)),
  ),
);

function create(catalog: Catalog, validators: Validators, operation: Operation): ValidateRequest {
  const document = documentByPath(catalog, operation.document)?.content;
  const at = `${operation.document}#${operation.pointer}`;
  const shape = (ref: SchemaRef | undefined): SchemaShape =>
    shapeOf(document, ref === undefined ? undefined : resolvePointer(document, ref.pointer));
  const parameters = operation.parameters.map(
    (parameter): CompiledParameter => ({
      parameter,
      at: `${at}/parameters`,
      locator: `$request.${parameter.in}.${parameter.name}`,
      read: parameterReader(parameter, shape(parameter.schema), besideOf(operation, parameter)),
      once: comesOnce(parameter, shape(parameter.schema)),
      shape: shape(parameter.schema),
      validate: lazy(validators, parameter.schema),
    }),
  );
  const checkBody = bodyChecker(
    operation,
    at,
    validators,
    (ref) => resolvePointer(document, ref.pointer),
    document,
  );
  return (request) => {
    const violations: RequestViolation[] = [];
    const raw: RawParameters = {
      path: request.path,
      query: splitQuery(request.search),
      headers: request.headers,
      cookies: splitCookies(request.headers["cookie"]),
    };
    const groups: Record<Parameter["in"], Record<string, unknown>> = {
      path: {},
      query: {},
      header: {},
      cookie: {},
    };
    for (const item of parameters) readInto(groups, item, raw, violations);
    const body = checkBody(request, violations);
    return {
      violations,
      parts: {
        path: groups.path,
        query: groups.query,
        headers: groups.header,
        cookies: groups.cookie,
        ...(body === undefined ? {} : { body }),
      },
    };
  };
}

function lazy(validators: Validators, ref: SchemaRef | undefined): (() => Validate) | undefined {
  if (ref === undefined) return undefined;
  let validate: Validate | undefined;
  return () => {
    validate ??= validators.get(ref, "request");
    return validate;
  };
}

function readInto(
  groups: Record<Parameter["in"], Record<string, unknown>>,
  { parameter, at, locator, read, once, shape, validate }: CompiledParameter,
  raw: RawParameters,
  violations: RequestViolation[],
): void {
  const sent = read(raw);
  const place = parameter.in;
  if (sent === undefined) {
    if (parameter.required)
      violations.push({ part: place, pointer: locator, schemaPointer: at, message: "is required" });
    return;
  }
  const value =
    validate === undefined
      ? sent
      : fittingReading(sent, shape, (reading) => validate()(reading).length === 0);
  groups[place][parameter.name] = value;
  const times = once ? raw.query.filter(([name]) => name === parameter.name).length : 1;
  if (times > 1)
    violations.push({ part: place, pointer: locator, schemaPointer: at, message: cameOften(times) });
  if (validate === undefined || (value === "" && parameter.allowEmptyValue === true)) return;
  for (const { pointer, schemaPointer, message } of validate()(value)) {
    violations.push({ part: place, pointer: locator + pointer, schemaPointer, message });
  }
}

type CheckBody = (request: RawRequest, violations: RequestViolation[]) => unknown;

function bodyChecker(
  operation: Operation,
  at: string,
  validators: Validators,
  schemaAt: (ref: SchemaRef) => unknown,
  document: unknown,
): CheckBody {
  const declared = operation.requestBody;
  if (declared === undefined) return () => undefined;
  const schemaPointer = `${at}/requestBody`;
  const plans = new Map<MediaType, { validate: (() => Validate) | undefined }>();
  return (request, violations) => {
    if (request.body === undefined) {
      if (declared.required)
        violations.push({ part: "body", pointer: "#", schemaPointer, message: "a body is required" });
      return undefined;
    }
    const contentType = request.headers["content-type"] ?? "";
    const selected = selectMediaType(declared.content, contentType);
    if (selected === undefined) {
      const names = Object.keys(declared.content).join(", ");
      const message = `${essence(contentType) || "no content type"} is not declared; ${names} is`;
      violations.push({
        part: "content-type",
        pointer: "$request.header.Content-Type",
        schemaPointer,
        message,
      });
      return request.body;
    }
    let plan = plans.get(selected.media);
    if (plan === undefined) {
      plan = { validate: lazy(validators, selected.media.schema) };
      plans.set(selected.media, plan);
    }
    const form = isFormType(contentType);
    const { schema, encoding } = selected.media;
    const body = form
      ? typeForm(document, schema && schemaAt(schema), readForm(formPairs(request.body)), encoding)
      : request.body;
    if (plan.validate !== undefined && (form || isJsonType(contentType))) {
      for (const violation of plan.validate()(body)) {
        const { pointer, message } = violation;
        violations.push({
          part: "body",
          pointer: `#${pointer}`,
          schemaPointer: violation.schemaPointer,
          message,
        });
      }
    }
    return body;
  };
}

/** A form as a host read it: each field's text, or the texts of one that came more than once. */
function formPairs(body: unknown): [string, string][] {
  if (!isPlainObject(body)) return [];
  return Object.entries(body).flatMap(([name, value]): [string, string][] =>
    (Array.isArray(value) ? value : [value]).map((text) => [name, String(text)]),
  );
}
