import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { type Client, expectStatus, type Harbour, openHarbour } from "./harbour.ts";
import { leg, lunch } from "./legs.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
});
afterEach(() => harbour.close());

/** The Mondays and Tuesdays of nine weeks before the tests' present, a Monday: the last of both lies a week or six days back. */
const dayOf = (week: number, weekday = 0): string =>
  new Date(Date.UTC(2026, 0, 5 + week * 7 + weekday)).toISOString().slice(0, 10);
const LAST = 9;

interface Amount {
  readonly legs: number;
  readonly late?: number;
}

/** So many legs each week on one weekday, some of them late. */
const legsOf = (week: number, { legs, late = 0 }: Amount, weekday = 0): JsonObject[] =>
  Array.from({ length: legs }, (_, index) =>
    leg(`leg-${week}-${weekday}-${index}`, {
      startedAt: `${dayOf(week, weekday)}T${String(8 + (index % 10)).padStart(2, "0")}:15:00`,
      usage: { distanceMiles: 300 + index, arrivalDelayMinutes: index < late ? 25 : 0 },
    }),
  );

async function submit(...deliveries: JsonObject[]): Promise<void> {
  for (let from = 0; from < deliveries.length; from += 500) {
    const batch = { deliveries: deliveries.slice(from, from + 500) };
    const { body } = await expectStatus(harbour.as("harbour").post("/deliveries/batch", batch), 200);
    expect(body).toMatchObject({ rejected: 0 });
  }
}

const weeks = (amount: (week: number) => Amount, count = LAST + 1): JsonObject[] =>
  Array.from({ length: count }, (_, week) => legsOf(week, amount(week))).flat();

const brief = async (day: string, as: Client = harbour.as("harbour"), query = ""): Promise<JsonObject> =>
  (await expectStatus(as.get(`/brief?day=${day}${query}`), 200)).body;

const anomalies = (body: JsonObject): readonly JsonObject[] => body["anomalies"] as JsonObject[];

describe("the brief of a day", () => {
  it("names what is above the ordinary, with its figures, its records and a sentence", async () => {
    await submit(...weeks((week) => ({ legs: week === LAST ? 60 : 20 })));
    const body = await brief(dayOf(LAST));
    expect(body).toMatchObject({
      day: "2026-03-09",
      timeZone: "Europe/Helsinki",
      complete: true,
      weeks: 8,
      minimumWeeks: 4,
      falseAlarms: 0.02,
      tooNew: 0,
      // Deliveries, service levels, credits, corrections and cancellations; provider, product, customer and all are the same.
      compared: 5,
      summary: "1 out of the ordinary on Monday 2026-03-09, 5 figures compared.",
    });
    expect(body).not.toHaveProperty("party");
    // (2 √60.375 - 2 √20.375) / √(1 + π / 16) = 5.954; at 0.02 / 5 on both sides the root may be 2.878 · 1.0938 away.
    expect(anomalies(body)).toEqual([
      {
        signal: "deliveries",
        area: "demand",
        title: "Deliveries",
        subject: { kind: "provider", id: "blueline" },
        sameFor: [
          { kind: "product", id: "express-leg" },
          { kind: "customer", id: "nordic-apps" },
          { kind: "all" },
        ],
        direction: "above",
        unit: "records",
        observed: 60,
        expected: 20,
        from: 9,
        to: 36,
        of: 60,
        weeks: 8,
        score: 6,
        oneIn: 1_000_000,
        summary:
          "Deliveries of the provider blueline: 60, above the usual 9 to 36 of a Monday (the middle of 8 is 20). Chance alone brings this about on less than one day in a million.",
        records: expect.arrayContaining(["leg-9-0-0"]),
      },
    ]);
    expect(anomalies(body)[0]?.["records"]).toHaveLength(10);
  });

  it("names a standstill, and what has got worse, the rarest first", async () => {
    await submit(
      ...weeks((week) => ({ legs: 30, late: week === LAST ? 20 : 2 })),
      ...Array.from({ length: LAST }, (_, week) => legsOf(week, { legs: 30, late: 2 }, 1)).flat(),
    );
    const late = await brief(dayOf(LAST));
    expect(anomalies(late).map(({ signal, observed, part, of }) => [signal, observed, part, of])).toEqual([
      ["credits", 0.6667, 20, 30],
      ["service-levels-missed", 0.6667, 20, 30],
    ]);
    const still = await brief(dayOf(LAST, 1));
    expect(anomalies(still)).toMatchObject([
      { signal: "deliveries", direction: "below", observed: 0, expected: 30, of: 0, records: [] },
    ]);
  });

  it("says that a day was quiet, and when there is nothing to compare with", async () => {
    await submit(...weeks((week) => ({ legs: 18 + (week % 3) * 3 })));
    expect(await brief(dayOf(LAST))).toMatchObject({
      anomalies: [],
      summary: "A quiet day: nothing out of the ordinary on Monday 2026-03-09, 5 figures compared.",
    });
    expect(await brief(dayOf(2))).toMatchObject({
      compared: 0,
      tooNew: 5,
      summary: "Nothing to compare on Monday 2026-01-19: what there is has too few weeks behind it.",
    });
    expect(await brief("2020-03-09")).toMatchObject({ compared: 0, tooNew: 0, anomalies: [] });
  });

  it("is of the last day that has gone by where none is named; of a day that goes on, only what is too much already", async () => {
    await submit(...weeks((week) => ({ legs: week === LAST + 1 ? 0 : 30 })));
    expect((await harbour.as("harbour").get("/brief")).body).toMatchObject({
      day: "2026-03-15",
      complete: true,
    });
    const today = await brief("2026-03-16");
    expect(today).toMatchObject({ complete: false, anomalies: [] });
    expect(today["summary"]).toMatch(/on Monday 2026-03-16 so far/);
  });

  it("refuses what is no day, and one that hasn't begun", async () => {
    for (const day of ["2026-02-30", "2026-03-17"])
      expect(await harbour.as("harbour").get(`/brief?day=${day}`)).toMatchObject({ status: 422 });
  });

  it("is made of what its party takes part in; who oversees the ecosystem gets all, or the part of one", async () => {
    const lunches = Array.from({ length: LAST + 1 }, (_, week) =>
      Array.from({ length: week === LAST ? 40 : 10 }, (_, index) => ({
        ...lunch,
        id: `lunch-${week}-${index}`,
        startedAt: `${dayOf(week)}T11:30:00`,
      })),
    ).flat();
    await submit(...weeks(() => ({ legs: 20 })), ...lunches);
    const named = (body: JsonObject) =>
      anomalies(body).map(
        ({ signal, subject }) => `${signal} ${Object.values(subject as JsonObject).join(" ")}`,
      );
    const day = dayOf(LAST);
    expect(named(await brief(day, harbour.as("blueline")))).toEqual([]);
    expect(named(await brief(day, harbour.as("kestrel")))).toEqual(["deliveries provider fjord-catering"]);
    expect(named(await brief(day))).toEqual(
      expect.arrayContaining(["deliveries provider fjord-catering", "deliveries customer nordic-apps"]),
    );
    const ofKestrel = await brief(day, harbour.as("privacy-board"), "&party=kestrel");
    expect(ofKestrel).toEqual(await brief(day, harbour.as("kestrel")));
    // A supplier has no part in the sale, and isn't told for how many deliveries the customer got something back.
    expect(ofKestrel["compared"]).toBe(4);
    expect((await brief(day, harbour.as("fjord-catering")))["compared"]).toBe(5);
    expect((await harbour.as("blueline").get(`/brief?party=kestrel`)).status).toBe(404);
    expect((await harbour.nobody.get("/brief")).status).toBe(401);
  });

  it("follows what the catalogue says, and works without one", async () => {
    const { catalog } = await loadedSpecs();
    const documents = catalog.documents.map((document) =>
      document.kind === "metrics"
        ? {
            ...document,
            content: { ...document.content, brief: { weeks: 5, falseAlarms: 0.5, signals: ["deliveries"] } },
          }
        : document,
    );
    for (const [changed, wanted] of [
      [documents, { weeks: 5, minimumWeeks: 4, falseAlarms: 0.5, compared: 1 }],
      [catalog.documents.filter(({ kind }) => kind !== "metrics"), { weeks: 8, compared: 5 }],
    ] as const) {
      await harbour.close();
      harbour = await openHarbour({ catalog: { ...catalog, documents: changed } });
      await submit(...weeks(() => ({ legs: 3 })));
      expect(await brief(dayOf(LAST))).toMatchObject(wanted);
    }
  });
});
