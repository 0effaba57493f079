import { readRequest as bindRequest, type RequestParts } from "../../specs/engine/catalog/bind.ts";
import type { Caller, DecisionContext, Refusal } from "../capabilities/capability.ts";
import { collections } from "../capabilities/records.ts";
import { withholdFrom } from "../capabilities/withheld.ts";
import type { ArmedRule } from "../faults/armed-rule.ts";
import { injectFault } from "../faults/inject-request.ts";
import type { ExchangeFacts, Watched } from "../session/recorder.ts";
import { readClock } from "../store/clock.ts";
import type { JsonObject } from "../store/store.ts";
import { Answers } from "./answers.ts";
import { authenticate } from "./authenticate.ts";
import { DEFAULT_BODY_LIMITS } from "./body.ts";
import type { Core } from "./core.ts";
import { type AnyAnswer, type DecideOutcome, decideAndApply } from "./decide.ts";
import { problemOf } from "./fault.ts";
import { answerToKeep, type KeyedRequest, type KeyOutcome, keyOf, replayOf } from "./idempotency.ts";
import { accepts } from "./negotiate.ts";
import type { OperationTable } from "./operation-table.ts";
import { exchangeOf, keptExchange, type Passage, passageOf } from "./passage.ts";
import type { OperationPlan } from "./plan.ts";
import { preferredAnswer, type Shown } from "./preference.ts";
import { isStop, type Problem, type Stop, stop } from "./problem.ts";
import { type IncomingRequest, readRequest, type ValidRequest } from "./read-request.ts";
import { TIMERS } from "./timers.ts";

const factsOf = ({ operation, party, code }: Passage): ExchangeFacts => ({
  ...(operation === undefined ? {} : { operationId: operation.id }),
  ...(party === undefined ? {} : { party }),
  ...(code === undefined ? {} : { code }),
});

/** A request that was let in: read, valid, and holding its key until it is answered. */
interface Admitted {
  readonly kind: "admitted";
  readonly valid: ValidRequest;
  readonly caller: Caller | undefined;
  readonly keyed?: KeyedRequest;
  release?(): void;
}

/** A request that gets an answer: its own, that of its key, or one that it asked to be shown. */
type LetIn = Admitted | Shown | Extract<KeyOutcome, { readonly kind: "replay" }>;

/** The way of a request through the sandbox, step by step; each step may stop it with a problem. */
export class Pipeline {
  readonly #core: Core;
  readonly #answers: Answers;
  readonly #table: OperationTable;
  readonly #underWay = new Set<Promise<Response>>();
  /** While a reset is under way, everybody waits for it. */
  #resetting: Promise<void> | undefined;
  /** While something is done alone, requests wait here before they begin. */
  #held: Promise<void> | undefined;

  constructor(core: Core, table: OperationTable) {
    this.#core = core;
    this.#table = table;
    this.#answers = new Answers(core.settings, core.resources);
  }

  answer(request: Request): Promise<Response> {
    return this.#held === undefined ? this.#start(request) : this.#held.then(() => this.answer(request));
  }

  #start(request: Request): Promise<Response> {
    const { recorder, randomness } = this.#core;
    const requestId = randomness.requestId();
    const answered = recorder.active
      ? recorder.exchange(request, requestId, (passing) => this.#watched(passing, requestId))
      : this.#timed(passageOf(request, requestId));
    this.#underWay.add(answered);
    void answered.finally(() => this.#underWay.delete(answered));
    return answered;
  }

  async #watched(request: Request, requestId: string): Promise<Watched> {
    const passage = passageOf(request, requestId);
    const response = await this.#timed(passage);
    return { response, facts: factsOf(passage) };
  }

  /** Runs `work` while no request is under way; those that come meanwhile wait for it. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#held;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held = promise;
    try {
      await before;
      await this.idle();
      return await work();
    } finally {
      if (this.#held === promise) this.#held = undefined;
      resolve();
    }
  }

  async idle(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  /** Back to the seed; requests that come meanwhile wait. */
  async reset(): Promise<void> {
    this.#resetting ??= this.#core.reset().finally(() => {
      this.#resetting = undefined;
    });
    await this.#resetting;
    this.#core.background.timersChanged();
  }

  async #timed(passage: Passage): Promise<Response> {
    const { settings, report, log, observation } = this.#core;
    const route = (): Promise<Response> => this.#route(passage);
    let response: Response;
    try {
      response = await (observation?.around(passage, route) ?? route());
    } catch (error) {
      report({ requestId: passage.requestId, where: passage.operation?.id ?? passage.url.pathname, error });
      response = this.#refuse(passage, problemOf(error));
    }
    settings.onExchange?.(exchangeOf(passage, response.status));
    log.add(keptExchange(passage, response));
    return response;
  }

  async #route(passage: Passage): Promise<Response> {
    if (this.#resetting !== undefined) await this.#resetting;
    const { request, url } = passage;
    const match = this.#table.match(request.method, url.pathname);
    switch (match.kind) {
      case "none":
        return this.#refuse(
          passage,
          stop("ECO_NOT_FOUND", `No operation has the path ${url.pathname}.`).problem,
        );
      case "malformed":
        return this.#refuse(
          passage,
          stop("ECO_REQUEST_MALFORMED", `The path segment ${match.segment} is not valid percent-encoding.`)
            .problem,
        );
      case "wrong-method":
        return this.#wrongMethod(passage, match.allow);
      case "found": {
        passage.operation = match.target;
        const outcome = await this.#operate(passage, this.#table.planOf(match.target), match.params);
        return isStop(outcome) ? this.#refuse(passage, outcome.problem) : outcome;
      }
    }
  }

  #wrongMethod(passage: Passage, declared: readonly string[]): Response {
    const methods = declared.includes("GET") ? [...declared, "HEAD", "OPTIONS"] : [...declared, "OPTIONS"];
    const allow = methods.join(", ");
    const { method } = passage.request;
    if (method === "OPTIONS") return this.#answers.options(passage, allow);
    const detail = `${method} isn't declared on ${passage.url.pathname}; it has ${allow}.`;
    return this.#refuse(passage, stop("ECO_METHOD_NOT_ALLOWED", detail, { headers: { allow } }).problem);
  }

  async #operate(
    passage: Passage,
    plan: OperationPlan,
    pathParams: Readonly<Record<string, string>>,
  ): Promise<Response | Stop> {
    const { steps, faults } = this.#core;
    const { requestId } = passage;
    const admitted = await steps.run("admit", requestId, () => this.#admit(passage, plan, pathParams));
    if (admitted.kind === "stop") return admitted;
    return faults.forRequests
      ? this.#withFault(passage, plan, admitted)
      : this.#goOn(passage, plan, admitted);
  }

  async #goOn(passage: Passage, plan: OperationPlan, admitted: LetIn): Promise<Response | Stop> {
    const { steps } = this.#core;
    const { requestId } = passage;
    if (admitted.kind === "replay") return this.#answers.replay(passage, admitted.answer);
    if (admitted.kind === "shown") return this.#answers.success(passage, admitted.prepared);
    return steps.run("decide", requestId, async () => {
      try {
        return await this.#decide(passage, plan, admitted);
      } finally {
        admitted.release?.();
      }
    });
  }

  async #withFault(passage: Passage, plan: OperationPlan, admitted: LetIn): Promise<Response | Stop> {
    const { steps, faults } = this.#core;
    const { requestId, party = "" } = passage;
    const go = (): Promise<Response | Stop> => this.#goOn(passage, plan, admitted);
    const fault = await steps.run("fault", requestId, () => this.#drawFault(passage, plan));
    if (fault === undefined) return go();
    passage.faults = [fault.id];
    return injectFault(fault, party, {
      go: async () => {
        const outcome = await go();
        return isStop(outcome) ? this.#refuse(passage, outcome.problem) : outcome;
      },
      leave: () =>
        steps.run("decide", requestId, async () => {
          if (admitted.kind === "admitted") admitted.release?.();
        }),
      refuse: (problem) => this.#refuse(passage, problem),
      limit: (headers) => {
        passage.headers = headers;
      },
      wait: (ms) => faults.wait(ms),
    });
  }

  async #drawFault({ request, url, party }: Passage, plan: OperationPlan): Promise<ArmedRule | undefined> {
    const { faults, read, wallClock } = this.#core;
    const { now } = await readClock(read, wallClock());
    const traits = { operationId: plan.operation.id, method: request.method, path: url.pathname, party };
    return faults.drawForRequest(traits, now);
  }

  async #admit(
    passage: Passage,
    plan: OperationPlan,
    pathParams: Readonly<Record<string, string>>,
  ): Promise<LetIn | Stop> {
    const { request, url } = passage;
    const { limiter, tokens, settings } = this.#core;
    const who = await authenticate(
      plan.operation,
      plan.roles,
      { headers: request.headers, query: url.searchParams },
      tokens,
    );
    if (who.kind === "stop") return who;
    const { caller } = who;
    if (caller !== undefined) passage.party = caller.party;
    const limit = limiter.take(caller?.party ?? "");
    passage.headers = limit.headers;
    if (limit.refusal !== undefined) return limit.refusal;
    const unacceptable = accepts(request.headers.get("accept"), plan);
    if (unacceptable !== undefined) return unacceptable;
    const incoming: IncomingRequest = { request, url, pathParams };
    const valid = await readRequest(incoming, plan, settings.bodyLimits ?? DEFAULT_BODY_LIMITS);
    if (incoming.bytes !== undefined) passage.bytes = incoming.bytes;
    if (valid.kind === "stop") return valid;
    const preferred = preferredAnswer(request.headers.get("prefer"), plan.operation, this.#core.resources);
    if (preferred !== undefined) return preferred;
    const owner = `${caller?.party ?? ""} ${plan.operation.id}`;
    const keyed = keyOf(request, url.pathname + url.search, owner, valid.bytes);
    if (keyed === undefined) return { kind: "admitted", valid, caller };
    if ("kind" in keyed) return keyed;
    const key = await this.#core.keys.enter(keyed);
    return key.kind === "fresh" ? { ...key, kind: "admitted", valid, caller, keyed } : key;
  }

  async #decide(
    passage: Passage,
    plan: OperationPlan,
    { valid, caller, keyed }: Admitted,
  ): Promise<Response | Stop> {
    const { store, tenant, read, encoder, wallClock, newContext, dispatcher } = this.#core;
    const { requestId } = passage;
    const wallMs = wallClock();
    const clock = await readClock(read, wallMs);
    passage.now = clock.now;
    const outcome = await decideAndApply(
      plan,
      this.#decider(plan, valid.parts),
      () =>
        newContext({
          requestId,
          operationId: plan.operation.id,
          clock,
          ...(caller === undefined ? {} : { caller }),
        }),
      {
        store,
        tenant,
        encoder,
        wallMs,
        clockVersion: clock.version,
        planReplay: (answer, cause) => dispatcher.planReplay(answer.replay ?? [], cause),
        ...(keyed === undefined
          ? {}
          : { remember: (prepared) => answerToKeep(keyed, prepared, requestId, clock.now) }),
      },
    );
    return this.#conclude(passage, outcome, keyed);
  }

  #decider(
    plan: OperationPlan,
    parts: RequestParts,
  ): (context: DecisionContext) => Promise<AnyAnswer | Refusal> {
    const { capability, operation } = plan;
    if (capability === undefined) {
      return (context) => this.#core.resources.decide(operation, parts, context);
    }
    // Everything in it was read from JSON, or from text.
    const input = bindRequest(operation, parts) as JsonObject;
    return async (context) => {
      const decision = await capability.decide(input, context);
      if (decision.kind === "refused") return decision;
      const { catalog, caller } = context;
      return { ...decision, result: withholdFrom(caller, capability.name, decision.result, catalog) };
    };
  }

  async #conclude(passage: Passage, outcome: DecideOutcome, keyed?: KeyedRequest): Promise<Response | Stop> {
    switch (outcome.kind) {
      case "stop":
        return outcome;
      case "contended":
        return stop("ECO_CONFLICT", "Too many requests change the same records at this moment.", {
          headers: { "retry-after": "1" },
        });
      case "key-taken": {
        const replay = replayOf(outcome.answer, keyed?.fingerprint ?? "");
        return replay.kind === "replay" ? this.#answers.replay(passage, replay.answer) : (replay as Stop);
      }
      case "answered":
        await this.#followUp(outcome.answer, passage.requestId);
        return this.#answers.success(passage, outcome.prepared);
    }
  }

  /** What an answer sets going, before it goes out. */
  async #followUp(answer: AnyAnswer, requestId: string): Promise<void> {
    const { background, dispatcher, observation } = this.#core;
    if (answer.reset === true) return this.reset();
    const wrote = (name: string): boolean =>
      answer.writes?.some(({ collection }) => collection === name) === true;
    if (wrote(TIMERS)) background.timersChanged();
    if (wrote(collections.certificationWindows)) await observation?.refresh();
    if (answer.clock !== undefined) await background.runTimers(requestId);
    for (const endpointId of answer.resumes ?? []) await dispatcher.release(endpointId);
    if ((answer.events?.length ?? 0) > 0 || answer.replay !== undefined || answer.clock !== undefined) {
      dispatcher.wake();
    }
  }

  #refuse(passage: Passage, problem: Problem): Response {
    passage.code = problem.code;
    return this.#answers.problem(passage, problem);
  }
}
