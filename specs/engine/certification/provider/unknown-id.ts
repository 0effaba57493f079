import type { Operation, Parameter } from "../../catalog/types.ts";
import { sampleText } from "../generate/sample.ts";
import { openSchema } from "../generate/schema.ts";
import type { ProviderRun } from "./checks.ts";
import { itemPathOf } from "./resources.ts";

/** Short patterns have short samples, which may well be taken; of several the longest is the unlikeliest. */
const SAMPLES = 20;

function candidates(run: ProviderRun, parameter: Parameter): string[] {
  const { random, run: base } = run.context;
  if (parameter.schema === undefined) return [random.word(16)];
  const { schema, reader } = openSchema(base.catalog, parameter.schema);
  const { examples: _examples, example: _example, ...bare } = reader.flat(schema);
  const example = String(Object.values(parameter.examples)[0] ?? "");
  const made = Array.from({ length: SAMPLES }, () => sampleText(bare, random)).filter(
    (one) => one !== undefined,
  );
  made.sort((a, b) => b.length - a.length);
  return [random.uuid(), `${example.replace(/[A-Za-z0-9]+$/, "")}${random.word(16)}`, ...made];
}

/** Was it seen anywhere in the run, so that it may be the id of something? */
function isSeen(run: ProviderRun, text: string): boolean {
  return run.context.log.some(
    ({ exchange }) =>
      exchange.request.url.includes(encodeURIComponent(text)) || exchange.response?.body.includes(text),
  );
}

/** An id of the form of the operation's last path parameter that nothing has; undefined where none can be made. */
export function unknownId(
  run: ProviderRun,
  operation: Operation,
): { name: string; value: string } | undefined {
  const item = itemPathOf(operation);
  const parameter = operation.parameters.find((one) => one.in === "path" && one.name === item?.parameter);
  if (parameter === undefined) return undefined;
  const { schema } = parameter;
  const isValid = (value: unknown): boolean =>
    schema === undefined || run.context.run.validators.get(schema)(value).length === 0;
  const text = candidates(run, parameter).find((one) => isValid(one) && !isSeen(run, one));
  if (text !== undefined) return { name: parameter.name, value: text };
  const number = 1_000_000_000 + run.context.random.integer(1_000_000_000);
  return isValid(number) ? { name: parameter.name, value: String(number) } : undefined;
}
