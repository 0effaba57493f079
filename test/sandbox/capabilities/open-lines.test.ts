import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { everyItem, expectStatus, type Harbour, itemsOf, openHarbour } from "./harbour.ts";
import { leg } from "./legs.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
});
afterEach(() => harbour.close());

const submit = (id: string, delay = 0) =>
  expectStatus(
    harbour
      .as("blueline")
      .post("/deliveries", leg(id, { usage: { distanceMiles: 920, arrivalDelayMinutes: delay } })),
    201,
  );
const close = (period: string) => expectStatus(harbour.as("harbour").post("/settlements", { period }), 201);

const openLines = (party: string, query: string, period = "2001-01") =>
  everyItem(harbour.as(party), `/periods/${period}/lines?${query}`);

describe("the lines of an open month", () => {
  it.each(["blueline", "nordic-apps", "wayfare"])(
    "are what the statement of %s then holds, but for its documents and the tax",
    async (party) => {
      for (const [i, delay] of [0, 20, 70, 5].entries()) await submit(`d-${i}`, delay);
      const usage = { arrivalDelayMinutes: 90 };
      await expectStatus(
        harbour.as("blueline").post("/deliveries/d-0/corrections", { usage, reason: "Late." }),
        200,
      );
      await expectStatus(
        harbour.as("blueline").post("/deliveries/d-3/cancellation", { reason: "Twice." }),
        200,
      );
      const pages = await Promise.all([1, 3, 200].map((limit) => openLines(party, `limit=${limit}`)));
      expect(pages[0]).toEqual(pages[2]);
      expect(pages[1]).toEqual(pages[2]);
      await close("2001-01");
      const [statement] = itemsOf(await harbour.as(party).get("/statements?period=2001-01"));
      const lines = (statement?.["lines"] ?? []) as JsonObject[];
      expect(pages[2]).toEqual(
        lines.filter(({ legId }) => legId !== undefined).map(({ document: _, ...line }) => line),
      );
    },
  );

  it("name the document of an earlier month that they change", async () => {
    await submit("a");
    await close("2001-01");
    const usage = { distanceMiles: 800 };
    await expectStatus(
      harbour.as("blueline").post("/deliveries/a/corrections", { usage, reason: "Shorter." }),
      200,
    );
    expect(await openLines("blueline", "", "2001-02")).toMatchObject([
      { deliveryId: "a", booking: "correction", corrects: "blueline-000001/1" },
    ]);
  });

  it("show who oversees those of others, one party at a time, and nobody else", async () => {
    await submit("a");
    const own = await openLines("blueline", "");
    expect(await openLines("harbour", "party=blueline")).toEqual(own);
    expect(await openLines("harbour", "")).not.toEqual(own);
    const refused = await harbour.as("nordic-apps").get("/periods/2001-01/lines?party=blueline");
    expect([refused.status, refused.body["code"]]).toEqual([404, "ECO_NOT_FOUND"]);
  });

  it("are of one currency, and of one month", async () => {
    await submit("a");
    expect(await openLines("blueline", "currency=EUR")).toHaveLength(1);
    expect(await openLines("blueline", "currency=USD")).toEqual([]);
    expect(await openLines("blueline", "", "2001-02")).toEqual([]);
  });

  it("are refused once the month is closed, and so is a cursor that is none", async () => {
    const odd = await harbour.as("blueline").get("/periods/2001-01/lines?cursor=l0.1");
    expect([odd.status, odd.body["code"]]).toEqual([422, "ECO_REQUEST_INVALID"]);
    await submit("a");
    await close("2001-01");
    const late = await harbour.as("blueline").get("/periods/2001-01/lines");
    expect([late.status, late.body["code"]]).toEqual([409, "ECO_PERIOD_CLOSED"]);
  });
});
