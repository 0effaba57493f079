import type { JsonObject } from "../../../sandbox/store/store.ts";
import { type Harbour, itemsOf } from "./harbour.ts";

/** 920 miles, 20 minutes late, long ago: 144.31 net, 14.43 of credit, 12.99 of tax. */
export const leg = (id: string, over: JsonObject = {}): JsonObject => ({
  id,
  product: "express-leg",
  customer: "nordic-apps",
  startedAt: "2001-01-01T11:45:00",
  usage: { distanceMiles: 920, arrivalDelayMinutes: 20 },
  ...over,
});

/** The same six days before the tests' present. */
export const recently = (id: string, over: JsonObject = {}): JsonObject =>
  leg(id, { startedAt: "2026-03-10T11:45:00", ...over });

/** The first charge of a delivery, as the orchestrator sees it. */
export async function chargeOf(harbour: Harbour, id: string): Promise<JsonObject> {
  const reply = await harbour.as("harbour").get(`/deliveries/${id}`);
  const [charge] = reply.body["charges"] as JsonObject[];
  if (charge === undefined) throw new Error(`${id} has no charge`);
  return charge;
}

/** What every account of a delivery comes to in minor units, over all that was ever booked for it. */
export async function booksOf(harbour: Harbour, id: string): Promise<Record<string, number>> {
  const postings = itemsOf(await harbour.as("harbour").get(`/postings?deliveryId=${id}&limit=200`));
  const books: Record<string, number> = {};
  for (const { account, amountMinor } of postings) {
    books[String(account)] = (books[String(account)] ?? 0) + Number(amountMinor);
  }
  return Object.fromEntries(Object.entries(books).filter(([, amount]) => amount !== 0));
}

/** A lunch for 37 that came 25 minutes late, by a chain of four parties. */
export const lunch: JsonObject = {
  id: "lunch",
  product: "catering-cover",
  customer: "nordic-apps",
  provider: "fjord-catering",
  parties: { broker: "spacefinder", supplier: "kestrel" },
  startedAt: "2025-03-11T11:30:00",
  usage: { covers: 37, delayMinutes: 25 },
};
