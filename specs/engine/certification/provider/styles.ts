import { defaultStyle } from "../../catalog/exchange/serialise-parameter.ts";
import type { Operation, Parameter } from "../../catalog/types.ts";
import { answerOf, type CheckTable, held, type Observation, violated } from "../check.ts";
import { sample } from "../generate/sample.ts";
import { openSchema, propertiesOf, type SchemaReader, typesOf } from "../generate/schema.ts";
import type { Exchange } from "../model.ts";
import { parameterValue } from "./base.ts";
import { type ProviderRun, perOperation, refused, unable } from "./checks.ts";
import { isSuccess } from "./responses.ts";

const NONSENSE = "no-such-value";

interface StyledCase {
  readonly parameter: Parameter;
  /** Several items or properties, so that it shows how they are told apart. */
  readonly valid: unknown;
  /** The same, wrong in its last item alone; undefined where every text is right. */
  readonly invalid?: unknown;
}

function schemaOf(run: ProviderRun, parameter: Parameter) {
  const opened =
    parameter.schema === undefined ? undefined : openSchema(run.context.run.catalog, parameter.schema);
  return opened && { schema: opened.reader.flat(opened.schema), reader: opened.reader };
}

/** Two different items where the schema has them. */
function twoItems(items: unknown, reader: SchemaReader, run: ProviderRun): unknown[] {
  const schema = reader.flat(items);
  const values = Array.isArray(schema["enum"]) ? schema["enum"] : [];
  if (values.length > 1) return values.slice(0, 2);
  const { random } = run.context;
  const make = () => sample(schema, { reader, random, full: false, direction: "request" });
  return [make(), make()];
}

function listCase(parameter: Parameter, run: ProviderRun): StyledCase | undefined {
  const opened = schemaOf(run, parameter);
  if (opened === undefined || parameter.schema === undefined) return undefined;
  const { schema, reader } = opened;
  const faults = run.context.run.validators.get(parameter.schema);
  const isValid = (value: unknown): boolean => faults(value).length === 0;
  if (typesOf(schema).includes("array")) {
    const two = twoItems(schema["items"], reader, run);
    const valid = [two, two.slice(0, 1)].find(isValid);
    const invalid = [...(valid ?? []).slice(0, 1), NONSENSE];
    return valid && { parameter, valid, ...(isValid(invalid) ? {} : { invalid }) };
  }
  const valid = parameterValue(parameter, run.context.run, run.context.random);
  if (typeof valid !== "object" || valid === null || !isValid(valid)) return undefined;
  const wrong = Object.keys(propertiesOf(schema))
    .map((name) => ({ ...valid, [name]: NONSENSE }))
    .find((value) => !isValid(value));
  return { parameter, valid, ...(wrong === undefined ? {} : { invalid: wrong }) };
}

function casesOf(run: ProviderRun, operation: Operation): StyledCase[] {
  return operation.parameters
    .filter((one) => one.in !== "cookie" && one.contentType === undefined)
    .map((one) => listCase(one, run))
    .filter((one) => one !== undefined);
}

/** `query parameter labels (pipeDelimited)` */
function nameOf({ parameter }: StyledCase): string {
  const style = parameter.style ?? defaultStyle(parameter.in);
  const explode = (parameter.explode ?? style === "form") ? ", explode" : "";
  return `${parameter.in} parameter ${parameter.name} (${style}${explode})`;
}

async function understands(
  run: ProviderRun,
  operation: Operation,
  cases: readonly StyledCase[],
): Promise<Observation> {
  const { path } = await run.resources.ready(operation);
  const send = (
    { parameter }: StyledCase,
    value: unknown,
    purpose: "valid" | "broken",
  ): Promise<Exchange> => {
    const place =
      parameter.in === "path" ? { ...path, [parameter.name]: value } : { [parameter.name]: value };
    return run.context.call(operation, { purpose, path, [parameter.in]: place });
  };
  for (const one of cases) {
    const right = await send(one, one.valid, "valid");
    // What a path names needn't exist, however it is written.
    const unknown = one.parameter.in === "path" && right.response?.status === 404;
    const more = { example: one.valid, cases: cases.length };
    if (!isSuccess(right.response) && !unknown) {
      const message = `The ${nameOf(one)} as ${JSON.stringify(one.valid)} is valid: got ${answerOf(right)}, expected 2xx.`;
      return violated(message, { evidence: [right], ...more });
    }
    if (one.invalid === undefined) continue;
    const wrong = await send(one, one.invalid, "broken");
    if (refused(wrong)) continue;
    const message = `The ${nameOf(one)} as ${JSON.stringify(one.invalid)} is wrong in one item: got ${answerOf(wrong)}, expected 4xx.`;
    return violated(message, { evidence: [right, wrong], ...more, example: one.invalid });
  }
  return held(`${cases.map(nameOf).join(", ")}.`, { cases: cases.length });
}

/** Lists and objects in parameters, written as each parameter's style and explode say. */
export const styleChecks: CheckTable<ProviderRun> = {
  "provider.input.parameter-styles": (run) =>
    perOperation(
      run,
      (operation) => casesOf(run, operation).length > 0,
      async (operation) =>
        (await unable(run, operation)) ?? understands(run, operation, casesOf(run, operation)),
    ),
};
