import type { Operation } from "../../specs/engine/catalog/types.ts";
import { declaredStatus } from "../resources/declared-problem.ts";
import type { OwnProblem, Resources } from "../resources/resources.ts";
import type { IdempotentAnswer } from "../store/store.ts";
import { after, type Soon } from "../values/soon.ts";
import type { Arrival } from "./arrival.ts";
import type { BodyText } from "./body-text.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";
import type { SandboxSettings } from "./options.ts";
import type { Prepared } from "./prepare.ts";
import { PROBLEM_TYPE, type Problem, type ProblemBody, problemBody } from "./problem.ts";
import { Reply } from "./reply.ts";

/** What every answer is made from, beside its own content. */
export interface AnswerParts {
  readonly arrival: Pick<Arrival, "headers">;
  readonly requestId: string;
  /** Headers that steps on the way gave, such as the rate limit's. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where no operation was found. */
  readonly operation?: Operation | undefined;
  /** Set by the answer that is made. */
  reply?: Reply | undefined;
}

/** Makes responses, all with the same set of common headers in the same order. */
export class Answers {
  readonly #settings: SandboxSettings;
  readonly #resources: Resources;

  constructor(settings: SandboxSettings, resources: Resources) {
    this.#settings = settings;
    this.#resources = resources;
  }

  success(parts: AnswerParts, { status, headers, body }: Prepared): Reply {
    const all = this.#common(parts);
    // What is true of this very exchange stands over what a schema would have in its place.
    for (const [name, value] of headers) all[name] ??= value;
    return reply(parts, status, all, body);
  }

  /** The first answer of an idempotency key, under the first request's id. */
  replay(parts: AnswerParts, { status, headers, body }: IdempotentAnswer): Reply {
    const all = this.#common(parts);
    for (const [name, value] of headers) all[name] = value;
    all["idempotent-replayed"] = "true";
    return reply(parts, status, all, body);
  }

  /** Problem details, or the error format that the operation declares in their place. */
  problem(parts: AnswerParts, problem: Problem): Soon<Reply> {
    const { operation, requestId, arrival } = parts;
    if (operation === undefined) return this.plainProblem(parts, problem);
    const body = problemBody(problem, this.#settings.docsBase ?? "/", requestId, (status) =>
      declaredStatus(operation, status),
    );
    const said = { ...problem.headers, ...this.#common(parts) };
    return after(this.#resources.problem(operation, body), (own) =>
      after(this.#resources.problemHeaders(operation, body.status, arrival.headers, said), (headers) =>
        this.#refusal(parts, problem, body, { own, headers }),
      ),
    );
  }

  /** Problem details, where no operation has a say. */
  plainProblem(parts: AnswerParts, problem: Problem): Reply {
    const body = problemBody(problem, this.#settings.docsBase ?? "/", parts.requestId);
    return this.#refusal(parts, problem, body);
  }

  #refusal(
    parts: AnswerParts,
    problem: Problem,
    body: ProblemBody,
    declared?: { readonly own: OwnProblem | undefined; readonly headers: Readonly<Record<string, string>> },
  ): Reply {
    const all = this.#common(parts);
    for (const [name, value] of Object.entries(declared?.headers ?? {})) all[name] ??= value;
    all["content-type"] = declared?.own?.mediaType ?? PROBLEM_TYPE;
    for (const [name, value] of Object.entries(problem.headers ?? {})) all[name] = value;
    return reply(parts, body.status, all, JSON.stringify(declared?.own?.body ?? body));
  }

  options(parts: AnswerParts, allow: string): Reply {
    const all = { ...this.#common(parts), ...preflightHeaders(parts.arrival, allow), allow };
    return reply(parts, 204, all, "");
  }

  #common({ arrival, requestId, headers }: AnswerParts): Record<string, string> {
    const all = { "eco-request-id": requestId, "cache-control": "no-store", ...headers };
    const origin = arrival.headers.get("origin");
    return origin === null ? all : { ...all, ...corsHeaders(origin, this.#settings.cors ?? "loopback") };
  }
}

function reply(parts: AnswerParts, status: number, headers: Record<string, string>, body: BodyText): Reply {
  parts.reply = new Reply(status, headers, body);
  return parts.reply;
}
