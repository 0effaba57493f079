import { fillPath, readRequest, writeRequest } from "../../../specs/engine/catalog/exchange/bind.ts";
import { isJsonType } from "../../../specs/engine/catalog/exchange/media-type.ts";
import { noValues, serialiseSearch } from "../../../specs/engine/catalog/exchange/serialise-parameter.ts";
import { text, writeBody } from "../../../specs/engine/catalog/exchange/write-body.ts";
import type { MediaType, Operation, Parameter } from "../../../specs/engine/catalog/types.ts";
import { isIdempotencyKey, isIfMatch } from "../../../specs/engine/certification/provider/base.ts";
import { exampleValue, parameterExample } from "../../../specs/engine/collection/example-values.ts";
import { namesParty } from "../../../specs/engine/collection/requests.ts";
import type { Site } from "../site.ts";
import type { CallStep } from "./provocation.ts";

/** The input of a capability, or all fields of a request that is bound to none. */
export type Input = Readonly<Record<string, unknown>>;

export interface RequestOptions {
  /** Whose request it is; nobody's where left out. */
  readonly as?: string;
  readonly key: string;
  /** Ids in the path, by parameter. */
  readonly path?: Readonly<Record<string, string>>;
  /** What is asked for in the place of the example. */
  readonly change?: (input: Input) => Input;
}

/** The request that an operation's own examples make, and what was changed in it. @throws EcoError where that can't be written */
export function exampleRequest(
  site: Site,
  operation: Operation,
  { as, key, path: ids = {}, change }: RequestOptions,
): CallStep {
  const values = noValues();
  for (const parameter of operation.parameters.filter(isSent))
    values[parameter.in][parameter.name] = valueFor(site, operation, parameter, as);
  Object.assign(values.path, ids);
  const headers: Record<string, string> = Object.fromEntries(
    Object.entries(values.header).map(([name, value]) => [name.toLowerCase(), text(value)]),
  );
  const keyName = operation.parameters.find(isIdempotencyKey)?.name;
  if (keyName !== undefined) headers[keyName.toLowerCase()] = key;
  const [type, media] = chosenMedia(operation);
  let body = media === undefined ? undefined : exampleValue(site.catalog, media, operation.id, "request");
  let target = fillPath(operation, values.path) + serialiseSearch(operation, values.query);
  if (change !== undefined) {
    const parts = {
      path: values.path,
      query: values.query,
      headers,
      ...(body === undefined ? {} : { body }),
    };
    const written = writeRequest(operation, change(readRequest(operation, parts)));
    target = written.path + written.search;
    body = written.body;
    Object.assign(headers, written.headers);
  }
  const content =
    body === undefined || type === undefined ? undefined : writeBody(type, body, media?.encoding);
  if (content !== undefined && type !== undefined) headers["content-type"] = type;
  return {
    does: "call",
    operationId: operation.id,
    ...(as === undefined ? {} : { as }),
    method: operation.method,
    target,
    headers,
    ...(content === undefined ? {} : { body: content }),
  };
}

const isSent = (parameter: Parameter): boolean =>
  (parameter.required || parameter.in === "path") && !isIdempotencyKey(parameter);

function valueFor(
  { catalog }: Site,
  operation: Operation,
  parameter: Parameter,
  as: string | undefined,
): unknown {
  if (isIfMatch(parameter)) return "*";
  return namesParty(catalog, operation, parameter) && as !== undefined
    ? as
    : parameterExample(catalog, parameter, operation.id);
}

/** JSON where the operation takes that. */
function chosenMedia({ requestBody }: Operation): readonly [string, MediaType] | readonly [] {
  const entries = Object.entries(requestBody?.content ?? {});
  return entries.find(([type]) => isJsonType(type)) ?? entries[0] ?? [];
}
