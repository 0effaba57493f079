import type { Operation } from "../../catalog/types.ts";
import { type CheckTable, held, type Observation, violated } from "../check.ts";
import type { Exchange } from "../model.ts";
import { baseParameters } from "./base.ts";
import { about, type ProviderRun, refusedWith, unexpected } from "./checks.ts";
import { urlOf } from "./serialise.ts";

/** In the order of harm: a DELETE that is carried out would be the worst way to find out. */
const METHODS = ["PUT", "PATCH", "GET", "POST", "DELETE"] as const;

/** May one path be an instance of both templates? Then the methods of the one are no surprise at the other. */
function overlap(one: string, other: string): boolean {
  const [left, right] = [one.split("/"), other.split("/")];
  const fits = (a: string, b: string): boolean => a === b || a.includes("{") || b.includes("{");
  return left.length === right.length && left.every((part, index) => fits(part, right[index] ?? ""));
}

function declaredAt(run: ProviderRun, template: string): string[] {
  return run.context.operations.filter((one) => one.template === template).map((one) => one.method);
}

function possibleAt(run: ProviderRun, template: string): string[] {
  return run.context.operations.filter((one) => overlap(one.template, template)).map((one) => one.method);
}

function allowFault(exchange: Exchange, declared: readonly string[]): string | undefined {
  const allow = exchange.response?.headers["allow"];
  if (allow === undefined) return "answered 405 without Allow";
  const listed = allow.split(",").map((one) => one.trim().toUpperCase());
  const missing = declared.filter((one) => !listed.includes(one));
  return missing.length === 0
    ? undefined
    : `answered 405 with Allow "${allow}", which lacks ${missing.join(", ")}`;
}

async function undeclaredMethod(run: ProviderRun, operation: Operation): Promise<Observation | undefined> {
  const { context } = run;
  const declared = declaredAt(run, operation.template);
  const possible = possibleAt(run, operation.template);
  const method = METHODS.find((one) => !possible.includes(one));
  if (method === undefined) return undefined;
  const values = baseParameters(operation, context.run, context.random);
  const path = { ...values.path, ...context.target.samples };
  const body = method === "GET" || method === "DELETE" ? {} : { body: "{}" };
  const exchange = await context.probe(operation, {
    method,
    url: urlOf(context.target.url, operation, { ...values, path, query: {} }),
    headers: {
      accept: "application/json",
      ...("body" in body ? { "content-type": "application/json" } : {}),
      ...context.target.credentials,
    },
    ...body,
  });
  const what = `${method} ${operation.template}, which is not declared`;
  if (!refusedWith(exchange, 405)) return unexpected(what, exchange, "405");
  const fault = allowFault(exchange, declared);
  if (fault !== undefined) return violated(`${what}: ${fault}.`, { evidence: [exchange] });
  return held(`${what}, is refused with 405.`, { evidence: [exchange] });
}

export const routingChecks: CheckTable<ProviderRun> = {
  async *"provider.input.method"(run) {
    const seen = new Set<string>();
    for (const operation of run.context.operations) {
      if (seen.has(operation.template) || run.context.away !== undefined) continue;
      seen.add(operation.template);
      const observation = await undeclaredMethod(run, operation);
      if (observation !== undefined)
        yield { ...about(operation), subject: operation.template, ...observation };
    }
  },

  async *"provider.input.unknown-path"(run) {
    const { context } = run;
    const [operation] = context.operations;
    if (operation === undefined) return;
    const url = `${context.target.url.replace(/\/+$/, "")}/${context.random.word(12)}`;
    const headers = { accept: "application/json", ...context.target.credentials };
    const exchange = await context.probe(operation, { method: "GET", url, headers });
    if (!refusedWith(exchange, 404)) yield unexpected("A path that nobody declared", exchange, "404");
    else yield held("A path that nobody declared is answered with 404.", { evidence: [exchange] });
  },
};
