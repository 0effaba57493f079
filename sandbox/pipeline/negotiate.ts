import { covers, mediaTypeOf } from "./body.ts";
import type { OperationPlan } from "./plan.ts";
import { type Stop, stop } from "./problem.ts";

/** 406 where the `Accept` header rules out all that the operation's successes are declared in. */
export function accepts(accept: string | null, plan: OperationPlan): Stop | undefined {
  if (accept === null || accept === "" || accept.includes("*/*")) return undefined;
  const offered = plan.successes.flatMap(({ mediaType }) => mediaType ?? []);
  if (offered.length === 0) return undefined;
  const ranges = accept.split(",").filter((range) => !/;\s*q=0(\.0*)?\s*$/.test(range));
  const wanted = ranges.map((range) => mediaTypeOf(range));
  const met = wanted.some((range) =>
    offered.some((type) => covers(range, mediaTypeOf(type)) || covers(type, range)),
  );
  if (met) return undefined;
  return stop(
    "ECO_NOT_ACCEPTABLE",
    `The operation answers in ${offered.join(", ")}; ${accept} was asked for.`,
  );
}
