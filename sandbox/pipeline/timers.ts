import type { Answer, Decider, DecisionContext, Timer } from "../capabilities/capability.ts";
import { everyRecord } from "../capabilities/page.ts";
import type { Changeset, JsonObject, Reader, Store, StoredRecord } from "../store/store.ts";
import { isMissing } from "../values/part.ts";

export const TIMERS = "timers";

export interface TimerParts {
  readonly store: Store;
  readonly tenant: string;
  readonly capabilities: ReadonlyMap<string, Decider>;
  /** A context for a decision that nobody asked for, at the virtual time given. */
  newContext(capability: string, now: string, requestId: string): DecisionContext;
  newRequestId(): string;
  /** The changes of an answer, events encoded; without the timer itself. */
  changesetOf(answer: Answer, context: DecisionContext): Changeset;
  onFault(error: unknown, capability: string, requestId: string): void;
}

type TimerRecord = StoredRecord<JsonObject & Timer>;

/** Every timer that is due by `now`, in order of due time, those included that the former ones set. */
export async function runDueTimers(
  parts: TimerParts,
  now: string,
  causedBy?: string,
): Promise<string | undefined> {
  const skipped = new Set<string>();
  for (;;) {
    const waiting = (await allTimers(parts.store.reader(parts.tenant))).filter(({ id }) => !skipped.has(id));
    const due = waiting.filter(({ value }) => value.dueAt <= now);
    if (due.length === 0) return nextDue(waiting);
    for (const timer of due) {
      const { wroteTimers, done } = await runTimer(timer, parts, causedBy ?? parts.newRequestId());
      if (!done) skipped.add(timer.id);
      // A timer set just now may come before the next one of this list.
      if (wroteTimers) break;
    }
  }
}

async function allTimers(read: Reader): Promise<TimerRecord[]> {
  const found = await Array.fromAsync(everyRecord<JsonObject & Timer>(read, TIMERS));
  return found.sort((a, b) => compare(a.value.dueAt, b.value.dueAt) || a.sequence - b.sequence);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const nextDue = (waiting: readonly TimerRecord[]): string | undefined => waiting[0]?.value.dueAt;

/** Decides and removes the timer in one changeset, so that several processes run it once. */
async function runTimer(
  timer: TimerRecord,
  parts: TimerParts,
  requestId: string,
): Promise<{ readonly wroteTimers: boolean; readonly done: boolean }> {
  const { capability: name, input, dueAt } = timer.value;
  try {
    const capability = parts.capabilities.get(name);
    if (capability === undefined)
      throw new Error(`The timer ${timer.id} names the unknown capability ${name}.`);
    // Its own id, so that two timers caused by one request make different ids; and one that sets itself anew each time.
    const turn = timer.version === 1 ? timer.id : `${timer.id}_${timer.version}`;
    const context = parts.newContext(name, dueAt, `${requestId}_${turn}`);
    const decision = await capability.decide(input, { ...context, requestId });
    if (decision.kind === "refused") throw new Error(`${decision.code}: ${decision.detail}`);
    const changeset = parts.changesetOf(decision, { ...context, requestId });
    const outcome = await parts.store.apply(withoutTimer(changeset, timer));
    const wroteTimers = changeset.writes.some(({ collection }) => collection === TIMERS);
    // On a conflict, it is looked up again: another process ran it, or what it read has changed.
    return { wroteTimers: wroteTimers || outcome.kind !== "applied", done: true };
  } catch (error) {
    parts.onFault(error, name, requestId);
    // It is no fault of the timer's: it waits for a start that has its capability.
    if (isMissing(error)) return { wroteTimers: false, done: false };
    await parts.store.apply(withoutTimer(nothing(parts.tenant), timer));
    return { wroteTimers: false, done: false };
  }
}

function withoutTimer(changeset: Changeset, { collection, id, version }: TimerRecord): Changeset {
  const rewritten = changeset.writes.some((write) => write.collection === collection && write.id === id);
  // A decision may set its own timer anew; then it stays.
  if (rewritten) return changeset;
  return {
    ...changeset,
    writes: [...changeset.writes, { collection, id, value: null, expectedVersion: version }],
  };
}

const nothing = (tenant: string): Changeset => ({ tenant, writes: [], transactions: [], events: [] });
