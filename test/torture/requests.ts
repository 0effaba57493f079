import { serialiseNamed, serialiseSearch } from "../../specs/engine/catalog/exchange/serialise-parameter.ts";
import type { Catalog, Operation, SchemaRef } from "../../specs/engine/catalog/types.ts";
import { sample } from "../../specs/engine/certification/generate/sample.ts";
import { openSchema } from "../../specs/engine/certification/generate/schema.ts";
import type { Random } from "../../specs/engine/certification/random.ts";
import { garble, mutate } from "./mutate.ts";

export interface FuzzRequest {
  readonly operation: Operation;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** The body as a value, where it is still one. */
  readonly value?: unknown;
  readonly query: string;
  readonly path: Readonly<Record<string, string>>;
}

type Pair = readonly [name: string, value: string];

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;
const TYPES = [
  "text/plain",
  "application/xml",
  "application/json; charset=utf-16",
  "multipart/form-data",
  "x",
] as const;
const ODD_HEADERS: readonly [Pair, ...Pair[]] = [
  ["accept", "application/xml"],
  ["accept", "*/*;q=0"],
  ["prefer", "code=418"],
  ["prefer", "example=nothing"],
  ["idempotency-key", " "],
  ["idempotency-key", "x".repeat(300)],
  ["content-encoding", "gzip"],
  ["if-match", '"1"'],
  ["host", "example.com"],
];

/** A request of an operation: valid as far as its schemas tell, or changed in one or a few places. */
export function fuzzRequest(
  catalog: Catalog,
  operation: Operation,
  token: string | undefined,
  random: Random,
): FuzzRequest {
  const made = (schema: SchemaRef | undefined): unknown => {
    if (schema === undefined) return random.word(6);
    const { schema: node, reader } = openSchema(catalog, schema);
    return sample(node, { reader, random, full: random.integer(2) === 0, direction: "request" });
  };
  const odd = (value: unknown): unknown => (random.integer(6) === 0 ? mutate(value, random) : value);
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const path: Record<string, string> = {};
  const query: Record<string, unknown> = {};
  for (const { name, in: place, required, schema, examples } of operation.parameters) {
    if (!required && place !== "path" && random.integer(2) === 0) continue;
    const value = odd(random.integer(3) === 0 ? (Object.values(examples)[0] ?? made(schema)) : made(schema));
    if (place === "path") path[name] = text(value);
    else if (place === "query") query[name] = value;
    else if (place === "header") headers[name.toLowerCase()] = headerText(serialised(operation, name, value));
  }
  if (random.integer(20) === 0) {
    const [name, value] = random.pick(ODD_HEADERS);
    headers[name] = value;
  }
  const target = operation.path.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(path[name] ?? "x"),
  );
  const search = searchOf(operation, query);
  const method = random.integer(40) === 0 ? random.pick(METHODS) : operation.method;
  return { operation, method, target: target + search, query: search, headers, path, ...bodyOf() };

  function bodyOf(): Pick<FuzzRequest, "body" | "value"> {
    const [type, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
    if (type === undefined || method === "GET" || method === "HEAD") return {};
    headers["content-type"] = random.integer(30) === 0 ? random.pick(TYPES) : type;
    let value = made(media?.schema);
    for (let changes = random.integer(3); changes > 0; changes -= 1) value = mutate(value, random);
    const written = type.includes("json") ? JSON.stringify(value) : formOf(value);
    return random.integer(12) === 0 ? { body: garble(written, random) } : { body: written, value };
  }
}

const text = (value: unknown): string =>
  typeof value === "object" ? JSON.stringify(value) : String(value) || "x";

/** What no client can put into a header isn't sent. */
const headerText = (value: string): string => value.replace(/[^\x20-\x7e]/g, "?").trim();

function serialised(operation: Operation, name: string, value: unknown): string {
  try {
    return serialiseNamed(operation, "header", name, value);
  } catch {
    return text(value);
  }
}

function searchOf(operation: Operation, query: Readonly<Record<string, unknown>>): string {
  try {
    return serialiseSearch(operation, query);
  } catch {
    return `?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, text(value)]))}`;
  }
}

function formOf(value: unknown): string {
  const fields = new URLSearchParams();
  for (const [name, item] of Object.entries(typeof value === "object" && value !== null ? value : {}))
    fields.append(name, text(item));
  return fields.toString();
}
