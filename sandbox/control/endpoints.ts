import { documentsOf, messageByEvent } from "../../specs/engine/catalog/lookup.ts";
import { httpUrl } from "../../specs/engine/http-url.ts";
import { refuse } from "../capabilities/define.ts";
import { everyRecord } from "../capabilities/page.ts";
import { collections, type PartyRecord } from "../capabilities/records.ts";
import { ENDPOINTS, type NewEndpoint, type WebhookEndpoint, webhookSecret } from "../events/endpoint.ts";
import type { Core } from "../pipeline/core.ts";
import { readClock } from "../store/clock.ts";
import { part } from "../values/part.ts";
import type { ControlSchemas } from "./api.ts";
import type { Decisions } from "./decisions.ts";
import { ControlRefusal, invalidValue } from "./refused.ts";

type EndpointView = ControlSchemas["Endpoint"];
type EndpointWithSecret = ControlSchemas["EndpointWithSecret"];

const signing = part("signing", () => import("../events/sign.ts"));

/** Endpoints of webhooks, whether the spec set has operations for them or not. */
export class EndpointControl {
  readonly #core: Core;
  readonly #decisions: Decisions;

  constructor(core: Core, decisions: Decisions) {
    this.#core = core;
    this.#decisions = decisions;
  }

  async list(): Promise<EndpointView[]> {
    const stored = everyRecord<WebhookEndpoint>(this.#core.read, ENDPOINTS);
    return Array.fromAsync(stored, ({ value }) => viewEndpoint(value));
  }

  /**
   * An endpoint that needs no challenge: whoever controls the sandbox answers for it.
   * @throws EcoError `ECO_REQUEST_INVALID` for a party or a type that there isn't, a URL or a secret that is none;
   *   `ECO_STATE_TRANSITION` for a party that has left
   */
  async register(asked: NewEndpoint): Promise<EndpointWithSecret> {
    const { party, url, secret } = asked;
    const { steps, randomness, store, tenant, read, wallClock } = this.#core;
    const types = (asked.types ?? []).map((type) => this.#typeOf(type));
    await checkTarget(url, secret);
    const requestId = randomness.requestId();
    return steps.control(requestId, { does: "endpoints.register", with: asked }, async () => {
      await this.#checkParty(party);
      const { now } = await readClock(read, wallClock());
      const own = secret ?? webhookSecret(randomness.secret(requestId, 0));
      const endpoint: WebhookEndpoint = {
        id: randomness.idsOf(requestId)("whe"),
        party,
        url,
        types,
        status: "active",
        secrets: [{ secret: own }],
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
      return { ...viewEndpoint(endpoint), secret: own };
    });
  }

  /**
   * Pauses or resumes it. One that is disabled, or that never answered its challenge, becomes active too: a challenge is
   * sent to it, and whoever controls the sandbox answers for it.
   * @throws EcoError `ECO_NOT_FOUND`, `ECO_STATE_TRANSITION`
   */
  async update(endpointId: string, status: "active" | "paused"): Promise<EndpointView> {
    const former = await this.#stored(endpointId);
    const isOut = former?.status === "disabled" || former?.status === "unverified";
    if (isOut && status === "active") await this.#verify(endpointId);
    else await this.#decisions.act("webhooks.update", { endpointId, status });
    return this.#view(endpointId);
  }

  async #verify(endpointId: string): Promise<void> {
    await this.#decisions.act("webhooks.verify", { endpointId });
    const { challenge = "" } = (await this.#stored(endpointId)) ?? {};
    await this.#decisions.act("webhooks.verify", { endpointId, challenge });
  }

  /** @throws EcoError `ECO_NOT_FOUND` */
  async rotate(endpointId: string): Promise<EndpointWithSecret> {
    const { secret, previousSecretExpiresAt: ends } = await this.#decisions.act("webhooks.rotate-secret", {
      endpointId,
    });
    return {
      ...(await this.#view(endpointId)),
      secret: String(secret),
      ...(ends === undefined ? {} : { previousSecretExpiresAt: String(ends) }),
    };
  }

  /** @throws EcoError `ECO_NOT_FOUND` */
  async remove(endpointId: string): Promise<void> {
    await this.#decisions.act("webhooks.delete", { endpointId });
  }

  async #view(id: string): Promise<EndpointView> {
    const stored = await this.#stored(id);
    if (stored === undefined) throw new Error(`The endpoint ${id} is gone.`);
    return viewEndpoint(stored);
  }

  async #stored(id: string): Promise<WebhookEndpoint | undefined> {
    return (await this.#core.read.get<WebhookEndpoint>(ENDPOINTS, id))?.value;
  }

  /** On a spec set without a manifest, a party is whoever says so. */
  async #checkParty(party: string): Promise<void> {
    const { parts, read } = this.#core;
    if (documentsOf(parts.catalog, "ecosystem").length === 0) return;
    const known = await read.get<PartyRecord>(collections.parties, party);
    if (known?.value.status === "exited")
      throw new ControlRefusal(
        refuse("ECO_STATE_TRANSITION", `${party} has left the ecosystem: it gets no more events.`),
      );
    if (known !== undefined) return;
    throw invalidValue(
      `There is no party ${party}.`,
      "#/party",
      "use the id of one, as `eco sandbox party` lists them",
    );
  }

  #typeOf(asked: string): string {
    const { catalog } = this.#core.parts;
    const type = messageByEvent(catalog, asked)?.type ?? asked;
    if (catalog.messages.some((message) => message.type === type)) return type;
    throw invalidValue(`No message has the type ${asked}.`, "#/types", "use types of the event documents");
  }
}

async function checkTarget(url: string, secret: string | undefined): Promise<void> {
  if (httpUrl(url) === undefined)
    throw invalidValue(
      `${url} is no address of a webhook.`,
      "#/url",
      "give an absolute URL of http or https",
    );
  if (secret === undefined) return;
  const { canSign } = await signing();
  if (!canSign(secret)) throw invalidValue("The secret can't sign.", "#/secret", "give `whsec_` and base64");
}

function viewEndpoint(endpoint: WebhookEndpoint): EndpointView {
  const { id, party, url, types, status, disabledReason } = endpoint;
  return {
    id,
    party,
    url,
    types: [...types],
    status,
    ...(disabledReason === undefined ? {} : { disabledReason }),
  };
}
