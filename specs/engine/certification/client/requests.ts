import { essence, isJsonType, selectMediaType } from "../../catalog/exchange/media-type.ts";
import { takesHeader } from "../../catalog/lookup.ts";
import type { Operation, Parameter } from "../../catalog/types.ts";
import { percentDecoded } from "../../percent-decoded.ts";
import { type CheckTable, held, type Observation, skipped, violated } from "../check.ts";
import { openSchema, typesOf } from "../generate/schema.ts";
import { type ClientContext, headerOf, isTokenRequest, type Observed } from "./recording.ts";

const SECRET_NAMES =
  /^(access_?token|id_?token|refresh_?token|token|api_?key|key|secret|client_?secret|password|auth|authorization|signature)$/i;
const SECRET_FORMS = /eyJ[\w-]{8,}\.[\w-]+\.|whsec_|^Bearer\s/i;

function parameterText(observed: Observed, parameter: Parameter): string | undefined {
  if (parameter.in === "path") return observed.path[parameter.name];
  if (parameter.in === "query") return observed.url.searchParams.get(parameter.name) ?? undefined;
  return parameter.in === "header" ? headerOf(observed.exchange, parameter.name.toLowerCase()) : undefined;
}

function parameterFault(
  observed: Observed,
  parameter: Parameter,
  context: ClientContext,
): string | undefined {
  const text = parameterText(observed, parameter);
  if (text === undefined) {
    const missing = parameter.required && parameter.in !== "cookie";
    return missing ? `the ${parameter.in} parameter ${parameter.name} is missing` : undefined;
  }
  if (parameter.schema === undefined) return undefined;
  const { schema, reader } = openSchema(context.run.catalog, parameter.schema);
  const types = typesOf(reader.flat(schema));
  // Lists and objects have as many spellings as styles; only single values are compared.
  if (types.includes("array") || types.includes("object")) return undefined;
  const numeric = types.includes("integer") || types.includes("number");
  const value = numeric
    ? Number(text)
    : types.includes("boolean")
      ? text === "true" || (text === "false" ? false : text)
      : text;
  const [first] = context.run.validators.get(parameter.schema)(value);
  return first === undefined ? undefined : `the ${parameter.in} parameter ${parameter.name} ${first.message}`;
}

function bodyFault(observed: Observed, operation: Operation, context: ClientContext): string | undefined {
  const { body } = observed.exchange.request;
  if (body === undefined || body === "")
    return operation.requestBody?.required === true ? "the body is missing" : undefined;
  const type = headerOf(observed.exchange, "content-type") ?? "";
  const media = selectMediaType(operation.requestBody?.content ?? {}, type)?.media;
  if (media === undefined) return `a body as ${essence(type) || "no content type"} is not declared`;
  if (media.schema === undefined || !isJsonType(type)) return undefined;
  try {
    const [first] = context.run.validators.get(media.schema, "request")(JSON.parse(body));
    return first === undefined ? undefined : `${first.pointer || "the body"} ${first.message}`;
  } catch {
    return "the body is not JSON";
  }
}

function requestFault(observed: Observed, operation: Operation, context: ClientContext): string | undefined {
  for (const parameter of operation.parameters) {
    const fault = parameterFault(observed, parameter, context);
    if (fault !== undefined) return fault;
  }
  return bodyFault(observed, operation, context);
}

/** One observation per operation that was called. */
function* perCalled(
  context: ClientContext,
  applies: (operation: Operation) => boolean,
  fault: (observed: Observed, operation: Operation) => string | undefined,
): Generator<Observation> {
  const operations = new Set(context.observed.map((one) => one.operation).filter((one) => one !== undefined));
  for (const operation of [...operations].filter(applies)) {
    const own = context.observed.filter((one) => one.operation === operation);
    const more = {
      subject: operation.id,
      pointer: `${operation.document}#${operation.pointer}`,
      cases: own.length,
    };
    const failing = own.find((one) => fault(one, operation) !== undefined);
    if (failing === undefined) yield held(`${own.length} requests.`, more);
    else yield violated(`${fault(failing, operation)}.`, { evidence: [failing.exchange], ...more });
  }
}

function secretIn({ url }: Observed): string | undefined {
  if (url.password !== "") return "a password";
  const pair = [...url.searchParams].find(
    ([name, value]) => SECRET_NAMES.test(name) || SECRET_FORMS.test(value),
  );
  if (pair !== undefined) return `the query parameter ${pair[0]}`;
  return SECRET_FORMS.test(percentDecoded(url.pathname)) ? "a token in its path" : undefined;
}

/** What each request of the client looks like. */
export const requestChecks: CheckTable<ClientContext> = {
  async *"client.request.declared"({ observed }) {
    const strays = observed.filter((one) => one.operation === undefined);
    const [first] = strays;
    const cases = observed.length;
    if (first === undefined) {
      yield held(`All ${cases} requests go to declared operations.`, { cases });
      return;
    }
    const { method } = first.exchange.request;
    const message = `${method} ${first.url.pathname} is no operation of the specification (${strays.length} such requests).`;
    yield violated(message, { evidence: [first.exchange], cases });
  },

  async *"client.request.valid"(context) {
    yield* perCalled(
      context,
      () => true,
      (observed, operation) => requestFault(observed, operation, context),
    );
  },

  async *"client.request.not-deprecated"(context) {
    const called = context.observed.filter((one) => one.operation?.deprecated === true);
    const [first] = called;
    if (first?.operation === undefined)
      yield held("No deprecated operation was called.", { cases: context.observed.length });
    else
      yield violated(`${first.operation.id} is deprecated.`, {
        subject: first.operation.id,
        evidence: [first.exchange],
      });
  },

  async *"client.request.no-secret-in-url"({ observed }) {
    const cases = observed.length;
    const leaking = observed.find((one) => secretIn(one) !== undefined);
    if (leaking === undefined) yield held(`${cases} URLs hold no secret.`, { cases });
    else yield violated(`A URL holds ${secretIn(leaking)}.`, { evidence: [leaking.exchange], cases });
  },

  async *"client.request.idempotency-key"(context) {
    const missing = (one: Observed): string | undefined =>
      headerOf(one.exchange, "idempotency-key") === undefined
        ? "The request carries no Idempotency-Key"
        : undefined;
    yield* perCalled(
      context,
      (operation) => operation.method === "POST" && takesHeader(operation, "idempotency-key"),
      missing,
    );
  },

  async *"client.auth.reuse"(context) {
    const { observed, run } = context;
    const cases = observed.length;
    const tokens = observed.filter((one) => isTokenRequest(one, run.catalog));
    if (tokens.length === 0) {
      yield skipped("not-applicable", "The client fetched no token.");
      return;
    }
    // Each run of a client may begin with a token of its own.
    const runs = Map.groupBy(observed, (one) => one.exchange.session);
    const wasteful = [...runs.values()].find((own) => {
      const fetched = own.filter((one) => isTokenRequest(one, run.catalog)).length;
      return fetched > 2 && fetched * 2 >= own.length - fetched;
    });
    const counted = wasteful ?? observed;
    const fetched = counted.filter((one) => isTokenRequest(one, run.catalog)).length;
    const others = counted.length - fetched;
    if (wasteful === undefined) yield held(`${fetched} tokens for ${others} other requests.`, { cases });
    else yield violated(`${fetched} tokens were fetched for ${others} other requests.`, { cases });
  },
};
