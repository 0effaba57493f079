import { type WrittenRequest, writeRequest } from "../../specs/engine/catalog/exchange/bind.ts";
import type { Catalog, Operation } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { pause } from "../../specs/engine/pause.ts";
import document from "../../specs/generated/control-api.catalog.json" with { type: "json" };
import type { operations } from "../../specs/generated/control-api.ts";
import { type ControlAccess, findControl } from "../config/control-access.ts";
import type { Settings } from "../config/settings.ts";
import { refuseStrangeAddress } from "../config/strange-address.ts";
import type { Output } from "../output/output.ts";
import { parseAnswer } from "./parse-answer.ts";
import { problemToError } from "./problem.ts";
import { type HttpResponse, Transport } from "./transport.ts";

// Made from the document by the catalogue's own compiler.
const catalog = document as unknown as Catalog;

export type ControlOperation = keyof operations;

/** States and sessions are as large as what happened. */
const RESPONSE_LIMIT_BYTES = 512 * 1024 * 1024;

const LOOK_AGAIN_MS = 100;
const LOOKS_FOR_TOKEN = 50;

type JsonIn<Part> = Part extends { readonly content: { readonly "application/json": infer Body } }
  ? Body
  : unknown;
type Given<Part> = [Part] extends [undefined] ? unknown : NonNullable<Part>;

/** Parameters and body of a control operation in one object, each under its own name. */
export type ControlInput<Id extends ControlOperation> = Given<operations[Id]["parameters"]["path"]> &
  Given<operations[Id]["parameters"]["query"]> &
  (operations[Id] extends { readonly requestBody: infer Body } ? JsonIn<Body> : unknown);

/** The body of its success; nothing where it has none. */
export type ControlResult<Id extends ControlOperation> = operations[Id]["responses"] extends
  | { readonly 200: { readonly content: { readonly "application/json": infer Body } } }
  | { readonly 201: { readonly content: { readonly "application/json": infer Body } } }
  ? Body
  : undefined;

/** Controls a running sandbox, whatever API it plays. */
export class ControlClient {
  #access: ControlAccess;
  /** Whether the token was good once: where it isn't any more, the sandbox began again. */
  #wasGood = false;
  readonly #transport: Transport;

  constructor(access: ControlAccess, transport: Transport) {
    this.#access = access;
    this.#transport = transport;
  }

  /** @throws EcoError what the sandbox refused, under its own code; ECO_SANDBOX_UNREACHABLE, ECO_TIMEOUT. */
  async call<Id extends ControlOperation>(
    id: Id,
    input?: ControlInput<Id>,
    signal?: AbortSignal,
  ): Promise<ControlResult<Id>> {
    const response = await this.#answer(id, input, signal);
    return (response.body === "" ? undefined : parseAnswer(response, operationOf(id))) as ControlResult<Id>;
  }

  /** As `call`, for an answer that is no single JSON value. */
  async text<Id extends ControlOperation>(
    id: Id,
    input?: ControlInput<Id>,
    signal?: AbortSignal,
  ): Promise<string> {
    return (await this.#answer(id, input, signal)).body;
  }

  async #answer<Id extends ControlOperation>(
    id: Id,
    input?: ControlInput<Id>,
    signal?: AbortSignal,
  ): Promise<HttpResponse> {
    const operation = operationOf(id);
    const written = writeRequest(operation, (input ?? {}) as Readonly<Record<string, unknown>>);
    let response = await this.#send(written, signal);
    if (response.status === 401 && (await this.#renewed(signal)))
      response = await this.#send(written, signal);
    if (response.status !== 401) this.#wasGood = true;
    if (response.status < 200 || response.status >= 300) throw problemToError(response, operation);
    return response;
  }

  #send({ method, path, search, body }: WrittenRequest, signal?: AbortSignal): Promise<HttpResponse> {
    const { url, controlPath, token } = this.#access;
    return this.#transport.send({
      method,
      url: new URL(`${url}${path.replace(/^\/_sandbox/, controlPath)}${search}`),
      headers: {
        accept: "application/json, application/x-ndjson, application/problem+json",
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      repeatable: method !== "POST" && method !== "DELETE",
      responseLimitBytes: RESPONSE_LIMIT_BYTES,
      signal,
    });
  }

  /** A sandbox that was started again on its port has a new token, and answers a moment before it has left that here. */
  async #renewed(signal?: AbortSignal): Promise<boolean> {
    for (let tries = this.#wasGood ? LOOKS_FOR_TOKEN : 1; tries > 0 && signal?.aborted !== true; tries--) {
      const access = await findControl(this.#access.url);
      if (access !== undefined && access.token !== this.#access.token) {
        this.#access = access;
        return true;
      }
      if (tries > 1) await pause(LOOK_AGAIN_MS, signal);
    }
    return false;
  }
}

/**
 * Undefined where nobody knows the sandbox's control token.
 * @throws EcoError ECO_NOT_SIGNED_IN where a token of the environment would go where only a project file says
 */
export async function openControl(settings: Settings, out: Output): Promise<ControlClient | undefined> {
  const access = await findControl(settings.sandbox.value);
  // What a sandbox left on this machine is of its address; a token of the environment is of none.
  if (access?.isGiven === true) refuseStrangeAddress(settings, { name: "ECO_SANDBOX_TOKEN" });
  return access && new ControlClient(access, new Transport({ onWait: (message) => out.note(message) }));
}

export const noControl = (sandbox: string): EcoError =>
  new EcoError("ECO_CONTROL_REFUSED", `There is no control token for the sandbox at ${sandbox}.`);

function operationOf(id: ControlOperation): Operation {
  const operation = catalog.operations.find((candidate) => candidate.id === id);
  if (operation === undefined) throw new Error(`The control API declares no ${id}.`);
  return operation;
}
