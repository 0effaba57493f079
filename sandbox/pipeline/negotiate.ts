import { closestType, covers } from "../../specs/engine/catalog/exchange/media-type.ts";
import type { ResponseSpec } from "../../specs/engine/catalog/types.ts";
import type { OperationPlan } from "./plan.ts";
import { type Stop, stop } from "./problem.ts";

/** 406 where the `Accept` header rules out all that the operation's successes are declared in. */
export function accepts(accept: string | null, plan: OperationPlan): Stop | undefined {
  const wishes = wishesOf(accept);
  if (wishes === undefined) return undefined;
  const offered = plan.successes.flatMap(({ spec }) => Object.keys(spec.content));
  if (offered.length === 0 || offered.some((type) => qualityOf(type, wishes) > 0)) return undefined;
  return stop(
    "ECO_NOT_ACCEPTABLE",
    `The operation answers in ${offered.join(", ")}; ${accept} was asked for.`,
  );
}

/** The declared media type that a client likes best; the usual one, unless it likes another one better. */
export function wantedAmong(accept: string | null, usual: string, { content }: ResponseSpec): string {
  const wishes = wishesOf(accept);
  if (wishes === undefined) return usual;
  let best = usual;
  let quality = qualityOf(usual, wishes);
  for (const type of Object.keys(content)) {
    const other = qualityOf(type, wishes);
    if (other > quality) [best, quality] = [type, other];
  }
  return best;
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

/** How much a client likes each range of media types, from 0, not at all, to 1. */
type Wishes = ReadonlyMap<string, number>;

/** An item of a list; a comma between quotation marks separates nothing. */
const ITEM = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g;
const WEIGHT = /;[ \t]*q=([^;]*).*$/i;

let last: { readonly accept: string | null; readonly wishes: Wishes | undefined } = {
  accept: null,
  wishes: undefined,
};

/**
 * Undefined where an `Accept` header asks for nothing in particular, as an empty list does. The last one is remembered: a
 * request is asked for it twice, and a client sends the same each time.
 */
function wishesOf(accept: string | null): Wishes | undefined {
  if (accept !== last.accept) last = { accept, wishes: readWishes(accept) };
  return last.wishes;
}

function readWishes(accept: string | null): Wishes | undefined {
  if (accept === null || accept === "*/*") return undefined;
  const wishes = new Map<string, number>();
  for (const [item] of accept.matchAll(ITEM)) {
    const range = item.replace(WEIGHT, "").trim().toLowerCase();
    const weight = Number(WEIGHT.exec(item)?.[1] ?? 1);
    // Some old clients write the range of all ranges so.
    if (range !== "") wishes.set(range === "*" ? "*/*" : range, Number.isNaN(weight) ? 1 : weight);
  }
  return wishes.size === 0 ? undefined : wishes;
}

/** The range that says most about a type counts: who likes everything, but JSON by 0, gets everything but JSON. */
function qualityOf(type: string, wishes: Wishes): number {
  const range = closestType(wishes.keys(), type);
  if (range !== undefined) return wishes.get(range) ?? 0;
  // A declared range can be answered in whatever it covers.
  return Math.max(0, ...[...wishes].map(([wish, quality]) => (covers(type, wish) ? quality : 0)));
}
