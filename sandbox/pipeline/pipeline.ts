import { readRequest as bindRequest, type RequestParts } from "../../specs/engine/catalog/bind.ts";
import type { DecisionContext, Refusal } from "../capabilities/capability.ts";
import { collections } from "../capabilities/records.ts";
import { withholdFrom } from "../capabilities/withheld.ts";
import type { ArmedRule } from "../faults/armed-rule.ts";
import { injectFault } from "../faults/inject-request.ts";
import type { ExchangeFacts, Watched } from "../session/recorder.ts";
import { readClock } from "../store/clock.ts";
import type { JsonObject } from "../store/store.ts";
import { type Admitted, admit, type LetIn } from "./admit.ts";
import { Answers } from "./answers.ts";
import { type Arrival, hasRequest, requestArrival } from "./arrival.ts";
import { CUT_OFF } from "./body.ts";
import type { Core } from "./core.ts";
import { type AnyAnswer, type DecideOutcome, decideAndApply } from "./decide.ts";
import { problemOf } from "./fault.ts";
import { answerToKeep, type KeyedRequest, replayOf } from "./idempotency.ts";
import type { OperationTable } from "./operation-table.ts";
import { exchangeOf, keptExchange, Passage } from "./passage.ts";
import type { OperationPlan } from "./plan.ts";
import { type Problem, stop } from "./problem.ts";
import { type Answered, type Reply, responseOf } from "./reply.ts";
import { TIMERS } from "./timers.ts";

const factsOf = ({ operation, party, code }: Passage): ExchangeFacts => ({
  ...(operation === undefined ? {} : { operationId: operation.id }),
  ...(party === undefined ? {} : { party }),
  ...(code === undefined ? {} : { code }),
});

const CONTENDED: Problem = {
  code: "ECO_CONFLICT",
  detail: "Too many requests change the same records at this moment.",
  headers: { "retry-after": "1" },
};

/** The way of a request through the sandbox, step by step; each step may stop it with a problem. */
export class Pipeline {
  readonly #core: Core;
  readonly #answers: Answers;
  readonly #table: OperationTable;
  #underWay = 0;
  /** Somebody waits for the last request to end. */
  #idle: PromiseWithResolvers<void> | undefined;
  /** While a reset is under way, everybody waits for it. */
  #resetting: Promise<void> | undefined;
  /** While something is done alone, requests wait here before they begin. */
  #held: Promise<void> | undefined;

  constructor(core: Core, table: OperationTable) {
    this.#core = core;
    this.#table = table;
    this.#answers = new Answers(core.settings, core.resources);
  }

  async answer(arrival: Arrival): Promise<Answered> {
    while (this.#held !== undefined) await this.#held;
    const { recorder, randomness, observation } = this.#core;
    const requestId = randomness.requestId();
    this.#underWay += 1;
    try {
      if (recorder.active && hasRequest(arrival)) return await this.#recorded(arrival.request(), requestId);
      // Who watches a client reads its requests whole, beside the sandbox.
      const watched = observation?.watches === true && hasRequest(arrival);
      const whole = watched ? requestArrival(arrival.request()) : arrival;
      return await this.#timed(new Passage(whole, requestId));
    } catch (error) {
      // Nobody else would catch it, and a server would end with all its requests.
      const passage = new Passage(arrival, requestId);
      return this.#ended(passage, this.#failed(passage, error));
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#allAnswered();
    }
  }

  #recorded(request: Request, requestId: string): Promise<Response> {
    const next = async (passing: Request): Promise<Watched> => {
      const passage = new Passage(requestArrival(passing), requestId);
      const response = responseOf(await this.#timed(passage), passing.method);
      return { response, facts: factsOf(passage) };
    };
    return this.#core.recorder.exchange(request, requestId, next, () => {
      const passage = new Passage(requestArrival(request), requestId);
      return responseOf(this.#ended(passage, this.#refuse(passage, CUT_OFF.problem)), request.method);
    });
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

  /** Resolves when no request is under way. */
  async idle(): Promise<void> {
    while (this.#underWay > 0) {
      this.#idle ??= Promise.withResolvers<void>();
      await this.#idle.promise;
    }
  }

  #allAnswered(): void {
    this.#idle?.resolve();
    this.#idle = undefined;
  }

  /** Back to the seed; requests that come meanwhile wait. */
  async reset(): Promise<void> {
    this.#resetting ??= this.#core.reset().finally(() => {
      this.#resetting = undefined;
    });
    await this.#resetting;
  }

  async #timed(passage: Passage): Promise<Answered> {
    const { observation } = this.#core;
    let answered: Answered;
    try {
      const watched = observation?.around(passage, async () =>
        responseOf(await this.#route(passage), passage.arrival.method),
      );
      answered = await (watched ?? this.#route(passage));
    } catch (error) {
      answered = this.#failed(passage, error);
    }
    return this.#ended(passage, answered);
  }

  #failed(passage: Passage, error: unknown): Reply {
    const { requestId, operation, pathname } = passage;
    this.#core.report({ requestId, where: operation?.id ?? pathname, error });
    return this.#refuse(passage, problemOf(error));
  }

  #ended(passage: Passage, answered: Answered): Answered {
    const { settings, log } = this.#core;
    settings.onExchange?.(exchangeOf(passage, answered.status));
    log.add(keptExchange(passage, answered));
    return answered;
  }

  async #route(passage: Passage): Promise<Answered> {
    if (this.#resetting !== undefined) await this.#resetting;
    const { following } = this.#core;
    if (following.isBehind) await following.look();
    const { arrival, pathname } = passage;
    const match = this.#table.match(arrival.method, pathname, passage);
    switch (match.kind) {
      case "none":
        return this.#refuse(passage, stop("ECO_NOT_FOUND", `No operation has the path ${pathname}.`).problem);
      case "malformed":
        return this.#refuse(
          passage,
          stop("ECO_REQUEST_MALFORMED", `The path segment ${match.segment} is not valid percent-encoding.`)
            .problem,
        );
      case "wrong-method":
        return this.#wrongMethod(passage, match.allow);
      case "found":
        passage.operation = match.target;
        return this.#operate(passage, this.#table.planOf(match.target), match.params);
    }
  }

  #wrongMethod(passage: Passage, declared: readonly string[]): Reply {
    const methods = declared.includes("GET") ? [...declared, "HEAD", "OPTIONS"] : [...declared, "OPTIONS"];
    const allow = methods.join(", ");
    const { method } = passage.arrival;
    if (method === "OPTIONS") return this.#answers.options(passage, allow);
    const detail = `${method} isn't declared on ${passage.pathname}; it has ${allow}.`;
    return this.#refuse(passage, stop("ECO_METHOD_NOT_ALLOWED", detail, { headers: { allow } }).problem);
  }

  async #operate(
    passage: Passage,
    plan: OperationPlan,
    pathParams: Readonly<Record<string, string>>,
  ): Promise<Answered> {
    const { steps, faults } = this.#core;
    const admitted = await steps.run("admit", passage.requestId, () =>
      admit(this.#core, passage, plan, pathParams),
    );
    if (admitted.kind === "stop") return this.#refuse(passage, admitted.problem);
    return faults.forRequests
      ? this.#withFault(passage, plan, admitted)
      : this.#goOn(passage, plan, admitted);
  }

  #goOn(passage: Passage, plan: OperationPlan, admitted: LetIn): Reply | Promise<Reply> {
    if (admitted.kind === "replay") return this.#answers.replay(passage, admitted.answer);
    if (admitted.kind === "shown") return this.#answers.success(passage, admitted.prepared);
    return this.#core.steps.run("decide", passage.requestId, async () => {
      try {
        return await this.#decide(passage, plan, admitted);
      } finally {
        admitted.release?.();
      }
    });
  }

  async #withFault(passage: Passage, plan: OperationPlan, admitted: LetIn): Promise<Answered> {
    const { steps, faults } = this.#core;
    const { requestId, party = "", arrival } = passage;
    const fault = await steps.run("fault", requestId, () => this.#drawFault(passage, plan));
    if (fault === undefined) return this.#goOn(passage, plan, admitted);
    passage.faults = [fault.id];
    return injectFault(fault, party, {
      go: async () => responseOf(await this.#goOn(passage, plan, admitted), arrival.method),
      leave: () =>
        steps.run("decide", requestId, async () => {
          if (admitted.kind === "admitted") admitted.release?.();
        }),
      refuse: (problem) => responseOf(this.#refuse(passage, problem), arrival.method),
      limit: (headers) => {
        passage.headers = headers;
      },
      wait: (ms) => faults.wait(ms),
    });
  }

  async #drawFault(
    { arrival, pathname, party }: Passage,
    plan: OperationPlan,
  ): Promise<ArmedRule | undefined> {
    const { faults, read, wallClock } = this.#core;
    const { now } = await readClock(read, wallClock());
    const traits = { operationId: plan.operation.id, method: arrival.method, path: pathname, party };
    return faults.drawForRequest(traits, now);
  }

  async #decide(passage: Passage, plan: OperationPlan, { valid, caller, keyed }: Admitted): Promise<Reply> {
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
        accept: passage.arrival.headers.get("accept"),
        origin: () => passage.url.origin,
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

  async #conclude(passage: Passage, outcome: DecideOutcome, keyed?: KeyedRequest): Promise<Reply> {
    switch (outcome.kind) {
      case "stop":
        return this.#refuse(passage, outcome.problem);
      case "contended":
        return this.#refuse(passage, CONTENDED);
      case "key-taken": {
        const replay = replayOf(outcome.answer, keyed?.fingerprint ?? "");
        return replay.kind === "replay"
          ? this.#answers.replay(passage, replay.answer)
          : this.#refuse(passage, replay.problem);
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

  #refuse(passage: Passage, problem: Problem): Reply {
    passage.code = problem.code;
    return this.#answers.problem(passage, problem);
  }
}
