import type { Operation } from "../../catalog/types.ts";
import { answerOf, type CheckTable, held, type Observation, violated } from "../check.ts";
import { invalidVariations } from "../generate/invalid.ts";
import { shrink } from "../generate/shrink.ts";
import { validVariations } from "../generate/valid.ts";
import type { Variation } from "../generate/variation.ts";
import type { Exchange } from "../model.ts";
import type { BodyPlan } from "./base.ts";
import { type ProviderRun, perOperation, refused, refusedWith, unable, unexpected } from "./checks.ts";
import { parameterChecks, validParameterCases } from "./parameters.ts";
import { refreshed } from "./refreshed.ts";
import type { Ready } from "./resources.ts";
import { declaresStatus, isSuccess } from "./responses.ts";

function place(variation: Variation): string {
  return variation.pointer === "" ? "The body" : variation.pointer;
}

function takesBody(run: ProviderRun): (operation: Operation) => boolean {
  return (operation) => run.context.bodyOf(operation) !== undefined;
}

async function sendValid(
  run: ProviderRun,
  operation: Operation,
  body: unknown,
  pointer: string,
): Promise<Exchange> {
  const { path } = await run.resources.ready(operation);
  const value = refreshed(run, operation, body, pointer);
  return run.context.call(operation, { purpose: "valid", path, body: value });
}

async function smallestRefused(run: ProviderRun, operation: Operation, plan: BodyPlan, variation: Variation) {
  let evidence: Exchange | undefined;
  const stillFails = async (body: unknown): Promise<boolean> => {
    const exchange = await sendValid(run, operation, body, variation.pointer);
    if (isSuccess(exchange.response)) return false;
    evidence = exchange;
    return run.context.away === undefined;
  };
  const example = await shrink(variation.value, stillFails, plan.isValid);
  return { example, evidence };
}

async function acceptsBody(run: ProviderRun, operation: Operation, plan: BodyPlan): Promise<Observation> {
  const base: Variation = { pointer: "", label: "as in the example", keyword: "", value: plan.base };
  const variations = [base, ...validVariations(plan.schema, plan.base, plan.options, plan.isValid)];
  for (const variation of variations) {
    const exchange = await sendValid(run, operation, variation.value, variation.pointer);
    if (isSuccess(exchange.response)) continue;
    const small = await smallestRefused(run, operation, plan, variation);
    const message = `${place(variation)} ${variation.label} is valid: got ${answerOf(exchange)}, expected 2xx.`;
    const evidence = [exchange, ...(small.evidence === undefined ? [] : [small.evidence])];
    return violated(message, { evidence, example: small.example, cases: variations.length });
  }
  return held(`${variations.length} valid bodies were accepted.`, { cases: variations.length });
}

async function acceptsParameters(run: ProviderRun, operation: Operation): Promise<Observation> {
  const cases = validParameterCases(run, operation);
  for (const one of cases) {
    const { path } = await run.resources.ready(operation);
    const exchange = await run.context.call(operation, { purpose: "valid", path, ...one.call });
    if (!isSuccess(exchange.response)) return unexpected(one.label, exchange, "2xx", { cases: cases.length });
  }
  return held(`${cases.length} valid requests were accepted.`, { cases: cases.length });
}

/** Invalid requests change nothing, so one resource serves until something was accepted after all. */
function leaser(run: ProviderRun, operation: Operation) {
  let lease: Ready | undefined;
  return {
    async path() {
      lease ??= await run.resources.ready(operation);
      return lease.path;
    },
    spent: () => {
      lease = undefined;
    },
  };
}

async function rejectsBodies(run: ProviderRun, operation: Operation, plan: BodyPlan): Promise<Observation> {
  const variations = invalidVariations(plan.schema, plan.base, plan.options, plan.isValid);
  const lease = leaser(run, operation);
  const accepted = async (body: unknown, pointer: string): Promise<Exchange | undefined> => {
    const value = refreshed(run, operation, body, pointer);
    const exchange = await run.context.call(operation, {
      purpose: "broken",
      path: await lease.path(),
      body: value,
    });
    if (refused(exchange)) return undefined;
    lease.spent();
    return exchange;
  };
  for (const variation of variations) {
    const exchange = await accepted(variation.value, variation.pointer);
    if (exchange === undefined) continue;
    // 5xx and silence are findings of other checks; here they don't count as refusal either.
    const message = `${place(variation)} ${variation.label}: got ${answerOf(exchange)}, expected 4xx.`;
    const sameFault = faultOf(variation.value, plan);
    const example = await shrink(
      variation.value,
      async (body) =>
        (await accepted(body, variation.pointer)) !== undefined && run.context.away === undefined,
      (body) => !plan.isValid(body) && faultOf(body, plan) === sameFault,
    );
    return violated(message, { evidence: [exchange], example, cases: variations.length });
  }
  return held(`${variations.length} invalid bodies were refused.`, { cases: variations.length });
}

/** What is wrong with a value, so that shrinking stays with the one constraint. */
function faultOf(value: unknown, plan: BodyPlan): string {
  return plan.faults(value).join(" ");
}

async function brokenBody(
  run: ProviderRun,
  operation: Operation,
  what: string,
  rawBody: string | null,
): Promise<Observation> {
  const { path } = await run.resources.ready(operation);
  const exchange = await run.context.call(operation, { purpose: "broken", path, rawBody });
  if (!refused(exchange)) return unexpected(what, exchange, "4xx");
  return held(`${what}: got ${answerOf(exchange)}.`, { evidence: [exchange] });
}

async function wrongContentType(run: ProviderRun, operation: Operation): Promise<Observation> {
  const { path } = await run.resources.ready(operation);
  const exchange = await run.context.call(operation, { purpose: "broken", path, contentType: "text/plain" });
  // Where only 400 is declared, a client made from the document can read that one alone.
  const only400 = declaresStatus(operation, 400) && !declaresStatus(operation, 415);
  if (!refusedWith(exchange, 415, ...(only400 ? [400] : [])))
    return unexpected("A body as text/plain", exchange, "415");
  return held(`A body as text/plain: got ${answerOf(exchange)}.`, { evidence: [exchange] });
}

export const inputChecks: CheckTable<ProviderRun> = {
  "provider.input.accepts-valid": (run) =>
    perOperation(
      run,
      () => true,
      async (operation) => {
        const lacking = await unable(run, operation);
        if (lacking !== undefined) return lacking;
        const plan = run.context.bodyOf(operation);
        const parameters = await acceptsParameters(run, operation);
        if (plan === undefined || parameters.result === "violated") return parameters;
        const bodies = await acceptsBody(run, operation, plan);
        return { ...bodies, cases: (bodies.cases ?? 0) + (parameters.cases ?? 0) };
      },
    ),

  "provider.input.rejects-invalid": (run) =>
    perOperation(run, takesBody(run), async (operation) => {
      const plan = run.context.bodyOf(operation);
      return (await unable(run, operation)) ?? (plan && (await rejectsBodies(run, operation, plan)));
    }),

  ...parameterChecks,

  "provider.input.required-body": (run) =>
    perOperation(
      run,
      (operation) => operation.requestBody?.required === true,
      async (operation) =>
        (await unable(run, operation)) ?? brokenBody(run, operation, "A request without its body", null),
    ),

  "provider.input.malformed-json": (run) =>
    perOperation(
      run,
      (operation) => run.context.bodyOf(operation)?.mediaType.includes("json") === true,
      async (operation) =>
        (await unable(run, operation)) ??
        brokenBody(run, operation, "A body that ends in the middle", '{"a": ['),
    ),

  "provider.input.content-type": (run) =>
    perOperation(
      run,
      (operation) =>
        run.context.bodyOf(operation) !== undefined &&
        !Object.keys(operation.requestBody?.content ?? {}).some(
          (one) => one.startsWith("text/") || one.startsWith("*/"),
        ),
      async (operation) => (await unable(run, operation)) ?? wrongContentType(run, operation),
    ),
};
