import { ENDPOINTS, type WebhookEndpoint, webhookSecret } from "../events/endpoint.ts";
import type { Core } from "../pipeline/core.ts";
import { readClock } from "../store/clock.ts";

export interface NewEndpoint {
  /** Whose events it gets. */
  readonly party: string;
  readonly url: string;
  /** CloudEvents types; all that the party may read where left out. */
  readonly types?: readonly string[];
  /** `whsec_…`; a new one where left out. */
  readonly secret?: string;
}

/** Endpoints of webhooks, whether the spec set has operations for them or not. */
export class EndpointControl {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  /** An endpoint that needs no challenge: whoever controls the sandbox answers for it. Gives it with its secret. */
  register({ party, url, types = [], secret }: NewEndpoint): Promise<WebhookEndpoint> {
    const { steps, randomness, store, tenant, read, wallClock } = this.#core;
    const requestId = randomness.requestId();
    return steps.run("control", requestId, async () => {
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
