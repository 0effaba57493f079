import type { PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Refusal } from "../capabilities/capability.ts";
import { digestJson } from "../capabilities/digest.ts";
import type { Json } from "../store/store.ts";
import { refuse, type Step } from "./step.ts";

const LENGTH = 16;

/** The version of a thing, by what it holds. */
export function etagOf(item: PlainObject): string {
  // Items hold nothing that isn't JSON.
  return `"${digestJson(item as { readonly [name: string]: Json })
    .slice("sha256:".length)
    .slice(0, LENGTH)}"`;
}

/** The header of an answer that shows a thing; none where the operation doesn't declare one. */
export const etagHeader = ({ plan }: Step, item: PlainObject): Readonly<Record<string, string>> =>
  plan.versioned.shows ? { etag: etagOf(item) } : {};

/** Why a thing isn't changed: the client knows another version of it, or thinks that there is none. */
export function staleFor(step: Step, item: PlainObject | undefined): Refusal | undefined {
  const match = sentTags(step, "if-match");
  const none = sentTags(step, "if-none-match");
  const etag = item === undefined ? undefined : etagOf(item);
  if (match !== undefined && !holds(match, etag)) {
    const now = etag === undefined ? "there is none" : `it is ${etag} now`;
    return refuse("ECO_PRECONDITION_FAILED", `The thing isn't as \`If-Match\` says: ${now}.`);
  }
  if (none === undefined || !holds(none, etag)) return undefined;
  return refuse(
    "ECO_PRECONDITION_FAILED",
    `The thing is there, as ${etag ?? ""}; \`If-None-Match\` rules that out.`,
  );
}

/** Whether a reader has the thing as it is already. */
export function isKnown(step: Step, item: PlainObject): boolean {
  const tags = step.plan.versioned.spares ? sentTags(step, "if-none-match") : undefined;
  return tags !== undefined && holds(tags, etagOf(item));
}

function sentTags({ parts: { headers } }: Step, name: string): readonly string[] | undefined {
  const sent = headers[name];
  const texts = Array.isArray(sent) ? sent : sent === undefined ? [] : [sent];
  const tags = texts.flatMap((text) => String(text).split(",")).map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.length === 0 ? undefined : tags;
}

/** Quotes are left out by some clients. */
function holds(tags: readonly string[], etag: string | undefined): boolean {
  if (etag === undefined) return false;
  return tags.includes("*") || tags.includes(etag) || tags.includes(etag.slice(1, -1));
}
