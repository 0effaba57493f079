import type { Send } from "./client.ts";

/** What an express carrier does: it reports its legs, asks what they cost, and mends one that it had read wrongly. */
/** @param toTheEnd whether it reads lists to their last page */
export async function workingDay(send: Send, toTheEnd = true): Promise<void> {
  await firstDelivery(send);
  await correction(send);
  for (const miles of [310, 640, 1200]) await submitted(send, leg("2001-01-03T06:55:00", miles, 0));
  await send("POST", "/deliveries", { ...leg("2001-01-04T06:55:00", 100, 0), customer: "nobody-we-know" });
  await everyDelivery(send, toTheEnd);
}

const leg = (
  startedAt: string,
  distanceMiles: number,
  arrivalDelayMinutes: number,
  customer = "nordic-apps",
) => ({
  product: "express-leg",
  customer,
  startedAt,
  usage: { distanceMiles, arrivalDelayMinutes },
});

const bodyOf = async (response: Response) => (await response.json()) as Record<string, unknown>;

async function submitted(
  send: Send,
  body: object,
): Promise<{ readonly id: string; readonly requestId: string }> {
  const response = await send("POST", "/deliveries", body);
  const requestId = response.headers.get("eco-request-id") ?? "";
  return { id: String((await bodyOf(response))["id"]), requestId };
}

const awaitEvent = (send: Send, causedBy: string, type: string): Promise<Response> =>
  send("GET", `/events?${new URLSearchParams({ causedBy, type })}`);

/** The journey `first-delivery-rated`. */
async function firstDelivery(send: Send): Promise<void> {
  await send("POST", "/quotes", leg("2001-01-01T06:55:00", 1797, 0));
  const { id, requestId } = await submitted(send, leg("2001-01-01T06:55:00", 1797, -19));
  await awaitEvent(send, requestId, "campus.harbour.delivery.rated.v1");
  await send("GET", `/deliveries/${id}/explanation`);
}

/** The journey `correction`. */
async function correction(send: Send): Promise<void> {
  const { id } = await submitted(send, leg("2001-01-01T11:45:00", 920, 20, "studio-oy"));
  const corrected = await send("POST", `/deliveries/${id}/corrections`, {
    usage: { arrivalDelayMinutes: 9 },
    reason: "The gate time was read wrongly.",
  });
  await awaitEvent(
    send,
    corrected.headers.get("eco-request-id") ?? "",
    "campus.harbour.delivery.corrected.v1",
  );
  await send("GET", `/deliveries/${id}`);
}

async function everyDelivery(send: Send, toTheEnd: boolean): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await send(
      "GET",
      `/deliveries?${new URLSearchParams(cursor === undefined ? {} : { cursor })}`,
    );
    const { nextCursor } = await bodyOf(page);
    cursor = toTheEnd && typeof nextCursor === "string" ? nextCursor : undefined;
  } while (cursor !== undefined);
}
