import type { DispatchAttempt, DispatchSettlement, StoredDispatch } from "../store/store.ts";
import { numbersFrom } from "../values/ids.ts";
import { isoOf } from "../values/iso.ts";
import type { WebhookResult } from "./sender.ts";

/** Seconds of virtual time between tries; after the last one the dispatch has failed and can be replayed by hand. */
const WAITS_S = [1, 5, 30, 120, 600, 1_800, 3_600, 7_200] as const;
/** Each wait is up to this part longer, so that endpoints that failed together aren't tried together. */
const JITTER = 0.2;
const MAX_RETRY_AFTER_S = 24 * 3_600;

export interface AttemptTimes {
  /** Wall-clock milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Virtual time in milliseconds. */
  readonly nowMs: number;
}

/** What becomes of a dispatch after a try: done on 2xx; failed when the endpoint is gone; otherwise tried again. */
export function settlementOf(
  dispatch: StoredDispatch,
  outcome: WebhookResult | { readonly kind: "gone" } | { readonly kind: "lost"; readonly error: string },
  times: AttemptTimes,
): DispatchSettlement {
  const base = { at: isoOf(times.startedAt), durationMs: times.endedAt - times.startedAt };
  if (outcome.kind === "gone") return failed({ ...base, error: "the endpoint was removed or disabled" });
  if (outcome.kind === "lost") return failed({ ...base, error: outcome.error });
  if (outcome.kind === "failed") return again(dispatch, { ...base, error: outcome.error }, times.nowMs);
  const { status, retryAfter } = outcome;
  const attempt = { ...base, status };
  if (status >= 200 && status < 300) return { attempt, state: "done", notBeforeMs: 0 };
  if (status === 410) return failed({ ...attempt, error: "410 Gone: the endpoint is disabled" });
  return again(
    dispatch,
    { ...attempt, error: `answered ${status}` },
    times.nowMs,
    secondsOf(retryAfter, times.endedAt),
  );
}

const failed = (attempt: DispatchAttempt): DispatchSettlement => ({
  attempt,
  state: "failed",
  notBeforeMs: 0,
});

function again(
  dispatch: StoredDispatch,
  attempt: DispatchAttempt,
  nowMs: number,
  askedS = 0,
): DispatchSettlement {
  const wait = WAITS_S[dispatch.attempts.length];
  if (wait === undefined) return failed(attempt);
  const random = numbersFrom(`${dispatch.id}\n${dispatch.attempts.length}`)() / 2 ** 32;
  const waitS = Math.max(wait * (1 + random * JITTER), askedS);
  return { attempt, state: "pending", notBeforeMs: nowMs + Math.ceil(waitS * 1000) };
}

/** `Retry-After` as seconds, or as a date by the clock of whoever says it: the wall's. */
function secondsOf(retryAfter: string | undefined, wallMs: number): number {
  if (retryAfter === undefined) return 0;
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - wallMs) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), MAX_RETRY_AFTER_S) : 0;
}
