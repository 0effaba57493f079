import type { Authorization } from "./token-source.ts";

const ATTEMPTS = 5;
const TIMEOUT_MS = 10_000;
const FIRST_PAUSE_MS = 250;
/** Whoever is told to wait longer gives up, and says so. */
const LONGEST_PAUSE_MS = 60_000;

/**
 * A `fetch` that lives with a network: it signs in, once more after a 401; repeats what is safe to repeat, later each
 * time, with the same idempotency key; and waits as long as Retry-After says. Other refusals are final.
 */
export function sender(authorization: Authorization): (request: Request) => Promise<Response> {
  return async (request) => {
    const body = request.body === null ? null : await request.arrayBuffer();
    const isRepeatable = request.method !== "POST" || request.headers.has("idempotency-key");
    let renewed = false;
    for (let attempt = 1; ; attempt += 1) {
      const headers = new Headers(request.headers);
      for (const [name, value] of Object.entries(await authorization.headers())) headers.set(name, value);
      // Nothing is sent on to another place: credentials belong to this one.
      const init = { method: request.method, headers, body, redirect: "manual" } as const;
      const answer = await once(request.url, init, request.signal);
      if (answer.response?.status === 401 && !renewed && authorization.renew()) {
        renewed = true;
        continue;
      }
      const pauseMs = pauseAfter(answer.response, attempt);
      const mayRepeat = isRepeatable ? passes(answer.response) : isPutOff(answer.response);
      if (mayRepeat && attempt < ATTEMPTS && pauseMs <= LONGEST_PAUSE_MS && !request.signal.aborted) {
        await answer.response?.body?.cancel();
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        continue;
      }
      if (answer.response !== undefined) return answer.response;
      throw answer.failure;
    }
  };
}

type Answer = { readonly response: Response } | { readonly response?: undefined; readonly failure: unknown };

async function once(url: string, init: RequestInit, signal: AbortSignal): Promise<Answer> {
  try {
    const either = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    return { response: await fetch(url, { ...init, signal: either }) };
  } catch (failure) {
    return { failure };
  }
}

/** Whether another attempt may come through: no answer came, or one that says "not now". */
function passes(response: Response | undefined): boolean {
  return response === undefined || [408, 425, 429].includes(response.status) || response.status >= 500;
}

/** Whether it was refused before anything was done: then even what has no key is safe to repeat. */
function isPutOff(response: Response | undefined): boolean {
  return response?.status === 429 || (response?.status === 503 && response.headers.has("retry-after"));
}

/** As long as Retry-After says, else doubled each time, with a part that differs, so that many don't come back at one moment. */
function pauseAfter(response: Response | undefined, attempt: number): number {
  const after = response?.headers.get("retry-after");
  if (!after) return FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random());
  const seconds = Number(after);
  return Number.isNaN(seconds) ? Math.max(0, Date.parse(after) - Date.now()) : seconds * 1000;
}
