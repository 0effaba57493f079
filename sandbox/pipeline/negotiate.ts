import { covers, essence } from "../../specs/engine/catalog/exchange/media-type.ts";
import type { ResponseSpec } from "../../specs/engine/catalog/types.ts";
import type { OperationPlan } from "./plan.ts";
import { type Stop, stop } from "./problem.ts";

/** 406 where the `Accept` header rules out all that the operation's successes are declared in. */
export function accepts(accept: string | null, plan: OperationPlan): Stop | undefined {
  const ranges = rangesOf(accept);
  if (ranges === undefined) return undefined;
  const offered = plan.successes.flatMap(({ spec }) => Object.keys(spec.content));
  if (offered.length === 0 || offered.some((type) => isMet(type, ranges))) return undefined;
  return stop(
    "ECO_NOT_ACCEPTABLE",
    `The operation answers in ${offered.join(", ")}; ${accept} was asked for.`,
  );
}

/** The declared media type to answer in: the usual one, or the first that a client takes who doesn't take that. */
export function wantedAmong(accept: string | null, usual: string, { content }: ResponseSpec): string {
  const ranges = rangesOf(accept);
  if (ranges === undefined || isMet(usual, ranges)) return usual;
  return Object.keys(content).find((type) => isMet(type, ranges)) ?? usual;
}

const FOR_RANGES: Readonly<Record<string, string>> = {
  "text/*": "text/plain",
  "image/*": "image/png",
  "audio/*": "audio/mpeg",
  "video/*": "video/mp4",
};

/** A declared range such as `application/*` can't be sent. */
export const sendable = (mediaType: string): string =>
  mediaType.includes("*") ? (FOR_RANGES[mediaType] ?? "application/json") : mediaType;

/** The ranges of an `Accept` header; undefined where it takes everything. */
function rangesOf(accept: string | null): readonly string[] | undefined {
  if (accept === null || accept === "" || accept.includes("*/*")) return undefined;
  const ranges = accept.split(",").filter((range) => !/;\s*q=0(\.0*)?\s*$/.test(range));
  return ranges.map(essence);
}

const isMet = (type: string, ranges: readonly string[]): boolean =>
  ranges.some((range) => covers(range, type) || covers(type, range));
