import { isJsonType } from "../catalog/exchange/media-type.ts";
import { isWritable } from "../catalog/exchange/write-body.ts";
import { takesHeader } from "../catalog/lookup.ts";
import { isPlainObject } from "../catalog/pointer.ts";
import type { Catalog, Operation, Parameter } from "../catalog/types.ts";
import { isTokenOperation } from "../certification/token-operation.ts";
import { PortableSchemas } from "./portable-schema.ts";

/** An operation as a tool that a software agent may use (Model Context Protocol). */
export interface Tool {
  /** Letters, digits, `_` and `-`, at most 64 of them: what agents take. Unique among the tools. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** JSON Schema 2020-12 of the arguments, with all that it refers to. */
  readonly inputSchema: { readonly type: "object"; readonly [keyword: string]: unknown };
  readonly hints: ToolHints;
  readonly operation: Operation;
  /** Which parameter each argument is; `body` is the request's body. */
  readonly parameters: ReadonlyMap<string, Parameter>;
}

export interface ToolHints {
  readonly readOnly: boolean;
  /** Takes something away that can't be had back by the same tool. */
  readonly destructive: boolean;
  /** To call it twice with the same arguments comes to the same. */
  readonly idempotent: boolean;
}

/** The argument that is the request's body. */
export const BODY = "body";

/** Headers that whoever sends the request sets: nobody is asked for them. */
const OWN_HEADERS = new Set(["accept", "authorization", "content-type", "cookie", "idempotency-key"]);

/**
 * Those that an agent can be given: no exchange of credentials, nothing that partners serve, and no body that can be
 * written neither as JSON nor as a form or text.
 */
export function usableBy(catalog: Catalog, operations: readonly Operation[]): Operation[] {
  const servedByPartners = new Set(
    catalog.operations
      .filter(({ capability }) => capability?.name.startsWith("fulfilment.") === true)
      .map(({ document }) => document),
  );
  return operations.filter((one) => {
    const types = Object.keys(one.requestBody?.content ?? {});
    const canBeWritten = types.length === 0 || types.some(isWritable);
    return canBeWritten && !servedByPartners.has(one.document) && !isTokenOperation(one, catalog);
  });
}

/** The operations as tools, in the same order. */
export function toolsOf(catalog: Catalog, operations: readonly Operation[]): Tool[] {
  const taken = new Set<string>();
  return operations.map((operation) => toolOf(catalog, operation, freeName(operation.id, taken)));
}

function toolOf(catalog: Catalog, operation: Operation, name: string): Tool {
  const schemas = new PortableSchemas(catalog);
  const parameters = argumentsOf(operation);
  const properties: Record<string, unknown> = {};
  const required: string[] = [];
  for (const [argument, parameter] of parameters) {
    properties[argument] = describedSchema(schemas.take(parameter.schema), parameter);
    if (parameter.required) required.push(argument);
  }
  const { requestBody } = operation;
  if (requestBody !== undefined && Object.keys(requestBody.content).length > 0) {
    properties[BODY] = bodySchema(operation, schemas);
    if (requestBody.required) required.push(BODY);
  }
  const defs = Object.keys(schemas.defs).length === 0 ? {} : { $defs: schemas.defs };
  return {
    name,
    title: operation.summary || operation.id,
    description: descriptionOf(operation),
    inputSchema: { type: "object", properties, required, additionalProperties: false, ...defs },
    hints: hintsOf(operation),
    operation,
    parameters,
  };
}

/** The parameters by the names of their arguments: their own, unless another one, or the body, has it. */
function argumentsOf({ parameters }: Operation): Map<string, Parameter> {
  const found = new Map<string, Parameter>();
  for (const parameter of parameters) {
    if (parameter.in === "header" && OWN_HEADERS.has(parameter.name.toLowerCase())) continue;
    const isTaken = parameter.name === BODY || found.has(parameter.name);
    found.set(isTaken ? `${parameter.in}_${parameter.name}` : parameter.name, parameter);
  }
  return found;
}

function describedSchema(schema: unknown, { description, examples, deprecated }: Parameter): unknown {
  const given = isPlainObject(schema) ? schema : {};
  const values = Object.values(examples);
  return {
    ...given,
    ...(description === undefined ? {} : { description }),
    ...(values.length === 0 ? {} : { examples: values }),
    ...(deprecated === true ? { deprecated } : {}),
  };
}

function bodySchema({ requestBody }: Operation, schemas: PortableSchemas): unknown {
  const content = Object.entries(requestBody?.content ?? {});
  const [, media] = content.find(([type]) => isJsonType(type)) ??
    content.find(([type]) => isWritable(type)) ?? ["", undefined];
  const schema = schemas.take(media?.schema);
  const examples = Object.values(media?.examples ?? {}).slice(0, 2);
  if (examples.length === 0 || !isPlainObject(schema)) return schema;
  return { ...schema, examples };
}

function descriptionOf({ summary, description, method, path, deprecated }: Operation): string {
  const said = [summary, description].filter((text) => text !== "");
  const lines = [...new Set(said), `${method} ${path}`];
  return [...(deprecated ? ["Deprecated."] : []), ...lines].join("\n\n");
}

function hintsOf(operation: Operation): ToolHints {
  const { method } = operation;
  const readOnly = method === "GET" || method === "HEAD" || method === "QUERY";
  return {
    readOnly,
    destructive: method === "DELETE",
    idempotent:
      readOnly || method === "PUT" || method === "DELETE" || takesHeader(operation, "idempotency-key"),
  };
}

const LONGEST_NAME = 64;

function freeName(id: string, taken: Set<string>): string {
  const wanted = id.replace(/[^\w-]+/g, "_").replace(/^_+|_+$/g, "") || "operation";
  for (let number = 1; ; number++) {
    const end = number === 1 ? "" : `_${number}`;
    const name = wanted.slice(0, LONGEST_NAME - end.length) + end;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
