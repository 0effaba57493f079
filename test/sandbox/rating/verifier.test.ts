import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createSession, type Delivery, type Trace } from "../../../sandbox/rating/index.ts";
import { harbourDocuments, harbourRating, rated } from "./harbour.ts";
import { verifyTrace } from "./verifier.ts";

const { rateCards, agreements } = harbourDocuments();
const documents = [...rateCards, ...agreements].map(({ content }) => content);

const given: (Partial<Delivery> & { product: string })[] = [
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
  { product: "guest-pass" },
  { product: "desk-day" },
  { product: "av-kit", usage: { hours: 9 } },
  { product: "visitor-hosting", usage: { eventBudget: "4200.00", visitors: 60 } },
  { product: "visitor-hosting", usage: { eventBudget: "42", visitors: 1 } },
  { product: "case-resolution", usage: { firstContact: true } },
  { product: "parking", startedAt: "2026-10-25T01:30:00", endedAt: "2026-10-25T05:30:00" },
];

const traceOf = (delivery: Partial<Delivery> & { product: string }): Trace =>
  JSON.parse(JSON.stringify(rated(delivery).trace));

describe("an independent verifier", () => {
  it.each(given.map((delivery) => [JSON.stringify(delivery), delivery] as const))(
    "confirms %s",
    (_, delivery) => {
      expect(verifyTrace(traceOf(delivery), documents)).toEqual([]);
    },
  );

  it("confirms tiers and allowances that fill over a month", () => {
    const session = createSession(harbourRating());
    for (const product of ["desk-day", "guest-pass"]) {
      for (let day = 1; day <= 24; day++) {
        const startedAt = `2025-03-${String(day).padStart(2, "0")}`;
        const outcome = session.add({
          id: `${product}-${day}`,
          product,
          customer: "nordic-apps",
          startedAt,
          usage: {},
        });
        expect(outcome.kind === "rated" ? verifyTrace(outcome.trace, documents) : outcome).toEqual([]);
      }
    }
  });

  it("confirms each of the first 300 real flights", () => {
    const rows = readFileSync(new URL("../../fixtures/flights-2k.csv", import.meta.url), "utf8")
      .trim()
      .split("\n")
      .slice(1, 301);
    for (const row of rows) {
      const [startedAt = "", arrivalDelayMinutes = "", distanceMiles = ""] = row.split(",");
      expect(
        verifyTrace(
          traceOf({ product: "express-leg", startedAt, usage: { distanceMiles, arrivalDelayMinutes } }),
          documents,
        ),
      ).toEqual([]);
    }
  });

  it("refuses a trace whose documents aren't the ones it cites", () => {
    const trace = traceOf(given[0] ?? { product: "" });
    const forged = documents.map(
      (document) => JSON.parse(JSON.stringify(document).replace('"0.13216"', '"0.13217"')) as unknown,
    );
    expect(verifyTrace(trace, forged)).not.toEqual([]);
    expect(verifyTrace(trace, [])).not.toEqual([]);
  });
});

describe("a lying trace", () => {
  it.each(given.map((delivery) => [JSON.stringify(delivery), delivery] as const))(
    "of %s fails, whichever of its figures lies",
    (_, delivery) => {
      const trace = traceOf(delivery);
      const unnoticed = leavesOf(trace)
        .filter((path) => !FREE.some((free) => path.startsWith(free)))
        .filter((path) => verifyTrace(withLie(trace, path), documents).length === 0);
      expect(unnoticed).toEqual([]);
    },
  );

  it("that leaves out a leg, a share, a tier or a service level fails", () => {
    const trace = traceOf(given[6] ?? { product: "" });
    const cuts = [
      "/legs/1",
      "/charges/0/split/shares/1",
      "/charges/0/price/steps/2",
      "/charges/0/serviceLevels/0",
      "/charges/1",
    ];
    for (const cut of cuts)
      expect([cut, verifyTrace(without(trace, cut), documents).length > 0]).toEqual([cut, true]);
  });
});

/** What a delivery says of itself: a lie about it that changes no amount can only be told from the delivery. */
const FREE = ["parent", "product", "customer", "startedAt", "endedAt", "parties"].map(
  (field) => `/delivery/${field}`,
);

function leavesOf(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, `${path}/${key}`));
}

/** The trace with one leaf changed a little. */
function withLie(trace: Trace, path: string): unknown {
  return edit(trace, path, (parent, key) => {
    const value = parent[key];
    if (typeof value === "number") parent[key] = value + 1;
    else if (typeof value === "boolean") parent[key] = !value;
    else if (value === null) parent[key] = "1";
    else parent[key] = /^-?\d+(\.\d+)?$/.test(String(value)) ? String(Number(value) + 1) : lie(String(value));
  });
}

/** Times lie by a day and an hour, everything else by a letter. */
function lie(text: string): string {
  const time = /^(\d{4}-\d\d-)(\d\d)(T)(\d\d)(.*)$/.exec(text);
  if (time === null) return `${text}x`;
  const [, month = "", day = "", t = "", hour = "", rest = ""] = time;
  return `${month}${String((Number(day) % 28) + 1).padStart(2, "0")}${t}${String((Number(hour) + 13) % 24).padStart(2, "0")}${rest}`;
}

function without(trace: Trace, path: string): unknown {
  return edit(trace, path, (parent, key) => {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  });
}

function edit(
  trace: Trace,
  path: string,
  change: (parent: Record<string, unknown>, key: string) => void,
): unknown {
  const copy = JSON.parse(JSON.stringify(trace)) as Record<string, unknown>;
  const keys = path.split("/").slice(1);
  const last = keys.pop() ?? "";
  change(
    keys.reduce((node, key) => node[key] as Record<string, unknown>, copy),
    last,
  );
  return copy;
}
