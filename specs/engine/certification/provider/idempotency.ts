import { isPlainObject } from "../../catalog/pointer.ts";
import type { Operation } from "../../catalog/types.ts";
import { answerOf, type CheckTable, held, type Observation, skipped, statusOf, violated } from "../check.ts";
import { validVariations } from "../generate/valid.ts";
import type { Exchange } from "../model.ts";
import { isIdempotencyKey } from "./base.ts";
import { type ProviderRun, perOperation, refusedWith, unable, unexpected } from "./checks.ts";
import type { Call } from "./context.ts";
import { isSuccess, jsonOf } from "./responses.ts";

const TWINS = 4;

function takesKey(operation: Operation): boolean {
  return operation.parameters.some(isIdempotencyKey);
}

/** A request with a key of its own, ready to be sent as often as needed. */
async function keyedCall(run: ProviderRun, operation: Operation): Promise<Call> {
  const { path } = await run.resources.ready(operation);
  const name = operation.parameters.find(isIdempotencyKey)?.name ?? "Idempotency-Key";
  const body = run.context.freshBody(operation);
  const header = { [name]: run.context.random.uuid() };
  return { purpose: "valid", path, header, ...(body === undefined ? {} : { body }) };
}

function sameAnswer(first: Exchange, second: Exchange): boolean {
  const [one, other] = [jsonOf(first.response), jsonOf(second.response)];
  const bodies =
    one === undefined
      ? first.response?.body === second.response?.body
      : JSON.stringify(one) === JSON.stringify(other);
  return bodies && first.response?.status === second.response?.status;
}

async function repeated(run: ProviderRun, operation: Operation): Promise<Observation> {
  const call = await keyedCall(run, operation);
  const first = await run.context.call(operation, call);
  if (!isSuccess(first.response)) return unexpected("The first request", first, "2xx");
  const second = await run.context.call(operation, call);
  const evidence = [first, second];
  if (sameAnswer(first, second))
    return held("The repeated request got the first answer.", { evidence, cases: 2 });
  const message = `The repeated request got another answer (${answerOf(first)}, then ${answerOf(second)}).`;
  return violated(message, { evidence, cases: 2 });
}

/** Another valid body; the id stays, so that only the key can be what is refused. */
function otherBody(run: ProviderRun, operation: Operation, body: unknown): unknown {
  const plan = run.context.bodyOf(operation);
  if (plan === undefined) return undefined;
  const variations = validVariations(plan.schema, body, plan.options, plan.isValid);
  return variations.find((one) => !one.pointer.startsWith("/id") && isPlainObject(one.value))?.value;
}

async function mismatched(run: ProviderRun, operation: Operation): Promise<Observation> {
  const call = await keyedCall(run, operation);
  const body = otherBody(run, operation, call.body);
  if (body === undefined) return skipped("not-applicable", "The operation has no second valid body.");
  const first = await run.context.call(operation, call);
  if (!isSuccess(first.response)) return unexpected("The first request", first, "2xx");
  const second = await run.context.call(operation, { ...call, purpose: "broken", body });
  const evidence = [first, second];
  if (!refusedWith(second, 422))
    return unexpected("The same key with another body", second, "422", { evidence, cases: 2 });
  return held("The same key with another body is refused with 422.", { evidence, cases: 2 });
}

/** Two requests under keys that differ in case alone: two requests, as a key is a text that nobody reads. */
async function keptApart(run: ProviderRun, operation: Operation): Promise<Observation> {
  const name = operation.parameters.find(isIdempotencyKey)?.name ?? "Idempotency-Key";
  const key = `Key-${run.context.random.uuid()}`;
  const evidence: Exchange[] = [];
  for (const one of [key.toUpperCase(), key.toLowerCase()]) {
    const call = await keyedCall(run, operation);
    const exchange = await run.context.call(operation, { ...call, header: { [name]: one } });
    evidence.push(exchange);
    if (isSuccess(exchange.response)) continue;
    const what =
      evidence.length === 1 ? "The first request" : "Another request under a key that differs in case alone";
    return unexpected(what, exchange, "2xx", { evidence, cases: 2 });
  }
  const [first, second] = evidence;
  if (first !== undefined && second !== undefined && sameAnswer(first, second))
    return violated("Another request under a key that differs in case alone got the answer to the first.", {
      evidence,
      cases: 2,
    });
  return held("Keys that differ in case alone are two keys.", { evidence, cases: 2 });
}

async function concurrent(run: ProviderRun, operation: Operation): Promise<Observation> {
  const call = await keyedCall(run, operation);
  const answers = await Promise.all(Array.from({ length: TWINS }, () => run.context.call(operation, call)));
  const more = { evidence: answers, cases: TWINS };
  const successes = answers.filter((one) => isSuccess(one.response));
  const [first, ...others] = successes;
  if (first === undefined) return violated("None of the concurrent requests succeeded.", more);
  const stray = answers.find((one) => !isSuccess(one.response) && statusOf(one) !== 409);
  if (stray !== undefined) return violated(`A concurrent twin got ${answerOf(stray)}.`, more);
  if (others.some((one) => !sameAnswer(first, one)))
    return violated("Concurrent twins got different answers.", more);
  return held(`${successes.length} of ${TWINS} twins got the same answer, the others 409.`, more);
}

function holds(run: ProviderRun, operation: Operation, name: string): boolean {
  const base = run.context.bodyOf(operation)?.base;
  return isPlainObject(base) && name in base;
}

type Test = (run: ProviderRun, operation: Operation) => Promise<Observation>;

function perKeyed(run: ProviderRun, test: Test, applies = takesKey): AsyncIterable<Observation> {
  return perOperation(
    run,
    applies,
    async (operation) => (await unable(run, operation)) ?? test(run, operation),
  );
}

export const idempotencyChecks: CheckTable<ProviderRun> = {
  "provider.state.idempotent-repeat": (run) => perKeyed(run, repeated),
  "provider.state.idempotency-mismatch": (run) =>
    perKeyed(
      run,
      mismatched,
      (operation) => takesKey(operation) && run.context.bodyOf(operation) !== undefined,
    ),
  "provider.state.idempotency-keys-apart": (run) =>
    // Only where each request makes something else, two answers can't be the same by chance.
    perKeyed(
      run,
      keptApart,
      (operation) =>
        takesKey(operation) && run.context.identityOf(operation).some((name) => holds(run, operation, name)),
    ),
  "provider.state.concurrent-twins": (run) => perKeyed(run, concurrent),
};
