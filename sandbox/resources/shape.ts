import { isJsonType } from "../../specs/engine/catalog/exchange/media-type.ts";
import { isPlainObject, type PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Operation, ResponseSpec } from "../../specs/engine/catalog/types.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";

/** The answer that an operation gives when all goes well. */
export interface Success {
  readonly status: number;
  /** Those that are made from their schemas. */
  readonly headers: readonly DeclaredHeader[];
  readonly mediaType?: string;
  readonly schema?: SchemaNode;
  readonly examples: readonly unknown[];
}

export interface DeclaredHeader {
  readonly name: string;
  readonly required: boolean;
  readonly schema: SchemaNode;
}

/** What describes the message and the connection as they are, and what asks a client to act. */
const NOT_FROM_SCHEMA = new Set([
  "content-type",
  "content-length",
  "content-encoding",
  "transfer-encoding",
  "trailer",
  "connection",
  "keep-alive",
  "upgrade",
  "date",
  "retry-after",
  "set-cookie",
]);

/**
 * The first declared success: exact codes before `2XX`, then `default`, and a redirect where there is nothing else. An
 * operation that declares none has one without a body all the same: its author named what may go wrong, and left it there.
 */
export function successOf(operation: Operation, schemas: Schemas): Success {
  const response = declaredSuccess(operation);
  if (response === undefined) return { status: assumedStatus(operation), headers: [], examples: [] };
  const status = /^[23]\d\d$/.test(response.status) ? Number(response.status) : 200;
  return answerIn(response, status, schemas);
}

/** The status of a success that nobody declared. */
export const assumedStatus = ({ method }: Pick<Operation, "method">): number =>
  method === "POST" ? 201 : 204;

export function declaredSuccess(operation: Operation): ResponseSpec | undefined {
  return (
    operation.responses.find(({ status }) => /^2\d\d$/.test(status)) ??
    operation.responses.find(({ status }) => status === "2XX") ??
    operation.responses.find(({ status }) => status === "default") ??
    operation.responses.find(({ status }) => /^3\d\d$/.test(status))
  );
}

/** A declared response as an answer: in JSON where it can be, or in the media type that has the example of the name. */
export function answerIn(
  response: ResponseSpec,
  status: number,
  schemas: Schemas,
  example?: string,
): Success {
  const types = Object.keys(response.content).filter(
    (type) => example === undefined || example in (response.content[type]?.examples ?? {}),
  );
  const mediaType = types.find(isJsonType) ?? types[0];
  const headers = headersOf(response, schemas);
  if (mediaType === undefined) return { status, headers, examples: [] };
  const { examples = {}, schema } = response.content[mediaType] ?? {};
  return {
    status,
    headers,
    mediaType,
    examples: example === undefined ? Object.values(examples) : [examples[example]],
    ...(schema === undefined ? {} : { schema: schemas.at(schema) }),
  };
}

export const headersOf = ({ headers }: ResponseSpec, schemas: Schemas): DeclaredHeader[] =>
  Object.entries(headers).flatMap(([name, { schema, required }]) =>
    schema === undefined || NOT_FROM_SCHEMA.has(name.toLowerCase())
      ? []
      : [{ name, required, schema: schemas.at(schema) }],
  );

/** The schema of what an operation is sent: of its JSON where it takes that, otherwise of its form. */
export function bodySchemaOf({ requestBody }: Operation, schemas: Schemas): SchemaNode | undefined {
  const content = Object.entries(requestBody?.content ?? {});
  const [, media] = content.find(([type]) => isJsonType(type)) ?? content[0] ?? [];
  return media?.schema === undefined ? undefined : schemas.at(media.schema);
}

/** `booking_id`, `bookingId` and `BookingID` are one name. */
export const plain = (name: string): string => name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();

export function lastLiteral(path: string): string {
  return path.split("/").findLast((segment) => segment !== "" && !segment.includes("{")) ?? "";
}

export function singularOf(name: string): string {
  if (name.endsWith("ies")) return `${name.slice(0, -3)}y`;
  return name.endsWith("s") && !name.endsWith("ss") ? name.slice(0, -1) : name;
}

const NOTHING: PlainObject = Object.freeze({});

/** The value itself where it is an object, to be read; otherwise one without members. */
export const objectIn = (value: unknown): PlainObject => (isPlainObject(value) ? value : NOTHING);
