import { describe, expect, it } from "vitest";
import { createSession, type Delivery, type Rated } from "../../../../sandbox/rating/index.ts";
import { euro, harbourRating, rated } from "../harbour.ts";
import { positions, shares } from "./figures.ts";

describe("meeting rooms", () => {
  it("are rounded up to half hours from the start, then cut", () => {
    const room = rated({
      product: "meeting-room",
      startedAt: "2025-03-11T08:45:00",
      endedAt: "2025-03-11T12:00:00",
    });
    expect(euro(room.netMinor)).toBe("130.00");
  });

  it("booked directly are the campus's own", () => {
    const room = rated({
      product: "meeting-room",
      startedAt: "2025-03-11T08:30:00",
      endedAt: "2025-03-11T12:00:00",
    });
    expect(shares(room)).toEqual({ harbour: "127.00" });
  });

  it("cost the other price on a Saturday", () => {
    const room = rated({
      product: "meeting-room",
      startedAt: "2025-03-15T10:00:00",
      endedAt: "2025-03-15T12:00:00",
    });
    expect(euro(room.netMinor)).toBe("52.00");
  });
});

describe("a member's month", () => {
  const session = createSession(harbourRating());
  const add = (delivery: Partial<Delivery> & { product: string }, i = 0): Rated => {
    const outcome = session.add({
      id: `${delivery.product}-${i}`,
      customer: "nordic-apps",
      startedAt: "2025-03-12T10:00:00",
      usage: {},
      ...delivery,
    });
    if (outcome.kind === "unrated") throw new Error(outcome.detail);
    return outcome;
  };
  const day = (i: number): string => `2025-03-${String(i + 10).padStart(2, "0")}T09:00:00`;

  it("sums to what the member is billed", () => {
    expect(euro(add({ product: "membership", startedAt: "2025-03-10" }).netMinor)).toBe("276.77");
    const desks = Array.from({ length: 13 }, (_, i) => add({ product: "desk-day", startedAt: day(i) }, i));
    expect(euro(desks.reduce((sum, { netMinor }) => sum + netMinor, 0n))).toBe("362.00");
    const passes = Array.from({ length: 5 }, (_, i) => add({ product: "guest-pass", startedAt: day(i) }, i));
    expect(euro(passes.reduce((sum, { netMinor }) => sum + netMinor, 0n))).toBe("30.00");
    const kit = add({ product: "av-kit", usage: { hours: 9 } });
    expect([euro(kit.netMinor), shares(kit)]).toEqual(["180.00", { harbour: "27.00", "lumen-av": "153.00" }]);
    const hosting = add({ product: "visitor-hosting", usage: { eventBudget: "4200.00", visitors: 60 } });
    expect([euro(hosting.netMinor), shares(hosting)]).toEqual([
      "117.00",
      { harbour: "11.70", brightdesk: "105.30" },
    ]);
    add({
      product: "meeting-room",
      parties: { broker: "spacefinder" },
      startedAt: "2025-03-11T08:30:00",
      endedAt: "2025-03-11T12:00:00",
    });
    add({
      product: "catering-cover",
      startedAt: "2025-03-11T08:30:00",
      usage: { covers: 37, delayMinutes: 25 },
    });
    expect(session.totals()).toMatchObject({
      netMinor: 157117,
      serviceCreditMinor: 4784,
      taxMinor: 33898,
      payableMinor: 186231,
      rejected: 0,
    });
  });
});

describe("hosting, cases and bundles", () => {
  it.each([
    [{ eventBudget: 100, visitors: 1 }, "12.00", "minimum"],
    [{ eventBudget: 30000, visitors: 100 }, "250.00", "maximum"],
  ])("hosting is bound as a sum: %j", (usage, net, bound) => {
    const hosting = rated({ product: "visitor-hosting", usage });
    expect([euro(hosting.netMinor), hosting.bound]).toEqual([net, bound]);
  });

  it.each([
    [{ firstContact: true }, "5.00", "1.28"],
    [{ firstContact: false }, "3.80", "0.97"],
    [{}, "3.80", "0.97"],
  ])("the campus pays the contact centre for a resolved case: %j", (usage, net, tax) => {
    const resolved = rated({ product: "case-resolution", usage });
    expect(resolved.charges).toHaveLength(1);
    expect(resolved.charges[0]).toMatchObject({ side: "purchase", payer: "harbour", payee: "brightdesk" });
    expect([euro(resolved.netMinor), euro(resolved.taxMinor)]).toEqual([net, tax]);
    expect(shares(resolved)).toEqual({ brightdesk: net });
    expect(positions(resolved.legs)).toEqual({ harbour: `-${net}`, brightdesk: net, "tax-office": "0.00" });
  });

  it("a bundle is shared by list price, and each part is its own product", () => {
    const bundle = rated({
      product: "event-bundle",
      startedAt: "2025-03-11T08:30:00",
      parts: [
        { product: "meeting-room", parties: { broker: "spacefinder" }, endedAt: "2025-03-11T12:00:00" },
        { product: "catering-cover", usage: { covers: 37, delayMinutes: 25 } },
        { product: "av-kit", usage: { hours: 3 } },
      ],
    });
    expect(
      bundle.charges.map(({ product, netMinor, taxCode }) => [product, euro(netMinor), taxCode]),
    ).toEqual([
      ["meeting-room", "95.43", "standard"],
      ["catering-cover", "359.48", "catering"],
      ["av-kit", "45.09", "standard"],
      ["catering-cover", "27.45", "standard"],
    ]);
    expect(euro(bundle.netMinor)).toBe("500.00");
    expect(shares(bundle)).toEqual({ spacefinder: "11.46", harbour: "83.97" });
    expect(euro(bundle.serviceCreditMinor)).toBe("35.95");
  });

  it("a bundle that lacks a part is refused", () => {
    const outcome = harbourRating().rate({
      id: "b",
      product: "event-bundle",
      customer: "nordic-apps",
      startedAt: "2025-03-11T08:30:00",
      usage: {},
      parts: [{ product: "av-kit", usage: { hours: 3 } }],
    });
    expect(outcome).toMatchObject({ kind: "unrated", code: "USAGE_INVALID", pointer: "/parts" });
  });
});

describe("parking by real elapsed time", () => {
  it.each([
    ["2026-10-25", "11.50", "+03:00", "+02:00"],
    ["2026-03-29", "7.50", "+02:00", "+03:00"],
    ["2026-06-10", "9.50", "+03:00", "+03:00"],
    ["2025-01-15", "9.50", "+02:00", "+02:00"],
  ])("01:30 to 05:30 by the clock on %s costs %s", (day, net, before, after) => {
    const parked = rated({ product: "parking", startedAt: `${day}T01:30:00`, endedAt: `${day}T05:30:00` });
    expect(euro(parked.netMinor)).toBe(net);
    expect([parked.startedAt, parked.endedAt]).toEqual([
      `${day}T01:30:00${before}`,
      `${day}T05:30:00${after}`,
    ]);
  });
});
