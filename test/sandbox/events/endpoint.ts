import { ENDPOINTS, type WebhookEndpoint } from "../../../sandbox/events/endpoint.ts";
import type { Shop } from "../pipeline/shop.ts";

export const secret = (letter: string): string =>
  `whsec_${Buffer.from(letter.repeat(32)).toString("base64")}`;
export const SECRET = secret("a");

/** Writes a webhook endpoint into a sandbox's store, or over the one that has its id. */
export async function endpoint(
  { store }: Pick<Shop, "store">,
  parts: Partial<WebhookEndpoint> & { readonly url: string },
): Promise<string> {
  const id = parts.id ?? "whk_1";
  const known = await store.reader("main").get(ENDPOINTS, id);
  const value = {
    id,
    party: "blueline",
    status: "active",
    types: [],
    secrets: [{ secret: SECRET }],
    ...parts,
  };
  await store.apply({
    tenant: "main",
    writes: [
      {
        collection: ENDPOINTS,
        id,
        value,
        expectedVersion: known?.version ?? 0,
        keys: [`party:${value.party}`],
      },
    ],
    transactions: [],
    events: [],
  });
  return id;
}
