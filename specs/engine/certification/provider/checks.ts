import type { Operation } from "../../catalog/types.ts";
import type { Observation } from "../check.ts";
import { answerOf, skipped, violated } from "../check.ts";
import type { Exchange } from "../model.ts";
import { isTokenOperation } from "../token-operation.ts";
import { isProtected, type ProviderContext, pointerTo } from "./context.ts";
import type { Resources } from "./resources.ts";
import { declaresSuccess } from "./responses.ts";

/** What the provider checks share: the API under test and the means to bring its resources into a state. */
export interface ProviderRun {
  readonly context: ProviderContext;
  readonly resources: Resources;
}

/** Subject and spec pointer of an observation about an operation. */
export function about(operation: Operation): { subject: string; pointer: string } {
  return { subject: operation.id, pointer: pointerTo(operation) };
}

/** Runs a check on each operation that `applies`, until the API is given up. */
export async function* perOperation(
  run: ProviderRun,
  applies: (operation: Operation) => boolean,
  check: (operation: Operation) => AsyncIterable<Observation> | Promise<Observation | undefined>,
): AsyncGenerator<Observation> {
  for (const operation of run.context.operations.filter(applies)) {
    if (run.context.away !== undefined) return;
    const result = check(operation);
    if (result instanceof Promise) {
      const observation = await result;
      if (observation !== undefined) yield { ...about(operation), ...observation };
    } else {
      for await (const observation of result) yield { ...about(operation), ...observation };
    }
  }
}

/** Why a right request to the operation can't be made, so that nothing that needs one can be said of it. */
export async function unable(run: ProviderRun, operation: Operation): Promise<Observation | undefined> {
  const { context, resources } = run;
  const more = about(operation);
  if (isTokenOperation(operation, context.run.catalog)) {
    return skipped("not-applicable", "The operation takes credentials, which can't be made up.", more);
  }
  if (operation.requestBody?.required === true && context.bodyOf(operation) === undefined) {
    const types = Object.keys(operation.requestBody.content).join(" or ") || "any media type";
    return skipped("not-applicable", `No valid body of ${types} could be made from the specification.`, more);
  }
  if (!declaresSuccess(operation))
    return skipped("not-applicable", "The specification declares no success of the operation.", more);
  const lacking = lacksCredentials(run, operation);
  if (lacking !== undefined || (await resources.isThere(operation))) return lacking;
  const message = `No operation makes what ${operation.template} is about, and what its example names isn't there; give an existing one in samples.`;
  return skipped("not-configured", message, more);
}

/** Checks that need the operation to succeed can't run without credentials that it accepts. */
function lacksCredentials(run: ProviderRun, operation: Operation): Observation | undefined {
  if (!isProtected(operation)) return undefined;
  if (run.context.refused.has(operation.id)) {
    return skipped(
      "not-configured",
      "The API refuses the credentials that the run was given.",
      about(operation),
    );
  }
  if (run.context.target.credentials !== undefined) return undefined;
  return skipped(
    "not-configured",
    "The operation needs credentials, and the run was given none.",
    about(operation),
  );
}

export function refusedWith(exchange: Exchange, ...statuses: readonly number[]): boolean {
  return exchange.response !== undefined && statuses.includes(exchange.response.status);
}

/** Statuses that say nothing about what was wrong on purpose with the request. */
const BESIDES_THE_POINT = [401, 403, 429];

/** Refused for its content: a request that wasn't even let in proves nothing. */
export function refused(exchange: Exchange): boolean {
  const status = exchange.response?.status ?? 0;
  return status >= 400 && status < 500 && !BESIDES_THE_POINT.includes(status);
}

/** `answered 200, expected 404` about what was done. */
export function unexpected(
  what: string,
  exchange: Exchange,
  want: string,
  more: Partial<Observation> = {},
): Observation {
  return violated(`${what}: got ${answerOf(exchange)}, expected ${want}.`, {
    evidence: [exchange],
    ...more,
  });
}
