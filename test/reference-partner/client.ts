/** A client of the partner API that does everything right, with one decision each that a mutant may get wrong. */
export interface ClientRules {
  url(base: string, path: string, token: string): string;
  delivery(example: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /** The key of an attempt; `first` is the one made before the first attempt. */
  key(first: string): string | undefined;
  pauseMs(attempt: number, response: Response | undefined): number;
  retries(status: number): boolean;
  readonly refreshes: boolean;
  readonly keepsToken: boolean;
  readonly readsAllPages: boolean;
  /** More calls at the end. */
  extra(call: (method: string, path: string) => Promise<unknown>): Promise<void>;
}

function retryAfterMs(response: Response | undefined): number | undefined {
  const text = response?.headers.get("retry-after");
  return text === null || text === undefined ? undefined : Number(text) * 1000;
}

export const healthyClient: ClientRules = {
  url: (base, path) => `${base}${path}`,
  delivery: (example) => example,
  key: (first) => first,
  // Doubled each time, with a part that differs, so that many clients don't come back at the same moment.
  pauseMs: (attempt, response) => retryAfterMs(response) ?? 40 * 2 ** attempt + ((attempt * 7) % 5),
  retries: (status) => status === 429 || status >= 500,
  refreshes: true,
  keepsToken: true,
  readsAllPages: true,
  extra: async () => undefined,
};

const attempts = 5;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Calls an operation, with all that a client has to do about tokens, keys and retries. */
export type Send = (method: string, path: string, body?: unknown) => Promise<Response>;

export interface ClientOptions {
  readonly base: string;
  readonly fetch: typeof fetch;
  /** Those of a published persona where left out. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** How it waits; by a timer where left out. */
  readonly wait?: (ms: number) => Promise<void>;
}

export function openClient(rules: ClientRules, options: ClientOptions): Send {
  const { clientId = "sandbox-blueline", clientSecret = "sandbox-blueline-secret", wait = sleep } = options;
  let token: string | undefined;
  const fetchToken = async (): Promise<string> => {
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
    });
    const response = await options.fetch(`${options.base}/oauth/token`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: body.toString(),
    });
    return String(((await response.json()) as { access_token: string }).access_token);
  };

  return async (method, path, body) => {
    const firstKey = crypto.randomUUID();
    let refreshed = false;
    for (let attempt = 0; ; attempt += 1) {
      if (token === undefined || !rules.keepsToken) token = await fetchToken();
      const headers = new Headers({ authorization: `Bearer ${token}` });
      const key = method === "POST" ? rules.key(firstKey) : undefined;
      if (key !== undefined) headers.set("idempotency-key", key);
      if (body !== undefined) headers.set("content-type", "application/json");
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      const response = await options.fetch(rules.url(options.base, path, token), init);
      if (response.status === 401 && rules.refreshes && !refreshed) {
        refreshed = true;
        token = undefined;
      } else if (!rules.retries(response.status) || attempt >= attempts) return response;
      else await wait(rules.pauseMs(attempt, response));
    }
  };
}

/** What the partner does in a working day: two deliveries, one of them refused, and the list of all. */
export async function runClient(
  rules: ClientRules,
  options: ClientOptions & { readonly delivery: Readonly<Record<string, unknown>> },
): Promise<void> {
  const send = openClient(rules, options);
  const { id: _id, ...unnamed } = rules.delivery(options.delivery);
  await send("POST", "/deliveries", rules.delivery(options.delivery));
  await send("POST", "/deliveries", { ...unnamed, customer: "refused-customer" });
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? "?limit=1" : `?limit=1&cursor=${cursor}`;
    const page = (await (await send("GET", `/deliveries${query}`)).json()) as { nextCursor?: string };
    cursor = rules.readsAllPages ? page.nextCursor : undefined;
  } while (cursor !== undefined);
  await rules.extra((method, path) => send(method, path));
}
