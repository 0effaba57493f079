import type { ArmedRule } from "../faults/armed-rule.ts";
import type { ExchangeFacts, Watched } from "../session/recorder.ts";
import { CLOCK, type ClockRecord, clockOf, readClock } from "../store/clock.ts";
import { part } from "../values/part.ts";
import type { Soon } from "../values/soon.ts";
import { type Admitted, admit, type LetIn } from "./admit.ts";
import { Answers } from "./answers.ts";
import { type Arrival, hasRequest, requestArrival } from "./arrival.ts";
import { AskedDecision } from "./asked-decision.ts";
import { CUT_OFF } from "./body.ts";
import type { Core } from "./core.ts";
import { type DecideOutcome, decideAgain, decideOnce } from "./decide.ts";
import { problemOf } from "./fault.ts";
import { followUp } from "./follow-up.ts";
import { type KeyedRequest, replayOf } from "./idempotency.ts";
import type { OperationTable } from "./operation-table.ts";
import { exchangeOf, keptExchange, Passage } from "./passage.ts";
import type { OperationPlan } from "./plan.ts";
import { type Problem, stop } from "./problem.ts";
import { type Answered, type Reply, responseOf } from "./reply.ts";

const injecting = part("what goes wrong on purpose", () => import("../faults/inject-request.ts"));

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

  answer(arrival: Arrival): Promise<Answered> {
    if (this.#held !== undefined) return this.#held.then(() => this.answer(arrival));
    const { recorder, randomness } = this.#core;
    const requestId = randomness.requestId();
    return recorder.active && hasRequest(arrival)
      ? this.#recorded(arrival, requestId)
      : this.#pass(new Passage(arrival, requestId));
  }

  async #recorded(arrival: Arrival, requestId: string): Promise<Answered> {
    this.#underWay += 1;
    try {
      const request = arrival.request();
      const next = async (passing: Request): Promise<Watched> => {
        const passage = new Passage(requestArrival(passing), requestId);
        const response = responseOf(await this.#pass(passage), passing.method);
        return { response, facts: factsOf(passage) };
      };
      return await this.#core.recorder.exchange(request, requestId, next, () => {
        const passage = new Passage(requestArrival(request), requestId);
        passage.code = CUT_OFF.problem.code;
        const answer = this.#answers.plainProblem(passage, CUT_OFF.problem);
        return responseOf(this.#noted(passage, answer), request.method);
      });
    } catch (error) {
      return this.#failed(new Passage(arrival, requestId), error);
    } finally {
      this.#ended();
    }
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

  #ended(): void {
    this.#underWay -= 1;
    if (this.#underWay > 0) return;
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

  /** The whole way of a request, and what is kept of it. */
  async #pass(passage: Passage): Promise<Answered> {
    this.#underWay += 1;
    try {
      return this.#noted(passage, await this.#watched(passage));
    } catch (error) {
      return this.#failed(passage, error);
    } finally {
      this.#ended();
    }
  }

  /** Nobody else would catch it, and a server would end with all its requests. */
  async #failed(passage: Passage, error: unknown): Promise<Answered> {
    const { requestId, operation, pathname } = passage;
    this.#core.report({ requestId, where: operation?.id ?? pathname, error });
    const problem = problemOf(error);
    passage.code = problem.code;
    return this.#noted(passage, await this.#toldAnyway(passage, problem));
  }

  /** What failed may be the form that the operation gives its errors. */
  async #toldAnyway(passage: Passage, problem: Problem): Promise<Reply> {
    try {
      return await this.#answers.problem(passage, problem);
    } catch {
      return this.#answers.plainProblem(passage, problem);
    }
  }

  #noted(passage: Passage, answered: Answered): Answered {
    const { settings, log } = this.#core;
    settings.onExchange?.(exchangeOf(passage, answered.status));
    log.add(keptExchange(passage, answered));
    return answered;
  }

  #watched(passage: Passage): Soon<Answered> {
    const { observation } = this.#core;
    if (observation?.watches !== true || !hasRequest(passage.arrival)) return this.#caughtUp(passage);
    // Who watches a client reads its requests whole, beside the sandbox.
    const arrival = requestArrival(passage.arrival.request());
    passage.arrival = arrival;
    const next = async (): Promise<Response> => responseOf(await this.#caughtUp(passage), arrival.method);
    return observation.around(passage, next) ?? this.#caughtUp(passage);
  }

  /** Not before a reset under way has ended, and it is known what other processes did. */
  #caughtUp(passage: Passage): Soon<Answered> {
    const { following } = this.#core;
    if (this.#resetting !== undefined) return this.#resetting.then(() => this.#caughtUp(passage));
    return following.isBehind ? following.look().then(() => this.#route(passage)) : this.#route(passage);
  }

  #route(passage: Passage): Soon<Answered> {
    const { arrival, pathname } = passage;
    const match = this.#table.match(arrival.method, pathname, passage);
    switch (match.kind) {
      case "none":
        return this.#refuse(
          passage,
          stop("ECO_NOT_FOUND", this.#table.unknown(arrival.method, pathname)).problem,
        );
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

  #wrongMethod(passage: Passage, declared: readonly string[]): Soon<Reply> {
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
    return await (faults.forRequests
      ? this.#withFault(passage, plan, admitted)
      : this.#goOn(passage, plan, admitted));
  }

  #goOn(passage: Passage, plan: OperationPlan, admitted: LetIn): Soon<Reply> {
    if (admitted.kind === "replay") return this.#answers.replay(passage, admitted.answer);
    if (admitted.kind === "shown") return this.#answers.success(passage, admitted.prepared);
    const { steps } = this.#core;
    return steps.run("decide", passage.requestId, () => this.#decide(passage, plan, admitted));
  }

  async #withFault(passage: Passage, plan: OperationPlan, admitted: LetIn): Promise<Answered> {
    const { steps, faults } = this.#core;
    const { requestId, party = "", arrival } = passage;
    const fault = await steps.run("fault", requestId, () => this.#drawFault(passage, plan));
    if (fault === undefined) return this.#goOn(passage, plan, admitted);
    passage.faults = [fault.id];
    const { injectFault } = await injecting();
    return injectFault(fault, party, {
      go: async () => responseOf(await this.#goOn(passage, plan, admitted), arrival.method),
      leave: () =>
        steps.run("decide", requestId, async () => {
          if (admitted.kind === "admitted") this.#leave(admitted);
        }),
      refuse: async (problem) => responseOf(await this.#refuse(passage, problem), arrival.method),
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

  async #decide(passage: Passage, plan: OperationPlan, admitted: Admitted): Promise<Reply> {
    const { read, wallClock } = this.#core;
    try {
      const wallMs = wallClock();
      const clock = clockOf(await read.get<ClockRecord>(CLOCK.collection, CLOCK.id), wallMs);
      passage.now = clock.now;
      const asked = new AskedDecision(this.#core, passage, plan, admitted, clock, wallMs);
      const first = await decideOnce(asked);
      const outcome = first.kind === "contended" ? await decideAgain(asked) : first;
      if (outcome.kind !== "answered") return this.#undecided(passage, outcome, admitted.keyed);
      const { answer, prepared } = outcome;
      const effect = answer.reset === true ? this.reset() : followUp(this.#core, answer, passage.requestId);
      if (effect instanceof Promise) await effect;
      return this.#answers.success(passage, prepared);
    } finally {
      this.#leave(admitted);
    }
  }

  #leave({ keyed }: Admitted): void {
    if (keyed !== undefined) this.#core.keys.leave(keyed);
  }

  #undecided(
    passage: Passage,
    outcome: Exclude<DecideOutcome, { readonly kind: "answered" }>,
    keyed: KeyedRequest | undefined,
  ): Soon<Reply> {
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
    }
  }

  #refuse(passage: Passage, problem: Problem): Soon<Reply> {
    passage.code = problem.code;
    return this.#answers.problem(passage, problem);
  }
}
