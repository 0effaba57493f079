import { Router } from "../../specs/engine/catalog/routes/router.ts";
import { validatorsOf } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import { EcoError, errorDefinition } from "../../specs/engine/errors/index.ts";
import { requestArrival } from "../pipeline/arrival.ts";
import { type BodyLimits, DEFAULT_BODY_LIMITS } from "../pipeline/body.ts";
import { corsHeaders, preflightHeaders } from "../pipeline/cors.ts";
import { Fault, problemOf } from "../pipeline/fault.ts";
import type { SandboxSettings } from "../pipeline/options.ts";
import { type OperationPlan, planOperation } from "../pipeline/plan.ts";
import { PROBLEM_TYPE, type Problem, problemBody, type Stop, stop } from "../pipeline/problem.ts";
import { readRequest } from "../pipeline/read-request.ts";
import { Schemas } from "../resources/schemas.ts";
import { refusedControl } from "./access.ts";
import type { ControlOperation, ControlRequest } from "./api.ts";
import { controlCatalog } from "./catalog.ts";
import type { SandboxControl } from "./control.ts";
import { controlOperations } from "./operations.ts";
import { ControlRefusal } from "./refused.ts";

/** A state is as large as what happened in its sandbox. */
const LIMITS: Readonly<Record<string, Partial<BodyLimits>>> = {
  importState: { maxBytes: 512 * 1024 * 1024 },
};

export type ControlServerSettings = Pick<
  SandboxSettings,
  "controlToken" | "tenantToken" | "cors" | "docsBase" | "onFault"
>;

/**
 * Serves a sandbox's control over HTTP, as its OpenAPI document declares it: requests and answers are validated like
 * those of any spec set.
 */
export class ControlServer {
  readonly #control: SandboxControl;
  readonly #settings: ControlServerSettings;
  readonly #router = new Router<OperationPlan>();

  constructor(control: SandboxControl, settings: ControlServerSettings) {
    this.#control = control;
    this.#settings = settings;
    const catalog = controlCatalog;
    const validators = validatorsOf(catalog);
    const parts = { catalog, validators, schemas: new Schemas(catalog), capabilities: new Map() };
    for (const operation of catalog.operations) {
      this.#router.add(operation.method, operation.template, planOperation(operation, parts));
    }
  }

  /** `path` is what follows the reserved prefix. Never rejects. */
  async answer(request: Request, path: string): Promise<Response> {
    const requestId = `ctl_${crypto.randomUUID()}`;
    const origin = request.headers.get("origin");
    const common = {
      "eco-request-id": requestId,
      "cache-control": "no-store",
      ...corsHeaders(origin, this.#settings.cors ?? "loopback"),
    };
    try {
      const outcome = await this.#route(request, path, common);
      return "problem" in outcome ? this.#refuse(outcome.problem, requestId, common) : outcome;
    } catch (error) {
      const told = asProblem(error);
      if (told === undefined) this.#settings.onFault?.({ requestId, where: "control", error });
      return this.#refuse(told ?? problemOf(error), requestId, common);
    }
  }

  async #route(
    request: Request,
    path: string,
    common: Readonly<Record<string, string>>,
  ): Promise<Response | Stop> {
    const match = this.#router.match(request.method, path);
    if (match.kind === "wrong-method") {
      const allow = [...match.allow, "OPTIONS"].join(", ");
      if (request.method !== "OPTIONS")
        return stop("ECO_METHOD_NOT_ALLOWED", `The control API has ${allow} on ${path}.`, {
          headers: { allow },
        });
      const headers = { ...common, ...preflightHeaders(request, allow), allow };
      return new Response(null, { status: 204, headers });
    }
    const { controlToken, tenantToken, cors = "loopback" } = this.#settings;
    const tokens = [controlToken, tenantToken].filter((token) => token !== undefined);
    const refused = refusedControl(request, tokens, cors);
    if (refused !== undefined) return refused;
    if (match.kind !== "found") return stop("ECO_NOT_FOUND", `The control API has no ${path}.`);
    return this.#operate(request, match.target, match.params, common);
  }

  async #operate(
    request: Request,
    plan: OperationPlan,
    pathParams: Readonly<Record<string, string>>,
    common: Readonly<Record<string, string>>,
  ): Promise<Response | Stop> {
    const limits = { ...DEFAULT_BODY_LIMITS, ...LIMITS[plan.operation.id] };
    const { searchParams: queried } = new URL(request.url);
    const incoming = { arrival: requestArrival(request), query: queried };
    const valid = await readRequest(incoming, pathParams, plan, limits);
    if (valid.kind === "stop") return valid;
    const { path, query, body } = valid.parts;
    const result = await perform(plan.operation, this.#control, {
      path,
      query,
      body,
      signal: request.signal,
    });
    if (result instanceof Response) return result;
    const [success] = plan.successes;
    const violations = success?.check(result) ?? [];
    if (violations.length > 0) {
      throw new Fault(
        "ECO_ANSWER_INVALID",
        `The answer of ${plan.operation.id} breaks its schema`,
        violations,
      );
    }
    const { status = 200, mediaType } = success ?? {};
    if (mediaType === undefined) return new Response(null, { status, headers: common });
    return new Response(JSON.stringify(result), {
      status,
      headers: { ...common, "content-type": mediaType },
    });
  }

  #refuse(problem: Problem, requestId: string, common: Readonly<Record<string, string>>): Response {
    const body = problemBody(problem, this.#settings.docsBase ?? "/", requestId);
    const headers = { ...common, "content-type": PROBLEM_TYPE, ...problem.headers };
    return new Response(JSON.stringify(body), { status: body.status, headers });
  }
}

/** What was read and found valid by an operation's declarations has the types that were made from the same. */
function perform(operation: Operation, control: SandboxControl, request: unknown): Promise<unknown> {
  const handlers: Readonly<Record<string, (control: SandboxControl, request: never) => Promise<unknown>>> =
    controlOperations;
  const handler = handlers[operation.id];
  if (handler === undefined)
    throw new Error(`The control operation ${operation.id} is declared and not served.`);
  return handler(control, request as ControlRequest<ControlOperation> as never);
}

/** What a control function refused, in its own words; undefined for what went wrong in here. */
function asProblem(error: unknown): Problem | undefined {
  if (error instanceof ControlRefusal) return error.refusal;
  if (!(error instanceof EcoError) || (errorDefinition(error.code)?.status ?? 500) >= 500) return undefined;
  return { code: error.code, detail: error.message, fix: error.fix };
}
