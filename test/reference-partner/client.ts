/** A client of the partner API that does everything right, with one decision each that a mutant may get wrong. */
export interface ClientRules {
  url(base: string, path: string, token: string): string;
  delivery(example: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /** The key of an attempt; `first` is the one made before the first attempt. */
  key(first: string): string | undefined;
  /** `random` is from 0 to below 1. */
  pauseMs(attempt: number, response: Response | undefined, random: number): number;
  /** Undefined: no answer came. */
  retries(status: number | undefined): boolean;
  /** Throws on what it can't read. */
  understands(body: unknown): void;
  readonly runs: boolean;
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

const firstPauseMs = 250;

export const healthyClient: ClientRules = {
  url: (base, path) => `${base}${path}`,
  delivery: (example) => example,
  key: (first) => first,
  // Doubled each time, with a part that differs, so that many clients don't come back at the same moment.
  pauseMs: (attempt, response, random) =>
    retryAfterMs(response) ?? firstPauseMs * 2 ** attempt * (0.5 + random),
  retries: (status) => status === undefined || status === 429 || status >= 500,
  understands: () => undefined,
  runs: true,
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
  /** Address of the API with its base path. */
  readonly base: string;
  readonly fetch: typeof fetch;
  /** Those of a published persona where left out. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** How it waits; by a timer where left out. */
  readonly wait?: (ms: number) => Promise<unknown>;
  /** From 0 to below 1; `Math.random` where left out. */
  readonly random?: () => number;
}

export function openClient(rules: ClientRules, options: ClientOptions): Send {
  const { clientId = "sandbox-blueline", clientSecret = "sandbox-blueline-secret", wait = sleep } = options;
  const random = options.random ?? Math.random;
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
      const url = rules.url(options.base, path, token);
      const response = await options.fetch(url, init).catch(() => undefined);
      if (response?.status === 401 && rules.refreshes && !refreshed) {
        refreshed = true;
        token = undefined;
      } else if (rules.retries(response?.status) && attempt < attempts) {
        await wait(rules.pauseMs(attempt, response, random()));
      } else if (response === undefined) throw new Error(`${method} ${path} got no answer.`);
      else return response;
    }
  };
}

/** What the partner does in a working day: three deliveries, one of them refused, and the list of all. */
export async function runClient(
  rules: ClientRules,
  options: ClientOptions & { readonly delivery: Readonly<Record<string, unknown>> },
): Promise<void> {
  const send = openClient(rules, options);
  const read = async (response: Response): Promise<unknown> => {
    const body: unknown = await response.json();
    if (response.ok) rules.understands(body);
    return body;
  };

  if (!rules.runs) return;
  const delivery = rules.delivery(options.delivery);
  const { id, ...unnamed } = delivery;
  await read(await send("POST", "/deliveries", delivery));
  await read(await send("POST", "/deliveries", { ...unnamed, id: `${String(id)}-again` }));
  await read(await send("POST", "/deliveries", { ...unnamed, customer: "refused-customer" }));
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? "?limit=1" : `?limit=1&cursor=${encodeURIComponent(cursor)}`;
    const page = (await read(await send("GET", `/deliveries${query}`))) as { nextCursor?: string };
    cursor = rules.readsAllPages ? page.nextCursor : undefined;
  } while (cursor !== undefined);
  await rules.extra((method, path) => send(method, path));
}
