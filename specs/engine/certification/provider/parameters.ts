import type { Operation, Parameter } from "../../catalog/types.ts";
import { type CheckTable, held, type Observation } from "../check.ts";
import { type FlatSchema, numberAt, openSchema, typesOf } from "../generate/schema.ts";
import { isIdempotencyKey } from "./base.ts";
import { type ProviderRun, perOperation, refused, unable, unexpected } from "./checks.ts";
import type { Call } from "./context.ts";

export interface ParameterCase {
  readonly label: string;
  readonly call: Pick<Call, "path" | "query" | "header">;
}

function schemaOf(run: ProviderRun, parameter: Parameter): FlatSchema {
  if (parameter.schema === undefined) return {};
  const { schema, reader } = openSchema(run.context.run.catalog, parameter.schema);
  return reader.flat(schema);
}

function callWith(parameter: Parameter, value: unknown): ParameterCase["call"] {
  return parameter.in === "cookie" ? {} : { [parameter.in]: { [parameter.name]: value } };
}

/** Values whose meaning the schema fixes: a free text (a cursor, a filter by id) may well be unknown to the API. */
function validValues(schema: FlatSchema): unknown[] {
  if (Array.isArray(schema["enum"])) return schema["enum"];
  const types = typesOf(schema);
  if (types.includes("boolean")) return [true, false];
  if (!types.includes("integer")) return [];
  return [numberAt(schema, "minimum"), numberAt(schema, "maximum")].filter((one) => one !== undefined);
}

/** The request as it is, and one per enum value, boundary and boolean of its optional parameters. */
export function validParameterCases(run: ProviderRun, operation: Operation): ParameterCase[] {
  const cases: ParameterCase[] = [{ label: "A valid request", call: {} }];
  for (const parameter of operation.parameters) {
    if (parameter.in !== "query" && parameter.in !== "header") continue;
    if (isIdempotencyKey(parameter)) {
      if (!parameter.required)
        cases.push({ label: `Without ${parameter.name}`, call: callWith(parameter, undefined) });
      continue;
    }
    for (const value of validValues(schemaOf(run, parameter))) {
      cases.push({
        label: `${parameter.name} as ${JSON.stringify(value)}`,
        call: callWith(parameter, value),
      });
    }
  }
  return cases;
}

/** Texts that are no value of the schema; what the transport can't tell from a valid one is left out. */
function invalidTexts(schema: FlatSchema): { label: string; value: string }[] {
  const out: { label: string; value: string }[] = [];
  const add = (label: string, value: string): void => void out.push({ label, value });
  const types = typesOf(schema);
  if (Array.isArray(schema["enum"])) add("outside its enum", "unexpected-value");
  else if (types.includes("boolean")) add("as a word", "maybe");
  else if (types.includes("integer") || types.includes("number")) {
    add("as a word", "many");
    if (types.includes("integer")) add("as a fraction", "1.5");
    const [low, high] = [numberAt(schema, "minimum"), numberAt(schema, "maximum")];
    if (low !== undefined) add("below its minimum", String(low - 1));
    if (high !== undefined) add("above its maximum", String(high + 1));
  } else if (types.includes("string")) {
    const [short, long] = [numberAt(schema, "minLength") ?? 0, numberAt(schema, "maxLength")];
    if (short > 1) add("shorter than allowed", "x".repeat(short - 1));
    if (long !== undefined && long <= 2048) add("longer than allowed", "x".repeat(long + 1));
    if (typeof schema["format"] === "string") add(`not a ${schema["format"]}`, "not-one");
    if (typeof schema["pattern"] === "string") add("outside its pattern", "!~!");
  }
  return out;
}

function isInvalid(run: ProviderRun, parameter: Parameter, text: string, types: readonly string[]): boolean {
  if (parameter.schema === undefined) return false;
  const numeric = types.includes("integer") || types.includes("number");
  const value = numeric && text.trim() !== "" && !Number.isNaN(Number(text)) ? Number(text) : text;
  return run.context.run.validators.get(parameter.schema)(value).length > 0;
}

function invalidCases(run: ProviderRun, operation: Operation): ParameterCase[] {
  return operation.parameters
    .filter((one) => one.in !== "cookie")
    .flatMap((parameter) => {
      const schema = schemaOf(run, parameter);
      return invalidTexts(schema)
        .filter((one) => isInvalid(run, parameter, one.value, typesOf(schema)))
        .map(({ label, value }) => ({
          label: `${parameter.in} parameter ${parameter.name} ${label}`,
          call: callWith(parameter, value),
        }));
    });
}

function withoutRequired(operation: Operation): ParameterCase[] {
  return operation.parameters
    .filter((one) => one.required && (one.in === "query" || one.in === "header"))
    .map((one) => ({ label: `Without the ${one.in} parameter ${one.name}`, call: callWith(one, undefined) }));
}

async function allRefused(
  run: ProviderRun,
  operation: Operation,
  cases: readonly ParameterCase[],
): Promise<Observation> {
  let state = await run.resources.ready(operation);
  for (const one of cases) {
    const call: Call = { purpose: "broken", ...one.call, path: { ...state.path, ...one.call.path } };
    const exchange = await run.context.call(operation, call);
    if (!refused(exchange)) return unexpected(one.label, exchange, "4xx", { cases: cases.length });
    if (run.context.away !== undefined) break;
    if (exchange.response?.status === 409) state = await run.resources.ready(operation);
  }
  return held(`${cases.length} requests were refused.`, { cases: cases.length });
}

export const parameterChecks: CheckTable<ProviderRun> = {
  "provider.input.rejects-parameters": (run) =>
    perOperation(
      run,
      (operation) => invalidCases(run, operation).length > 0,
      async (operation) =>
        (await unable(run, operation)) ?? allRefused(run, operation, invalidCases(run, operation)),
    ),

  "provider.input.required-parameter": (run) =>
    perOperation(
      run,
      (operation) => withoutRequired(operation).length > 0,
      async (operation) =>
        (await unable(run, operation)) ?? allRefused(run, operation, withoutRequired(operation)),
    ),
};
