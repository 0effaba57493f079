import type { JsonObject } from "../../../sandbox/store/store.ts";
import { healthyClient, openClient, type Send } from "../../reference-partner/client.ts";
import { createFigures, ownProducts } from "../../reference-partner/figures.ts";
import { bearer, healthyPolicy } from "../../reference-partner/policy.ts";
import { createProvider } from "../../reference-partner/provider.ts";
import { createReceiver, healthyReceiver } from "../../reference-partner/receiver.ts";
import { type Served, serve } from "../../reference-partner/serve.ts";
import { expectStatus, type Harbour } from "../capabilities/harbour.ts";

const scopes = "fulfilment:read fulfilment:write";

/** The reference partner in all its roles, in the place of a company of the ecosystem. */
export interface WholePartner {
  readonly party: string;
  /** All that a submission for gold needs. */
  readonly submission: JsonObject;
  readonly send: Send;
  close(): Promise<void>;
}

/** @param base where the sandbox is served */
export async function wholePartner(harbour: Harbour, party: string, base: string): Promise<WholePartner> {
  const { documents, operations } = harbour.sandbox.catalog;
  const openApi = documents.filter(({ kind }) => kind === "openapi");
  const fulfilment = openApi.find(({ path }) => path.includes("fulfilment"))?.content ?? {};
  const provider = await serve(createProvider(healthyPolicy(fulfilment)));
  const figures = await serve(createFigures());
  const secrets: string[] = [];
  const receiver = await receiverOf(secrets);
  const endpointId = await registered(harbour, party, `${receiver.url}/webhooks`, secrets);
  return {
    party,
    submission: {
      parts: ["client", "provider", "receiver", "journeys", "money", "governance"],
      level: "gold",
      build: "2026.03.1",
      targetUrl: provider.url,
      credentials: await tokens(),
      endpointId,
      manifest: {
        operations: operations.filter(({ document }) => document.includes("fulfilment")).map(({ id }) => id),
        workflows: ["first-delivery-rated", "correction"],
        inspection: `${receiver.url}/inspection`,
        figures: { url: figures.url, products: ownProducts },
        specDigests: Object.fromEntries(openApi.map(({ path, digest }) => [path, digest])),
      },
    },
    send: openClient(healthyClient, { base: `${base}/v1`, fetch }),
    close: async () => void (await Promise.all([provider.close(), receiver.close(), figures.close()])),
  };
}

async function tokens(): Promise<JsonObject> {
  const token = async (tenant: string, scope: string, seconds = 600): Promise<string> =>
    (await bearer(tenant, scope, seconds)).replace("Bearer ", "");
  return {
    token: await token("harbour", scopes),
    expiredToken: await token("harbour", scopes, -600),
    limitedToken: await token("harbour", "none"),
    otherToken: await token("another", scopes),
  };
}

/** The challenge may be there before the answer that brings the secret: it is answered once that is known. */
async function receiverOf(secrets: string[]): Promise<Served> {
  const handle = createReceiver(healthyReceiver(secrets));
  return serve(async (request) => {
    while (secrets.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    return handle(request);
  });
}

/** Registers and proves the endpoint, and renews its secret twice, as a partner does in the course of time. */
async function registered(harbour: Harbour, party: string, url: string, secrets: string[]): Promise<string> {
  const as = harbour.as(party);
  const { body } = await expectStatus(as.post("/webhook-endpoints", { url }), 201);
  secrets.push(String(body["secret"]));
  await harbour.sandbox.settle();
  for (let renewal = 0; renewal < 2; renewal++) {
    const rotated = await expectStatus(as.post(`/webhook-endpoints/${String(body["id"])}/secret`), 200);
    secrets.unshift(String(rotated.body["secret"]));
    secrets.splice(2);
  }
  return String(body["id"]);
}
