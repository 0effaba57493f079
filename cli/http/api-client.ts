import { randomUUID } from "node:crypto";
import { readResponse, type WrittenRequest, writeRequest } from "../../specs/engine/catalog/exchange/bind.ts";
import { encodeBody } from "../../specs/engine/catalog/exchange/write-body.ts";
import { operationsByCapability, takesHeader } from "../../specs/engine/catalog/lookup.ts";
import type { Catalog, Operation } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { parseAnswer } from "./parse-answer.ts";
import { problemToError } from "./problem.ts";
import type { TokenSource } from "./token-source.ts";
import type { HttpRequest, HttpResponse, Transport } from "./transport.ts";
import { urlOf } from "./url.ts";

export type Fields = Readonly<Record<string, unknown>>;

export interface CallResult {
  readonly status: number;
  /** In the words of the capability, whatever the ecosystem calls its fields. */
  readonly result: Fields;
  readonly operation: Operation;
}

export interface ApiClientParts {
  readonly catalog: Catalog;
  /** Origin, with a prefix where the API lives below one. */
  readonly baseUrl: string;
  readonly transport: Transport;
  /** Undefined for calls as nobody. */
  readonly tokens: TokenSource | undefined;
  /** Thrown by the first call that needs credentials where there are none. */
  readonly notSignedIn: () => EcoError;
}

export interface ExchangeOptions extends Pick<HttpRequest, "responseLimitBytes" | "signal"> {
  /** One for all attempts; a new one where left out. */
  readonly idempotencyKey?: string;
}

/**
 * Calls an ecosystem's operations by what they mean. Paths and field names come from the spec set, so the same command
 * works on another ecosystem's API.
 */
export class ApiClient {
  readonly #parts: ApiClientParts;

  constructor(parts: ApiClientParts) {
    this.#parts = parts;
  }

  has(capability: string): boolean {
    return operationsByCapability(this.#parts.catalog, capability).length > 0;
  }

  /** @throws EcoError ECO_OPERATION_UNKNOWN where the spec set binds no operation to it. */
  operation(capability: string): Operation {
    const operation = operationsByCapability(this.#parts.catalog, capability)[0];
    if (operation !== undefined) return operation;
    throw new EcoError("ECO_OPERATION_UNKNOWN", `The spec set binds no operation to \`${capability}\`.`, {
      fix: `Add \`x-eco-capability: ${capability}\` to the operation that does this, or choose another spec set with --specs.`,
    });
  }

  /** Whether the operation has a place for a field: bound to it, or a parameter of its name. */
  takes(capability: string, field: string): boolean {
    const { capability: binding, parameters } = this.operation(capability);
    if (Object.hasOwn(binding?.request ?? {}, field)) return true;
    return parameters.some(
      ({ in: place, name }) => name === field && (place === "query" || place === "path"),
    );
  }

  /** As much of a filter as the operation takes, for callers who filter what comes themselves. */
  takenOf(capability: string, filter: Fields): Fields {
    return Object.fromEntries(Object.entries(filter).filter(([field]) => this.takes(capability, field)));
  }

  /**
   * @param idempotencyKey one for all attempts of this call: what arrived twice has one effect. A new one where left out;
   *   who wants to ask again in another process gives its own
   * @throws EcoError the problem that the other side answered with, under its own code where eco knows it;
   *   ECO_SANDBOX_UNREACHABLE, ECO_TIMEOUT.
   */
  async call(
    capability: string,
    input: Fields = {},
    idempotencyKey: string = randomUUID(),
  ): Promise<CallResult> {
    const operation = this.operation(capability);
    const response = await this.exchange(operation, writeRequest(operation, input), { idempotencyKey });
    const body = parseAnswer(response, operation);
    return { status: response.status, result: asFields(readResponse(operation, body)), operation };
  }

  /** The items of a list page by page, until `limit` of them or the last. */
  async *list(
    capability: string,
    input: Fields = {},
    limit = Number.POSITIVE_INFINITY,
  ): AsyncGenerator<Fields> {
    const paged = this.takes(capability, "limit");
    // An API that tells where the next page begins and can't be asked for it has no more to give.
    const goesOn = this.takes(capability, "cursor");
    let cursor: unknown;
    let left = limit;
    do {
      const page: Fields = {
        ...(paged ? { limit: Math.min(100, left) } : {}),
        ...(cursor === undefined ? {} : { cursor }),
      };
      const { result } = await this.call(capability, { ...input, ...page });
      for (const item of itemsOf(result)) {
        if (left-- <= 0) return;
        yield asFields(item);
      }
      cursor = result["nextCursor"];
    } while (goesOn && typeof cursor === "string" && left > 0);
  }

  /**
   * The answer, of a success, to a request that is written already; signed in as the operation asks.
   * @throws EcoError as `call`
   */
  async exchange(
    operation: Operation,
    written: WrittenRequest,
    options: ExchangeOptions = {},
  ): Promise<HttpResponse> {
    const response = await this.#sendSignedIn(operation, written, {
      ...options,
      idempotencyKey: options.idempotencyKey ?? randomUUID(),
    });
    if (response.status < 200 || response.status >= 300) throw this.#refusal(response, operation);
    return response;
  }

  /** A token that somebody gave can't be renewed here: who gave it has to. */
  #refusal(response: HttpResponse, operation: Operation): EcoError {
    const error = problemToError(response, operation);
    const { tokens } = this.#parts;
    if (response.status !== 401 || tokens === undefined || tokens.renewable) return error;
    return new EcoError(error.code, `${error.message} It comes from ${tokens.source}.`, {
      fix: `Give a token that is still good in ${tokens.source}, or unset it to act by your profile.`,
      details: error.details,
    });
  }

  async #sendSignedIn(
    operation: Operation,
    written: WrittenRequest,
    options: SendOptions,
  ): Promise<HttpResponse> {
    const { tokens, notSignedIn } = this.#parts;
    if (operation.security.length === 0) return this.#send(operation, written, options, {});
    if (tokens === undefined) throw notSignedIn();
    const response = await this.#send(operation, written, options, await tokens.headers(operation));
    if (response.status !== 401 || !tokens.renewable) return response;
    // The token may have expired, or the sandbox been reset since: once more with a new one.
    tokens.forget();
    return this.#send(operation, written, options, await tokens.headers(operation));
  }

  #send(
    operation: Operation,
    written: WrittenRequest,
    { idempotencyKey, ...limits }: SendOptions,
    credentials: Readonly<Record<string, string>>,
  ): Promise<HttpResponse> {
    const body = written.body === undefined ? undefined : encodeBody(operation, written.body);
    const reads = operation.method === "GET" || operation.method === "HEAD";
    const keyed = takesHeader(operation, "idempotency-key");
    return this.#parts.transport.send({
      method: written.method,
      url: urlOf(this.#parts.baseUrl, written.path, written.search),
      headers: {
        accept: "application/json, application/problem+json",
        ...(body === undefined ? {} : { "content-type": body.contentType }),
        ...(keyed ? { "idempotency-key": idempotencyKey } : {}),
        ...written.headers,
        ...credentials,
      },
      ...(body === undefined ? {} : { body: body.text }),
      repeatable: reads || keyed || operation.method === "PUT",
      ...limits,
    });
  }
}

type SendOptions = ExchangeOptions & { readonly idempotencyKey: string };

function itemsOf(result: Fields): readonly unknown[] {
  if (Array.isArray(result)) return result;
  const items = result["items"] ?? Object.values(result).find((value) => Array.isArray(value));
  return Array.isArray(items) ? items : [];
}

function asFields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : { value };
}
