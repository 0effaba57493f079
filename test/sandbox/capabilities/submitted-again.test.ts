import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { type Client, expectStatus, type Harbour, openHarbour } from "./harbour.ts";
import { leg } from "./legs.ts";

let harbour: Harbour;
let blueline: Client;
beforeEach(async () => {
  harbour = await openHarbour();
  blueline = harbour.as("blueline");
});
afterEach(() => harbour.close());

const flown = leg("leg-1");
const { startedAt: local, ...untimed } = flown;
const utc = new Date(`${local}Z`).toISOString();
const offset = `${local}+02:00`;

const forms: readonly { what: string; content: JsonObject }[] = [
  { what: "in local time", content: flown },
  { what: "in UTC", content: { ...untimed, startedAt: utc } },
  { what: "with the offset of its zone", content: { ...untimed, startedAt: offset } },
  { what: "with an end", content: { ...flown, endedAt: `${local?.toString().slice(0, 10)}T23:00:00` } },
  { what: "with its provider named", content: { ...flown, provider: "blueline" } },
  { what: "for a beneficiary", content: { ...flown, beneficiary: "somebody-else" } },
];

const inOtherOrder = (content: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(content).reverse());

describe("a delivery that is submitted again under its id", () => {
  it.each(forms)("is known $what, in whatever order of members", async ({ content }) => {
    const first = await expectStatus(blueline.post("/deliveries", content), 201);
    const again = await expectStatus(blueline.post("/deliveries", inOtherOrder(content)), 200);
    expect(again.body).toEqual(first.body);
  });

  it.each(forms)("$what is another one than in any other of these forms", async ({ content }) => {
    await expectStatus(blueline.post("/deliveries", content), 201);
    const others = forms.map((form) => form.content).filter((other) => other !== content);
    const statuses = others.map(async (other) => (await blueline.post("/deliveries", other)).status);
    expect(await Promise.all(statuses)).toEqual(others.map(() => 409));
  });

  it.each(forms)("$what is known by what came first, also after corrections", async ({ content }) => {
    await expectStatus(blueline.post("/deliveries", content), 201);
    for (const distanceMiles of [921, 922]) {
      const correction = { usage: { distanceMiles }, reason: "The log was read wrongly." };
      await expectStatus(blueline.post("/deliveries/leg-1/corrections", correction), 200);
    }
    const again = await expectStatus(blueline.post("/deliveries", content), 200);
    expect(again.body).toMatchObject({ status: "corrected", usage: { distanceMiles: 922 } });
    const corrected = { ...content, usage: { ...(content["usage"] as JsonObject), distanceMiles: 922 } };
    expect((await blueline.post("/deliveries", corrected)).status).toBe(409);
  });

  it("is known after another one moved it to another tier", async () => {
    const campus = harbour.as("harbour");
    const day = (number: number): JsonObject => ({
      id: `desk-${number}`,
      product: "desk-day",
      customer: "nordic-apps",
      startedAt: `2026-03-${String(number).padStart(2, "0")}T09:00:00`,
      usage: {},
    });
    for (let number = 2; number <= 12; number++)
      await expectStatus(campus.post("/deliveries", day(number)), 201);
    await expectStatus(campus.post("/deliveries", day(1)), 201);
    const moved = await expectStatus(campus.post("/deliveries", day(11)), 200);
    expect(moved.body).toMatchObject({ status: "corrected", netMinor: 2400 });
    const other = { ...day(11), startedAt: String(moved.body["startedAt"]) };
    expect((await campus.post("/deliveries", other)).status).toBe(409);
  });
});
