import { type ClientRules, healthyClient } from "./client.ts";

/** Check id → the client that breaks just that rule. */
export const clientMutants: Readonly<Record<string, Partial<ClientRules>>> = {
  "client.core.ran": { runs: false },
  "client.content.unknown-field": {
    understands(body) {
      if (JSON.stringify(body).includes("unheardOf")) throw new Error("unknown property unheardOf");
    },
  },
  "client.request.declared": { extra: async (call) => void (await call("GET", "/secret-backdoor")) },
  "client.request.valid": { delivery: (example) => ({ ...example, colour: "blue" }) },
  "client.request.not-deprecated": { extra: async (call) => void (await call("GET", "/charges")) },
  "client.request.no-secret-in-url": {
    url: (base, path, token) => `${base}${path}${path.includes("?") ? "&" : "?"}access_token=${token}`,
  },
  "client.request.idempotency-key": { key: () => undefined },
  "client.retry.recovers": { retries: () => false },
  "client.retry.retry-after": { pauseMs: (attempt) => 40 * 2 ** attempt },
  "client.retry.no-4xx": { retries: (status) => status === 422 || healthyClient.retries(status) },
  "client.retry.same-key": { key: () => crypto.randomUUID() },
  "client.retry.backoff": { pauseMs: (_attempt, _response, random) => 30 + 20 * random },
  "client.retry.jitter": {
    pauseMs: (attempt, response) => healthyClient.pauseMs(attempt, response, 0.5),
  },
  "client.auth.refresh": { refreshes: false },
  "client.auth.reuse": { keepsToken: false },
  "client.pagination.to-the-end": { readsAllPages: false },
};

export function mutatedClient(check: string | undefined): ClientRules {
  return { ...healthyClient, ...(check === undefined ? {} : clientMutants[check]) };
}
