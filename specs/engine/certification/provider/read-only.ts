import { isPlainObject } from "../../catalog/pointer.ts";
import type { Operation } from "../../catalog/types.ts";
import { type CheckTable, held, type Observation, violated } from "../check.ts";
import { sampleText } from "../generate/sample.ts";
import { propertiesOf, typesOf } from "../generate/schema.ts";
import type { Exchange } from "../model.ts";
import type { BodyPlan } from "./base.ts";
import { type ProviderRun, perOperation, refused, unable, unexpected } from "./checks.ts";
import { createdId, itemOperation, itemPathOf } from "./resources.ts";
import { isSuccess, jsonOf } from "./responses.ts";

const ODD_NUMBER = 73_501;
const ODD_INSTANT = "2001-02-03T04:05:06Z";

interface Forbidden {
  readonly name: string;
  readonly value: unknown;
}

/** Properties that only the server sets, with a value that it would hardly choose itself. */
function readOnlyValues(plan: BodyPlan, run: ProviderRun): Forbidden[] {
  return Object.entries(propertiesOf(plan.reader.flat(plan.schema))).flatMap(([name, raw]): Forbidden[] => {
    const schema = plan.reader.flat(raw);
    if (schema["readOnly"] !== true || schema["enum"] !== undefined || schema["const"] !== undefined)
      return [];
    const [type] = typesOf(schema).filter((one) => one !== "null");
    if (type === "integer" || type === "number") return [{ name, value: ODD_NUMBER }];
    if (type !== "string") return [];
    const { examples: _examples, example: _example, default: _default, ...bare } = schema;
    const value = schema["format"] === "date-time" ? ODD_INSTANT : sampleText(bare, run.context.random);
    return value === undefined ? [] : [{ name, value }];
  });
}

/** The answer, and what the resource is read as afterwards. */
async function effects(run: ProviderRun, operation: Operation, exchange: Exchange): Promise<Exchange[]> {
  const collection = run.context.operations.find(
    (one) => one.method === "GET" && itemPathOf(one)?.collection === operation.template,
  );
  const item = collection === undefined ? undefined : itemPathOf(collection);
  const reader = item === undefined ? undefined : itemOperation(run.context, item, "GET");
  const id = item === undefined ? undefined : createdId(exchange, item.parameter);
  if (item === undefined || reader === undefined || id === undefined) return [exchange];
  const parent = await run.resources.fresh(operation);
  const path = { ...parent.path, [item.parameter]: id };
  return [exchange, await run.context.call(reader, { purpose: "broken", path })];
}

async function ignores(run: ProviderRun, operation: Operation, plan: BodyPlan): Promise<Observation> {
  const values = readOnlyValues(plan, run);
  const more = { cases: values.length };
  for (const { name, value } of values) {
    const { path } = await run.resources.ready(operation);
    const base = run.context.freshBody(operation);
    const body = isPlainObject(base) ? { ...base, [name]: value } : base;
    const exchange = await run.context.call(operation, { purpose: "broken", path, body });
    if (refused(exchange)) continue;
    if (!isSuccess(exchange.response))
      return unexpected(`A body with the read-only property ${name}`, exchange, "2xx or 4xx", more);
    const evidence = await effects(run, operation, exchange);
    const taken = evidence.some(({ response }) => {
      const answer = jsonOf(response);
      return isPlainObject(answer) && answer[name] === value;
    });
    if (taken)
      return violated(`The read-only property ${name} took the value that was sent.`, { evidence, ...more });
  }
  return held(`What was sent for ${values.map((one) => one.name).join(", ")} had no effect.`, more);
}

export const readOnlyChecks: CheckTable<ProviderRun> = {
  "provider.input.read-only": (run) =>
    perOperation(
      run,
      (operation) => {
        const plan = run.context.bodyOf(operation);
        return plan !== undefined && readOnlyValues(plan, run).length > 0;
      },
      async (operation) => {
        const plan = run.context.bodyOf(operation);
        return (await unable(run, operation)) ?? (plan && (await ignores(run, operation, plan)));
      },
    ),
};
