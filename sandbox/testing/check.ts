import type { Tested } from "./tested.ts";

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
 */
export async function judge(check: Check, { within }: Patience = {}, negated = false): Promise<Verdict> {
  const { clock, patience } = check.test;
  await check.test.settle();
  const from = await clock.now();
  const until = clock.later(from, within ?? (negated ? "PT0S" : patience));
  let seen = await check.look();
  let at = from;
  for (let step = 0; !seen.pass && step < MAX_STEPS; step++) {
    const next = await clock.nextDue();
    if (next === undefined || next > until) break;
    at = await clock.set(next);
    seen = await check.look();
  }
  const waited = at === from ? `at ${from}` : `from ${from} to ${at}`;
  const limit = within ?? (negated ? "no further" : patience);
  const head = `Want ${negated ? "never " : ""}${check.what}.`;
  const when = `Looked ${waited} of virtual time (it may be moved on by ${limit}).`;
  return { pass: seen.pass, message: [head, when, ...seen.found].join("\n") };
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
  await report(check, message);
  const error = new Error(message);
  error.name = "AssertionError";
  throw error;
}

export async function report({ test }: Check, message: string): Promise<void> {
  await test.onFailure?.({ message, test });
}
