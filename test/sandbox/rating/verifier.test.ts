import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Delivery } from "../../../sandbox/rating/index.ts";
import { scenarioNames, tracesOf } from "./golden/scenario.ts";
import { harbourDocuments, harbourRating } from "./harbour.ts";
import { evidenceFor, libraryOf, rateAll, type Told } from "./told.ts";
import { Books, type Evidence, Library, verifyTrace } from "./verifier/index.ts";
import { liesAbout } from "./verifier/lies.ts";

const library = libraryOf(harbourDocuments());

type Given = Partial<Delivery> & { product: string };

const given: Given[] = [
  {
    product: "express-leg",
    startedAt: "2001-01-01T06:55:00",
    usage: { distanceMiles: 1797, arrivalDelayMinutes: -19 },
  },
  {
    product: "express-leg",
    startedAt: "2001-01-01T11:45:00",
    usage: { distanceMiles: 920, arrivalDelayMinutes: 20 },
  },
  {
    product: "express-leg",
    startedAt: "2001-01-01T11:45:00",
    usage: { distanceMiles: 5000, arrivalDelayMinutes: 90 },
  },
  { product: "express-leg", startedAt: "2001-01-01T11:45:00", usage: { distanceMiles: 3 } },
  {
    product: "meeting-room",
    parties: { broker: "spacefinder" },
    startedAt: "2025-03-11T08:30:00",
    endedAt: "2025-03-11T12:00:00",
  },
  { product: "meeting-room", startedAt: "2025-03-11T08:45:00", endedAt: "2025-03-11T16:20:00" },
  {
    product: "catering-cover",
    provider: "taiga-catering",
    parent: "d0",
    usage: { covers: 37, delayMinutes: 25 },
  },
  { product: "membership", startedAt: "2025-03-10" },
  { product: "guest-pass", beneficiary: "a visitor" },
  { product: "desk-day" },
  { product: "av-kit", usage: { hours: 9 } },
  { product: "visitor-hosting", usage: { eventBudget: "4200.00", visitors: 60 } },
  { product: "visitor-hosting", usage: { eventBudget: "42", visitors: 1 } },
  { product: "case-resolution", usage: { firstContact: true } },
  { product: "parking", startedAt: "2026-10-25T01:30:00", endedAt: "2026-10-25T05:30:00" },
  {
    product: "event-bundle",
    startedAt: "2025-03-11T08:30:00",
    endedAt: "2025-03-11T12:00:00",
    parts: [
      { product: "meeting-room", parties: { broker: "spacefinder" } },
      { product: "catering-cover", usage: { covers: 37, delayMinutes: 25 } },
      { product: "av-kit", usage: { hours: 4 } },
    ],
  },
];

function told(delivery: Given): Told {
  const whole = {
    id: "d1",
    customer: "nordic-apps",
    startedAt: "2025-03-11T10:00:00",
    usage: {},
    ...delivery,
  };
  const [first] = rateAll(harbourRating(), [whole]);
  if (first === undefined) throw new Error(`not rated: ${JSON.stringify(delivery)}`);
  return first;
}

const cases = given.map((delivery) => [JSON.stringify(delivery), told(delivery)] as const);

describe("an independent verifier", () => {
  it.each(cases)("confirms %s", (_, each) => {
    expect(verifyTrace(each.trace, { library })).toEqual([]);
    expect(verifyTrace(each.trace, evidenceFor(each, library, new Books()))).toEqual([]);
  });

  it.each(scenarioNames)("confirms every delivery of the scenario %s", (name) => {
    for (const { documents, traces } of tracesOf(name)) {
      const own = libraryOf(documents);
      const books = new Books();
      expect(traces.length).toBeGreaterThan(0);
      for (const each of traces) expect(verifyTrace(each.trace, evidenceFor(each, own, books))).toEqual([]);
    }
  });

  it("confirms tiers and allowances that fill over a month, and knows what the month held", () => {
    const month = ["desk-day", "guest-pass"].flatMap((product) =>
      Array.from({ length: 24 }, (_, i): Delivery => {
        const startedAt = `2025-03-${String(i + 1).padStart(2, "0")}`;
        return { id: `${product}-${i}`, product, customer: "nordic-apps", startedAt, usage: {} };
      }),
    );
    const traces = rateAll(harbourRating(), month);
    const books = new Books();
    for (const each of traces) expect(verifyTrace(each.trace, evidenceFor(each, library, books))).toEqual([]);
    const [lone] = traces.slice(-1);
    expect(verifyTrace(lone?.trace, { library })).toEqual([]);
    expect(verifyTrace(lone?.trace, { library, books: new Books() })).not.toEqual([]);
  });

  it("confirms each of 2,000 real flights", () => {
    const rows = readFileSync(new URL("../../fixtures/flights-2k.csv", import.meta.url), "utf8")
      .trim()
      .split("\n")
      .slice(1);
    const flights = rows.map((row, i): Delivery => {
      const [startedAt = "", arrivalDelayMinutes = "", distanceMiles = ""] = row.split(",");
      const usage = { distanceMiles, arrivalDelayMinutes };
      return { id: `flight-${i}`, product: "express-leg", customer: "nordic-apps", startedAt, usage };
    });
    const traces = rateAll(harbourRating(), flights);
    expect(traces.length).toBe(2000);
    for (const { trace } of traces) expect(verifyTrace(trace, { library })).toEqual([]);
  });
});

describe("a lying trace", () => {
  it.each(cases)("of %s fails, wherever it lies", (_, each) => {
    const evidence = evidenceFor(each, library, new Books());
    expect(unnoticed(each, evidence)).toEqual([]);
  });

  it.each(scenarioNames)("of the scenario %s fails, wherever it lies", (name) => {
    for (const { documents, traces } of tracesOf(name)) {
      const own = libraryOf(documents);
      const books = new Books();
      for (const each of traces) {
        const evidence = evidenceFor(each, own, books);
        expect(unnoticed(each, evidence)).toEqual([]);
        expect(verifyTrace(each.trace, evidence)).toEqual([]);
      }
    }
  });

  it("needs nothing but its documents to be told, in all that follows from the delivery and them", () => {
    const left = cases.flatMap(([, each]) => unnoticed(each, { library }));
    // What a delivery says of itself can't be told from the documents as long as no amount hangs on it.
    expect(left.filter((what) => !what.startsWith("/delivery/"))).toEqual([]);
    expect(left.length).toBeGreaterThan(0);
  });

  it("can't hide behind other documents, nor behind none", () => {
    const [, each] = cases[0] ?? [];
    const documents = library.documents;
    const forged = documents.map((document) =>
      JSON.parse(JSON.stringify(document).replace('"0.13216"', '"0.13217"')),
    );
    const without = documents.filter(({ id }) => id !== "express-leg");
    for (const other of [forged, without, []])
      expect(verifyTrace(each?.trace, { library: new Library(other) })).not.toEqual([]);
  });

  it("can't move a leg out from under the fingerprint", () => {
    const [, each] = cases[1] ?? [];
    if (each === undefined) throw new Error("no case");
    const { root, salts } = each.fingerprint();
    const digit = root?.endsWith("0") === true ? "1" : "0";
    const moved = [
      { root: `${root?.slice(0, -1)}${digit}`, salts },
      { root, salts: salts.toReversed() },
      { root, salts: salts.slice(1) },
      { root: undefined, salts },
    ];
    for (const fingerprint of moved)
      expect(verifyTrace(each.trace, { library, fingerprint })).toEqual([
        expect.stringMatching("fingerprint"),
      ]);
  });
});

/** Lies that the verifier doesn't refuse. */
function unnoticed({ trace }: Told, evidence: Evidence): string[] {
  const copied = (): Evidence =>
    evidence.books === undefined ? evidence : { ...evidence, books: evidence.books.copy() };
  // A verifier that refuses everything would find every lie.
  expect(verifyTrace(trace, copied())).toEqual([]);
  const passed: string[] = [];
  let lies = 0;
  for (const lie of liesAbout(trace)) {
    lies++;
    if (verifyTrace(lie.trace, copied()).length === 0) passed.push(lie.what);
  }
  expect(lies).toBeGreaterThan(100);
  return passed;
}
