import { type ClientRules, healthyClient } from "./client.ts";

/** Check id → the client that breaks just that rule. */
export const clientMutants: Readonly<Record<string, Partial<ClientRules>>> = {
  "client.request.declared": { extra: async (call) => void (await call("GET", "/secret-backdoor")) },
  "client.request.valid": { delivery: (example) => ({ ...example, colour: "blue" }) },
  "client.request.not-deprecated": { extra: async (call) => void (await call("GET", "/charges")) },
  "client.request.no-secret-in-url": {
    url: (base, path, token) => `${base}${path}${path.includes("?") ? "&" : "?"}access_token=${token}`,
  },
  "client.request.idempotency-key": { key: () => undefined },
  "client.retry.retry-after": { pauseMs: (attempt) => 40 * 2 ** attempt },
  "client.retry.no-4xx": { retries: (status) => status === 422 || healthyClient.retries(status) },
  "client.retry.same-key": { key: () => crypto.randomUUID() },
  "client.retry.backoff": { pauseMs: () => 30 },
  "client.auth.refresh": { refreshes: false },
  "client.auth.reuse": { keepsToken: false },
  "client.pagination.to-the-end": { readsAllPages: false },
};

export function mutatedClient(check: string | undefined): ClientRules {
  return { ...healthyClient, ...(check === undefined ? {} : clientMutants[check]) };
}
