import { durationBetween } from "../capabilities/time.ts";
import { isObject, show } from "./match.ts";
import { describeRefused } from "./refused-requests.ts";
import type { Tested } from "./tested.ts";
import { checkTimers } from "./timers.ts";

/** What a look at the sandbox found. */
export interface Look {
  readonly pass: boolean;
  /** What is there instead (or, where it passes, what there is), for whoever reads the failure; one thing a line. */
  readonly found: readonly string[];
}

/** Something that can be asserted of a sandbox, now or later on its virtual clock. */
export interface Check {
  readonly test: Tested;
  /** Completes "Want …": `a signed delivery.rated in the inbox of blueline`. */
  readonly what: string;
  look(): Promise<Look>;
  /** Why it can't be negated, where a negation would say less than it seems to. */
  readonly notNegated?: string;
}

export interface Patience {
  /** How far the virtual clock may be moved while waiting, an ISO 8601 duration. */
  readonly within?: string;
}

export interface Verdict {
  readonly pass: boolean;
  readonly message: string;
}

/** More steps than that in one wait are a loop of timers that set each other. */
const MAX_STEPS = 10_000;

/**
 * Looks, and moves the virtual clock on to the next thing that is due, until the look passes or the time is over.
 * Nothing sleeps: what is due in a week happens at once. Waiting to see that something never happens looks at the
 * present alone unless a time is given.
 * @throws TypeError for what is no check, a time that is none, or a negation that would say less than it seems to
 */
export async function judge(check: Check, waiting: Patience = {}, negated = false): Promise<Verdict> {
  const { within } = checkWaiting(check, waiting);
  const { clock, patience } = check.test;
  if (negated && check.notNegated !== undefined) throw new TypeError(check.notNegated);
  checkTimers();
  await check.test.settle();
  const from = await clock.now();
  const limit = within ?? (negated ? "PT0S" : patience);
  const until = clock.later(from, limit);
  if (until < from) throw new TypeError(`Nothing can be waited for ${limit} long: time goes forward.`);
  let seen = await check.look();
  let at = from;
  let next = seen.pass ? undefined : await clock.nextDue();
  for (let step = 0; step < MAX_STEPS && next !== undefined && next <= until; step++) {
    at = await clock.set(next);
    seen = await check.look();
    next = seen.pass ? undefined : await clock.nextDue();
  }
  const head = `Want ${negated ? "never " : ""}${check.what}.`;
  const lines = [head, movedOn(from, at), ...(seen.pass ? [] : [whyNoFurther(next, limit)]), ...seen.found];
  if (!seen.pass && !negated) lines.push(...describeRefused(check.test));
  return { pass: seen.pass, message: lines.join("\n") };
}

/** From JavaScript anything may come, and `never` must not hold because a word was misspelt. */
function checkWaiting(check: unknown, waiting: unknown): Patience {
  if (!isObject(check) || !isObject(check["test"]) || typeof check["look"] !== "function")
    throw new TypeError("What is waited for is no check: give what `rated(sandbox, …)` and its like make.");
  if (!isObject(waiting))
    throw new TypeError(`How long to wait is ${show(waiting)}: write { within: "P1D" }.`);
  const unknown = Object.keys(waiting).find((name) => name !== "within");
  if (unknown !== undefined)
    throw new TypeError(`How to wait has no ${show(unknown)}: write { within: "P1D" }.`);
  return waiting;
}

/** How far the virtual clock was moved while waiting. */
function movedOn(from: string, at: string): string {
  if (at === from) return `Looked at ${from} of virtual time, which wasn't moved.`;
  return `Looked from ${from} to ${at} of virtual time, which was moved by ${durationBetween(from, at)}.`;
}

function whyNoFurther(next: string | undefined, limit: string): string {
  if (next === undefined) return "Nothing more is due: it wouldn't come by waiting.";
  if (limit === "PT0S") return `This looks at the present alone; the next thing is due at ${next}.`;
  return `The next thing is due at ${next}: later than ${limit}, which \`within\` or \`patience\` can change.`;
}

/** Resolves when it is so; rejects with an `AssertionError` when it isn't within the time. */
export async function eventually(check: Check, patience: Patience = {}): Promise<void> {
  const verdict = await judge(check, patience);
  if (!verdict.pass) await fail(check, verdict);
}

/** Resolves when it is not so now and, with `within`, doesn't become so. */
export async function never(check: Check, patience: Patience = {}): Promise<void> {
  const verdict = await judge(check, patience, true);
  if (verdict.pass) await fail(check, verdict);
}

async function fail(check: Check, { message }: Verdict): Promise<never> {
  const error = new Error(await report(check, message));
  error.name = "AssertionError";
  throw error;
}

/**
 * Leaves what led to a failure, and tells who wants to know of it.
 * @param name of the test, where it is known
 * @returns the message, with where to look further
 */
export async function report(
  { test, what }: Check,
  message: string,
  name = `a check: ${what}`,
): Promise<string> {
  const left = await test.leave({ name, message });
  await test.onFailure?.({ message, test });
  return left === undefined ? message : `${message}\n${left}`;
}
