import { isJsonType } from "../catalog/exchange/media-type.ts";
import { defaultStyle, serialiseParameter } from "../catalog/exchange/serialise-parameter.ts";
import type { Catalog, Operation, Parameter } from "../catalog/types.ts";
import { isIdempotencyKey, isIfMatch } from "../certification/provider/base.ts";
import { isTokenOperation } from "../certification/token-operation.ts";
import { authOf, secretsOf, tokenRequest } from "./auth.ts";
import { type Chains, chainsOf } from "./chains.ts";
import { exampleBody, exampleValue, parameterExample } from "./example-values.ts";
import { identifier, oneLine, uniqueNames } from "./names.ts";
import { folderOf, inOrder } from "./order.ts";
import type { CollectedRequest, Collection, Field, SavedAnswer, Variable } from "./types.ts";

/**
 * The operations as requests that can be run from top to bottom, with the values of the documents' examples, else with
 * ones made from their schemas. The same catalogue gives the same collection.
 *
 * @param operations those that are wanted, of the catalogue
 * @param baseUrl where they are served: operations' paths go after it
 */
export function collect(catalog: Catalog, operations: readonly Operation[], baseUrl: string): Collection {
  const chains = chainsOf(catalog, operations);
  const token = tokenRequest(catalog, operations);
  const unique = uniqueNames();
  if (token !== undefined) unique(token.id);
  const wanted =
    token === undefined ? operations : operations.filter((one) => !isTokenOperation(one, catalog));
  const requests = [
    ...(token === undefined ? [] : [token]),
    ...inOrder(wanted).map((one) => requestOf(catalog, one, chains, unique(identifier(one.id, "request")))),
  ];
  return {
    title: oneLine(catalog.ecosystem.title),
    description: catalog.ecosystem.description,
    baseUrl: baseUrl.replace(/\/+$/, ""),
    variables: variablesOf(catalog, wanted, chains),
    secrets: secretsOf(requests),
    requests,
  };
}

function variablesOf(catalog: Catalog, operations: readonly Operation[], chains: Chains): Variable[] {
  const values = new Map<string, string>();
  for (const operation of operations)
    for (const parameter of operation.parameters.filter((one) => one.in === "path")) {
      const name = chains.variableOf(operation, parameter.name);
      if (!values.has(name)) values.set(name, textOf(catalog, operation, parameter));
    }
  return [...values].map(([name, value]) => ({ name, value }));
}

const textOf = (catalog: Catalog, { id }: Operation, parameter: Parameter): string =>
  oneLine(serialiseParameter(parameter, parameterExample(catalog, parameter, id)));

function requestOf(catalog: Catalog, operation: Operation, chains: Chains, id: string): CollectedRequest {
  const { parameters } = operation;
  const path = parameters
    .filter((one) => one.in === "path")
    .map(({ name }) => ({ name, value: `{{${chains.variableOf(operation, name)}}}` }));
  const url = path.reduce(
    (soFar, { name, value }) => soFar.replace(`{${name}}`, () => value),
    operation.path,
  );
  const freshKey = parameters.find(isIdempotencyKey)?.name;
  const body = exampleBody(catalog, operation);
  return {
    id,
    title: oneLine(operation.summary) || oneLine(operation.id),
    description: operation.description,
    folder: oneLine(folderOf(operation)) || "Requests",
    method: operation.method,
    url,
    template: operation.path,
    path,
    query: queryOf(catalog, operation),
    headers: headersOf(catalog, operation),
    auth: authOf(operation),
    ...(freshKey === undefined ? {} : { freshKey }),
    ...(body === undefined ? {} : { body }),
    captures: chains.capturesOf(operation),
    answers: answersOf(catalog, operation),
    operation,
  };
}

function queryOf(catalog: Catalog, operation: Operation): Field[] {
  const fixed = Object.entries(operation.query ?? {}).map(([name, value]) => ({
    name: encodeURIComponent(name),
    value: encodeURIComponent(value),
  }));
  const declared = operation.parameters
    .filter((one) => one.in === "query")
    .flatMap((parameter) =>
      textOf(catalog, operation, parameter)
        .split("&")
        .map((pair) => {
          const at = pair.indexOf("=");
          const [name, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
          return { name, value, ...(parameter.required ? {} : { optional: true }) };
        }),
    );
  return [...fixed, ...declared];
}

function headersOf(catalog: Catalog, operation: Operation): Field[] {
  const accepted = acceptedBy(operation);
  const accept = accepted === undefined ? [] : [{ name: "Accept", value: accepted }];
  const own = operation.parameters
    .filter((one) => one.in === "header" && !isIdempotencyKey(one))
    .map((parameter) => ({
      name: parameter.name,
      // Whatever version is there: the reader has not read one yet.
      value: isIfMatch(parameter) ? "*" : textOf(catalog, operation, parameter),
      ...(parameter.required ? {} : { optional: true }),
    }));
  const cookies = operation.parameters
    .filter((one) => one.in === "cookie" && one.required)
    .map((parameter) => {
      const text = textOf(catalog, operation, parameter);
      return (parameter.style ?? defaultStyle("cookie")) === "form" ? text.replaceAll("&", "; ") : text;
    });
  return [
    ...accept,
    ...own,
    ...(cookies.length === 0 ? [] : [{ name: "Cookie", value: cookies.join("; ") }]),
  ];
}

function acceptedBy({ responses }: Operation): string | undefined {
  const types = responses
    .filter(({ status }) => status.startsWith("2"))
    .flatMap(({ content }) => Object.keys(content));
  return types.find(isJsonType) ?? types[0];
}

/** The examples of the document's own answers; a made-up one would only say what the schema says. */
function answersOf(catalog: Catalog, operation: Operation): SavedAnswer[] {
  return operation.responses.flatMap((response): SavedAnswer[] => {
    const status = Number(response.status);
    const [mediaType, media] =
      Object.entries(response.content).find(([, one]) => Object.keys(one.examples).length > 0) ?? [];
    if (!Number.isInteger(status) || mediaType === undefined || media === undefined) return [];
    const value = exampleValue(catalog, media, operation.id, "answer");
    const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
    return [{ status, description: oneLine(response.description), mediaType, text }];
  });
}
