import type { Catalog, Operation } from "../catalog/types.ts";
import { isTokenOperation } from "../certification/token-operation.ts";
import { secretsOf, tokensOf } from "./auth.ts";
import { chainsOf } from "./chains.ts";
import { inertRequest } from "./inert.ts";
import { journeyRequests } from "./journeys.ts";
import { identifier, oneLine, uniqueNames } from "./names.ts";
import { byNeed, inOrder, neededBy } from "./order.ts";
import { namesParty, pathValue, type RequestContext, requestOf } from "./requests.ts";
import type { CollectedRequest, Collection, Variable } from "./types.ts";

export interface CollectOptions {
  /** Where the operations are served: their paths go after it. */
  readonly baseUrl: string;
  /** The company that will send them: where a parameter's example names a company of the ecosystem, it is this one. */
  readonly party?: string;
  /** Its client id, which is no secret. */
  readonly clientId?: string;
  /**
   * `whole` journeys are told where all that they call is wanted; `any` also where others play a part, with the
   * credentials that they publish. Default `whole`.
   */
  readonly journeys?: "whole" | "any";
}

/**
 * The operations as requests that can be run from top to bottom: the journeys of the spec set, which know what state a
 * call wants, then every operation that isn't told there, with the values of the documents' examples, else with ones
 * made from their schemas. The same catalogue gives the same collection.
 *
 * @param operations those that are wanted, of the catalogue
 */
export async function collect(
  catalog: Catalog,
  operations: readonly Operation[],
  options: CollectOptions,
): Promise<Collection> {
  const tokens = tokensOf(catalog, operations);
  const unique = uniqueNames();
  for (const { id } of tokens.requests) unique(id);
  const wanted =
    tokens.requests.length === 0 ? operations : operations.filter((one) => !isTokenOperation(one, catalog));
  const context: RequestContext = {
    catalog,
    chains: chainsOf(
      catalog,
      wanted,
      (operation, parameter) => options.party !== undefined && namesParty(catalog, operation, parameter),
    ),
    tokens,
    ...(options.party === undefined ? {} : { party: options.party }),
  };
  const told = await journeyRequests(context, wanted, { scope: options.journeys ?? "whole", unique });
  const rest = inOrder(wanted.filter((one) => !told.covered.has(one))).map((one) =>
    requestOf(context, one, unique(identifier(one.id, "request"))),
  );
  const requests = [...tokens.requests, ...told.requests, ...byNeed(rest)].map(inertRequest);
  const secrets = secretsOf(requests, tokens);
  const [first] = tokens.clients;
  const known = options.clientId === undefined || first === undefined ? undefined : first.clientId;
  return {
    title: oneLine(catalog.ecosystem.title),
    description: catalog.ecosystem.description,
    baseUrl: options.baseUrl.replace(/\/+$/, ""),
    variables: [
      ...(known === undefined ? [] : [{ name: known, value: options.clientId ?? "" }]),
      ...variablesOf(context, wanted),
      ...told.variables,
    ],
    secrets: secrets.filter((name) => name !== known),
    requests,
    unfed: unfedIn(context, requests),
    leftOut: told.leftOut,
  };
}

function variablesOf(context: RequestContext, operations: readonly Operation[]): Variable[] {
  const values = new Map<string, string>();
  for (const operation of operations)
    for (const parameter of operation.parameters.filter((one) => one.in === "path")) {
      const name = context.chains.variableOf(operation, parameter.name);
      if (!values.has(name)) values.set(name, pathValue(context, operation, parameter));
    }
  return [...values].map(([name, value]) => ({ name, value }));
}

/** Ids in paths that stay what the document's example has, as no request before answers with one. */
function unfedIn({ catalog }: RequestContext, requests: readonly CollectedRequest[]): Collection["unfed"] {
  const told = new Set<string>();
  const unfed = new Map<string, string[]>();
  for (const request of requests) {
    const { path, title, operation } = request;
    for (const { name, value } of path) {
      const variable = /^\{\{(\w+)\}\}$/.exec(value)?.[1];
      const parameter = operation?.parameters.find((one) => one.in === "path" && one.name === name);
      const isCompany =
        operation !== undefined && parameter !== undefined && namesParty(catalog, operation, parameter);
      if (variable === undefined || told.has(variable) || isCompany) continue;
      unfed.set(variable, [...(unfed.get(variable) ?? []), title]);
    }
    const sent = request.method === "POST" ? neededBy(request) : [];
    for (const variable of [...sent, ...request.captures.map((one) => one.variable)]) told.add(variable);
  }
  return [...unfed].map(([variable, titles]) => ({ variable, requests: titles }));
}
