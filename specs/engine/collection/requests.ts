import { isJsonType } from "../catalog/exchange/media-type.ts";
import { defaultStyle, serialiseParameter } from "../catalog/exchange/serialise-parameter.ts";
import type { Catalog, Operation, Parameter } from "../catalog/types.ts";
import { isIdempotencyKey, isIfMatch } from "../certification/provider/base.ts";
import type { Tokens } from "./auth.ts";
import type { Chains } from "./chains.ts";
import { exampleBody, exampleValue, parameterExample } from "./example-values.ts";
import { isMarked, written } from "./markers.ts";
import { oneLine } from "./names.ts";
import { folderOf } from "./order.ts";
import type { CollectedRequest, Field, SavedAnswer } from "./types.ts";

/** What the requests of one collection share. */
export interface RequestContext {
  readonly catalog: Catalog;
  readonly chains: Chains;
  readonly tokens: Tokens;
  /** The company that sends them. */
  readonly party?: string;
}

/**
 * What stands in the place of a path parameter, percent-encoded: its example, else a value made from its schema; the
 * sender where the example names a company of the ecosystem.
 */
export const pathValue = (context: RequestContext, operation: Operation, parameter: Parameter): string =>
  textOf(context, operation, parameter);

const textOf = (context: RequestContext, operation: Operation, parameter: Parameter): string => {
  const { catalog, party } = context;
  const isParty = namesParty(catalog, operation, parameter);
  const examples = Object.values(parameter.examples);
  const value =
    isParty && (party !== undefined || examples.length === 0)
      ? (party ?? catalog.ecosystem.orchestrator)
      : parameterExample(catalog, parameter, operation.id);
  return oneLine(serialiseParameter(parameter, value));
};

/** Whether a parameter takes a company of the ecosystem: by its example, or by what the operation is bound to. */
export function namesParty({ ecosystem }: Catalog, operation: Operation, parameter: Parameter): boolean {
  const [example] = Object.values(parameter.examples);
  if (ecosystem.parties.some(({ id }) => id === example)) return true;
  const { capability } = operation;
  const locator = `$request.${parameter.in}.${parameter.name}`;
  const [field] = Object.entries(capability?.request ?? {}).find(([, from]) => from === locator) ?? [];
  return capability !== undefined && (field ?? parameter.name) === "partyId";
}

/** An operation as a request of its own. @param id unique in the collection */
export function requestOf(context: RequestContext, operation: Operation, id: string): CollectedRequest {
  const { catalog, chains, tokens } = context;
  const { parameters } = operation;
  const path = parameters
    .filter((one) => one.in === "path")
    .map(({ name }) => ({ name, value: `{{${chains.variableOf(operation, name)}}}` }));
  const freshKey = parameters.find(isIdempotencyKey)?.name;
  const body = exampleBody(catalog, operation, (value) => chains.chained(operation, value));
  return {
    id,
    title: oneLine(operation.summary) || oneLine(operation.id),
    description: operation.description,
    folder: oneLine(folderOf(operation)) || "Requests",
    method: operation.method,
    url: filled(operation.path, path),
    template: operation.path,
    path,
    query: queryOf(context, operation),
    headers: headersOf(context, operation),
    auth: tokens.authOf(operation),
    ...(freshKey === undefined ? {} : { freshKey }),
    ...(body === undefined ? {} : { body }),
    captures: chains.capturesOf(operation),
    answers: answersOf(catalog, operation),
    operation,
  };
}

function queryOf(context: RequestContext, operation: Operation): Field[] {
  const fixed = Object.entries(operation.query ?? {}).map(([name, value]) => ({
    name: encodeURIComponent(name),
    value: encodeURIComponent(value),
  }));
  const declared = operation.parameters
    .filter((one) => one.in === "query")
    .flatMap((parameter) =>
      pairsIn(queryText(context, operation, parameter)).map((pair) => ({
        ...pair,
        ...(parameter.required ? {} : { optional: true }),
      })),
    );
  return [...fixed, ...declared];
}

function queryText(context: RequestContext, operation: Operation, parameter: Parameter): string {
  const { [parameter.name]: id } = context.chains.chained(operation, {
    [parameter.name]: parameterExample(context.catalog, parameter, operation.id),
  }) as Readonly<Record<string, unknown>>;
  return typeof id === "string" && isMarked(id)
    ? written(`${encodeURIComponent(parameter.name)}=${id}`)
    : textOf(context, operation, parameter);
}

/** `a=1&b=2` as fields; what has no `=` is a name alone. */
export const pairsIn = (text: string): Field[] =>
  text
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? { name: pair, value: "" } : { name: pair.slice(0, at), value: pair.slice(at + 1) };
    });

/** A template with texts in the place of its parameters. */
export const filled = (template: string, path: readonly Field[]): string =>
  path.reduce((soFar, { name, value }) => soFar.replace(`{${name}}`, () => value), template);

function headersOf(context: RequestContext, operation: Operation): Field[] {
  const accepted = acceptedBy(operation);
  const accept = accepted === undefined ? [] : [{ name: "Accept", value: accepted }];
  const own = operation.parameters
    .filter((one) => one.in === "header" && !isIdempotencyKey(one))
    .map((parameter) => ({
      name: parameter.name,
      // Whatever version is there: the reader has not read one yet.
      value: isIfMatch(parameter) ? "*" : textOf(context, operation, parameter),
      ...(parameter.required ? {} : { optional: true }),
    }));
  const cookies = operation.parameters
    .filter((one) => one.in === "cookie" && one.required)
    .map((parameter) => {
      const text = textOf(context, operation, parameter);
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
