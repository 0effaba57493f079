import type { Operation } from "../../catalog/types.ts";
import { type CheckTable, held, type Observation, violated } from "../check.ts";
import type { Exchange } from "../model.ts";
import { isIfMatch } from "./base.ts";
import { type ProviderRun, perOperation, refusedWith, unable, unexpected } from "./checks.ts";
import { itemOperation, itemPathOf } from "./resources.ts";
import { declaresStatus, isSuccess } from "./responses.ts";

const FOREIGN_TAG = '"not-the-tag-of-anything"';

function takesHeader(operation: Operation, name: string): boolean {
  return operation.parameters.some((one) => one.in === "header" && one.name.toLowerCase() === name);
}

function isConditionalRead(operation: Operation): boolean {
  return (
    operation.method === "GET" && (takesHeader(operation, "if-none-match") || declaresStatus(operation, 304))
  );
}

/** The operation that tells the version of what a conditional change is about. */
function versionReader(run: ProviderRun, operation: Operation): Operation | undefined {
  const item = itemPathOf(operation);
  return item === undefined ? undefined : itemOperation(run.context, item, "GET");
}

function isConditionalChange(run: ProviderRun, operation: Operation): boolean {
  const conditional = takesHeader(operation, "if-match") || declaresStatus(operation, 412);
  return operation.method !== "GET" && conditional && versionReader(run, operation) !== undefined;
}

async function read(run: ProviderRun, operation: Operation): Promise<Observation> {
  const { context, resources } = run;
  const { path } = await resources.ready(operation);
  const first = await context.call(operation, { purpose: "valid", path });
  if (!isSuccess(first.response)) return unexpected("The first request", first, "2xx");
  const tag = first.response?.headers["etag"];
  if (tag === undefined) return violated("The answer has no ETag.", { evidence: [first] });
  const under = (value: string): Promise<Exchange> =>
    context.call(operation, { purpose: "valid", path, header: { "If-None-Match": value } });
  const same = await under(tag);
  const more = { evidence: [first, same], cases: 3 };
  if (!refusedWith(same, 304)) return unexpected(`If-None-Match ${tag}`, same, "304", more);
  if (same.response?.body !== "") return violated("A 304 came with a body.", more);
  const other = await under(FOREIGN_TAG);
  if (isSuccess(other.response)) return held("Only what is known already is answered with 304.", more);
  return unexpected(`If-None-Match ${FOREIGN_TAG}`, other, "2xx", { evidence: [first, other], cases: 3 });
}

/** A change under the version that was read is made; under a foreign one, or the one before the change, it is refused. */
async function change(run: ProviderRun, operation: Operation): Promise<Observation | undefined> {
  const { context, resources } = run;
  const reader = versionReader(run, operation);
  if (reader === undefined) return undefined;
  const { path } = await resources.ready(operation);
  const reading = await context.call(reader, { purpose: "valid", path });
  const tag = reading.response?.headers["etag"];
  if (tag === undefined) return violated("The resource is read without an ETag.", { evidence: [reading] });
  const name = operation.parameters.find(isIfMatch)?.name ?? "If-Match";
  const under = (value: string, purpose: "valid" | "broken"): Promise<Exchange> =>
    context.call(operation, { purpose, path, header: { [name]: value } });
  const foreign = await under(FOREIGN_TAG, "broken");
  const refusal = [reading, foreign];
  if (!refusedWith(foreign, 412))
    return unexpected(`If-Match ${FOREIGN_TAG}`, foreign, "412", { evidence: refusal });
  const right = await under(tag, "valid");
  const evidence = [reading, right];
  if (!isSuccess(right.response)) return unexpected(`If-Match ${tag}`, right, "2xx", { evidence, cases: 2 });
  if (operation.method === "DELETE") return held("Only the version that was read is deleted.", { cases: 2 });
  const late = await under(tag, "broken");
  if (refusedWith(late, 412)) return held("A change is made to the version that was read.", { cases: 3 });
  const what = "If-Match with the version before the change";
  return unexpected(what, late, "412", { evidence: [...evidence, late], cases: 3 });
}

export const conditionalChecks: CheckTable<ProviderRun> = {
  "provider.state.conditional-read": (run) =>
    perOperation(
      run,
      isConditionalRead,
      async (operation) => (await unable(run, operation)) ?? read(run, operation),
    ),

  "provider.state.conditional-change": (run) =>
    perOperation(
      run,
      (operation) => isConditionalChange(run, operation),
      async (operation) => (await unable(run, operation)) ?? change(run, operation),
    ),
};
