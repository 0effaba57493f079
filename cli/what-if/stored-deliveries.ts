import type { Delivery, DeliveryPart, Usage } from "../../sandbox/rating/index.ts";
import type { Fields } from "../http/api-client.ts";
import type { Session } from "../session.ts";
import { listAt, objectAt, textAt } from "../views/fields.ts";

/** The deliveries that a sandbox has booked, page by page, as they were submitted; cancelled ones are left out. */
export async function* storedDeliveries(
  session: Session,
  filter: { readonly product?: string | undefined; readonly customer?: string | undefined },
): AsyncGenerator<Delivery> {
  const input = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  for await (const stored of session.client.list("deliveries.list", input)) {
    if (stored["status"] !== "cancelled") yield deliveryOf(stored);
  }
}

function deliveryOf(stored: Fields): Delivery {
  const parts = listAt(stored, "parts").map(
    (part): DeliveryPart => ({ product: textAt(part, "product"), ...common(part) }),
  );
  return {
    id: textAt(stored, "id"),
    product: textAt(stored, "product"),
    customer: textAt(stored, "customer"),
    ...optional(stored, "beneficiary"),
    ...optional(stored, "parent"),
    ...common(stored),
    startedAt: textAt(stored, "startedAt"),
    usage: objectAt(stored, "usage") as Usage,
    ...(parts.length === 0 ? {} : { parts }),
  };
}

function common(stored: Fields) {
  return {
    ...optional(stored, "provider"),
    ...optional(stored, "startedAt"),
    ...optional(stored, "endedAt"),
    ...(stored["parties"] === undefined
      ? {}
      : { parties: objectAt(stored, "parties") as Record<string, string> }),
    ...(stored["usage"] === undefined ? {} : { usage: objectAt(stored, "usage") as Usage }),
  };
}

function optional<Key extends string>(stored: Fields, key: Key): { readonly [K in Key]?: string } {
  const value = stored[key];
  return (typeof value === "string" ? { [key]: value } : {}) as { readonly [K in Key]?: string };
}
