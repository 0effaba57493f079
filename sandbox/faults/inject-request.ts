import type { Problem } from "../pipeline/problem.ts";
import type { Soon } from "../values/soon.ts";
import type { ArmedRule } from "./armed-rule.ts";
import { cutConnection } from "./cut.ts";
import { isSpoiling, spoiled } from "./spoil.ts";

/** The ways that a request with a fault can take. */
export interface RequestWays {
  /** On to the decision, or to the answer that its key has. */
  go(): Promise<Response>;
  /** Away before anything is decided: its key comes free. */
  leave(): Promise<void>;
  refuse(problem: Problem): Soon<Response>;
  /** The headers of the rate limit that rules the request now. */
  limit(headers: Readonly<Record<string, string>>): void;
  /** By the wall clock. */
  wait(ms: number): Promise<void>;
}

/**
 * Lets a request go wrong as its rule has it. Nothing of it is kept: an answer that is stored under a key is the real one,
 * so a repeated request gets through once the fault is over.
 */
export async function injectFault(fault: ArmedRule, party: string, ways: RequestWays): Promise<Response> {
  const { phase = "before", latencyMs, status, drop } = fault.rule;
  const quota = fault.takeQuota(party);
  if (quota !== undefined) ways.limit(quota.headers);
  if (quota?.refusal !== undefined) {
    await ways.leave();
    return ways.refuse(quota.refusal.problem);
  }
  if (phase === "before") {
    if (latencyMs !== undefined) await ways.wait(fault.latencyMs());
    if (drop === true || status !== undefined) await ways.leave();
    if (drop === true) return cutConnection();
    if (status !== undefined) return spoiledIfAsked(await ways.refuse(problemOf(fault)), fault, ways);
    return spoiledIfAsked(await ways.go(), fault, ways);
  }
  const answer = await ways.go();
  if (latencyMs !== undefined) await ways.wait(fault.latencyMs());
  if (drop === true) return cutConnection();
  return spoiledIfAsked(status === undefined ? answer : await ways.refuse(problemOf(fault)), fault, ways);
}

function problemOf({ id, rule: { status = 500, retryAfterSeconds } }: ArmedRule): Problem {
  return {
    code: "ECO_FAULT_INJECTED",
    status,
    detail: `The fault rule ${id} answers ${status}.`,
    ...(retryAfterSeconds === undefined ? {} : { headers: { "retry-after": String(retryAfterSeconds) } }),
  };
}

function spoiledIfAsked(answer: Response, { rule }: ArmedRule, { wait }: RequestWays): Promise<Response> {
  return isSpoiling(rule) ? spoiled(answer, rule, wait) : Promise.resolve(answer);
}
