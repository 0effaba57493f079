import { ENDPOINTS, type NewEndpoint, type WebhookEndpoint, webhookSecret } from "../events/endpoint.ts";
import type { Core } from "../pipeline/core.ts";
import { readClock } from "../store/clock.ts";

/** Endpoints of webhooks, whether the spec set has operations for them or not. */
export class EndpointControl {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  /** An endpoint that needs no challenge: whoever controls the sandbox answers for it. Gives it with its secret. */
  register(asked: NewEndpoint): Promise<WebhookEndpoint> {
    const { party, url, types = [], secret } = asked;
    const { steps, randomness, store, tenant, read, wallClock } = this.#core;
    const requestId = randomness.requestId();
    return steps.control(requestId, { does: "endpoints.register", with: asked }, async () => {
      const { now } = await readClock(read, wallClock());
      const endpoint: WebhookEndpoint = {
        id: randomness.idsOf(requestId)("whe"),
        party,
        url,
        types,
        status: "active",
        secrets: [{ secret: secret ?? webhookSecret(randomness.secret(requestId, 0)) }],
        createdAt: now,
        verifiedAt: now,
        updatedAt: now,
      };
      const write = { collection: ENDPOINTS, id: endpoint.id, value: endpoint, expectedVersion: 0 };
      await store.apply({
        tenant,
        writes: [{ ...write, keys: [`party:${party}`] }],
        transactions: [],
        events: [],
      });
      return endpoint;
    });
  }
}
