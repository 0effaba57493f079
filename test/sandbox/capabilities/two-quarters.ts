import type { JsonObject, Store } from "../../../sandbox/store/store.ts";
import { lunchOrder } from "../testing/lunch.ts";
import { joinAs } from "./company.ts";
import { type Client, expectStatus, type Harbour, openHarbour } from "./harbour.ts";
import { leg, lunch, recently } from "./legs.ts";

export const reviewOf = async (as: Client, query = ""): Promise<JsonObject> =>
  (await expectStatus(as.get(`/quarterly-review${query}`), 200)).body;

/** Two quarters of a campus, up to the first of April, with something of everything in the second one. */
export async function twoQuarters(store: Store): Promise<Harbour> {
  const harbour = await openHarbour({ store });
  const campus = harbour.as("harbour");
  const carrier = harbour.as("blueline");
  const member = harbour.as("nordic-apps");
  const onTime = { usage: { distanceMiles: 920, arrivalDelayMinutes: 0 } };
  const legs = [
    leg("autumn", { startedAt: "2025-11-10T11:45:00", ...onTime }),
    recently("january", { startedAt: "2026-01-10T11:45:00", ...onTime }),
    recently("march"),
  ];
  for (const delivery of legs) await expectStatus(carrier.post("/deliveries", delivery), 201);
  const meal = { ...lunch, startedAt: "2025-12-01T11:30:00", usage: { covers: 37, delayMinutes: 0 } };
  await expectStatus(harbour.as("fjord-catering").post("/deliveries", meal), 201);
  const order = (await expectStatus(harbour.as("spacefinder").post("/work-orders", lunchOrder), 201)).body;
  const done = { startedAt: String(order["scheduledFor"]), usage: { covers: 37, delayMinutes: 0 } };
  const completion = `/work-orders/${String(order["id"])}/completion`;
  await expectStatus(harbour.as("fjord-catering").post(completion, done), 200);

  const claim = { deliveryId: "march", reason: "Half of it.", claimMinor: 1000 };
  const dispute = String((await expectStatus(member.post("/disputes", claim), 201)).body["id"]);
  const upheld = { outcome: "upheld", reason: "It was." };
  await expectStatus(campus.post(`/disputes/${dispute}/resolution`, upheld), 200);
  await expectStatus(member.post("/feedback", { deliveryId: "march", score: 2 }), 201);
  const report = { title: "No scans", severity: "major", products: ["express-leg"], owner: "blueline" };
  await expectStatus(carrier.post("/incidents", report), 201);
  const asked = { parts: ["receiver"], level: "bronze" };
  const certified = async (decision: string): Promise<string> => {
    const id = String((await expectStatus(carrier.post("/certifications", asked), 201)).body["id"]);
    await expectStatus(campus.post(`/certifications/${id}/review`, { decision, reason: "So." }), 200);
    return id;
  };
  const revoked = { status: "revoked", reason: "Not any more." };
  await expectStatus(campus.post(`/certifications/${await certified("issued")}/standing`, revoked), 200);
  await certified("refused");
  await certified("issued");
  const tern = await joinAs(harbour, "tern");
  await expectStatus(tern.client.post("/deliveries", recently("first", { provider: "tern" })), 201);
  await (await joinAs(harbour, "plover")).leave();
  await expectStatus(campus.put("/sandbox/clock", { advance: "P16D" }), 200);
  return harbour;
}
