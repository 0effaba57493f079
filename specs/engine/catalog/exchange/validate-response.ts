import { oncePer } from "../../once-per.ts";
import type { Validate, Validators } from "../schemas/schema-validator.ts";
import type { Operation, ResponseSpec } from "../types.ts";
import { responseFor } from "./declared-response.ts";
import { essence, isJsonType, selectMediaType } from "./media-type.ts";

/** An answer as it is checked: header names in lower case, the body parsed where it is JSON. */
export interface ResponseParts {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One way in which an answer differs from what its operation declares. */
export interface ResponseViolation {
  readonly part: "status" | "content-type" | "header" | "body";
  /** Into the answer: `#/items/0/id`, `header.RateLimit`, `status`. */
  readonly pointer: string;
  /** Into the spec: `openapi/api.yaml#/paths/…`. */
  readonly schemaPointer: string;
  readonly message: string;
}

export type ValidateResponse = (response: ResponseParts) => readonly ResponseViolation[];

const FINE: readonly ResponseViolation[] = [];

/** Checks answers of an operation; compiled once per operation, and per status at its first answer. */
export function compileResponseValidator(validators: Validators, operation: Operation): ValidateResponse {
  return compiled(validators)(operation);
}

const compiled = oncePer((validators: Validators) =>
  oncePer((operation: Operation) => create(validators, operation)),
);

function create(validators: Validators, operation: Operation): ValidateResponse {
  const byStatus = new Map<number, ValidateResponse>();
  const at = `${operation.document}#${operation.pointer}/responses`;
  return (response) => {
    let validate = byStatus.get(response.status);
    if (validate === undefined) {
      const spec = responseFor(operation, response.status);
      validate =
        spec === undefined
          ? () => [
              {
                part: "status",
                pointer: "status",
                schemaPointer: at,
                message: `${response.status} is not declared; ${operation.responses.map(({ status }) => status).join(", ") || "nothing"} is`,
              },
            ]
          : forSpec(validators, spec, `${at}/${spec.status}`);
      byStatus.set(response.status, validate);
    }
    return validate(response);
  };
}

function forSpec(validators: Validators, spec: ResponseSpec, at: string): ValidateResponse {
  const headers = Object.entries(spec.headers).map(([name, header]) => ({
    name,
    key: name.toLowerCase(),
    required: header.required,
    schema: header.schema,
  }));
  const bodies = new Map<string, Validate | undefined>();
  const hasContent = Object.keys(spec.content).length > 0;
  return (response) => {
    const violations: ResponseViolation[] = [];
    for (const { name, key, required, schema } of headers) {
      const value = response.headers[key];
      if (value === undefined) {
        if (required)
          violations.push({
            part: "header",
            pointer: `header.${name}`,
            schemaPointer: `${at}/headers/${name}`,
            message: "is missing",
          });
        continue;
      }
      if (schema === undefined) continue;
      const validate = validators.get(schema, "response");
      const asText = validate(value);
      if (asText.length === 0 || isNumber(value, validate)) continue;
      for (const { schemaPointer, message } of asText) {
        violations.push({ part: "header", pointer: `header.${name}`, schemaPointer, message });
      }
    }
    if (hasContent && response.body !== undefined)
      violations.push(...checkBody(response, spec, at, bodies, validators));
    return violations.length === 0 ? FINE : violations;
  };
}

/** A header is text; against a numeric or boolean schema the value it spells counts. */
function isNumber(value: string, validate: Validate): boolean {
  if (value === "true" || value === "false") return validate(value === "true").length === 0;
  return /^-?\d+(\.\d+)?$/.test(value) && validate(Number(value)).length === 0;
}

function checkBody(
  response: ResponseParts,
  spec: ResponseSpec,
  at: string,
  bodies: Map<string, Validate | undefined>,
  validators: Validators,
): ResponseViolation[] {
  const contentType = response.headers["content-type"] ?? "";
  const selected = selectMediaType(spec.content, contentType);
  if (selected === undefined) {
    const declared = Object.keys(spec.content).join(", ");
    const message = `${essence(contentType) || "no content type"} is not declared; ${declared} is`;
    return [
      { part: "content-type", pointer: "header.Content-Type", schemaPointer: `${at}/content`, message },
    ];
  }
  if (selected.media.schema === undefined || !isJsonType(contentType)) return [];
  let validate = bodies.get(selected.name);
  if (validate === undefined) {
    validate = validators.get(selected.media.schema, "response");
    bodies.set(selected.name, validate);
  }
  return validate(response.body).map(({ pointer, schemaPointer, message }) => ({
    part: "body",
    pointer: `#${pointer}`,
    schemaPointer,
    message,
  }));
}
