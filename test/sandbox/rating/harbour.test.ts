import { describe, expect, it } from "vitest";
import { positionsOf, postingsOf } from "../../../sandbox/ledger/index.ts";
import { createSession, type Delivery, type Leg, type Rated } from "../../../sandbox/rating/index.ts";
import { euro, harbourRating, rated } from "./harbour.ts";

const shares = (outcome: Rated, charge = 0): Record<string, string> =>
  Object.fromEntries(
    (outcome.charges[charge]?.shares ?? []).map(({ party, amountMinor }) => [party, euro(amountMinor)]),
  );

const recourse = (outcome: Rated): Record<string, string> =>
  Object.fromEntries(
    (outcome.charges[0]?.recourse ?? []).map(({ party, amountMinor }) => [party, euro(amountMinor)]),
  );

const positions = (legs: readonly Leg[]): Record<string, string> =>
  Object.fromEntries(
    positionsOf(postingsOf(legs)).map(({ party, amountMinor }) => [party, euro(amountMinor)]),
  );

function chain(day: string): { room: Rated; catering: Rated } {
  const room = rated({
    id: "room",
    product: "meeting-room",
    parties: { broker: "spacefinder" },
    startedAt: `${day}T08:30:00`,
    endedAt: `${day}T12:00:00`,
  });
  const catering = rated({
    id: "catering",
    product: "catering-cover",
    provider: "fjord-catering",
    parties: { broker: "spacefinder", supplier: "kestrel" },
    parent: "room",
    startedAt: `${day}T08:30:00`,
    endedAt: `${day}T12:00:00`,
    usage: { covers: 37, delayMinutes: 25 },
  });
  return { room, catering };
}

describe("express legs", () => {
  it("1,797 miles at 06:55 on a Monday cost the peak price", () => {
    const leg = rated({
      product: "express-leg",
      startedAt: "2001-01-01T06:55:00",
      usage: { distanceMiles: 1797, arrivalDelayMinutes: -19 },
    });
    expect([euro(leg.netMinor), leg.windows]).toEqual(["256.11", ["peak"]]);
    expect(shares(leg)).toEqual({ wayfare: "15.37", harbour: "6.40", blueline: "234.34" });
  });

  it("920 miles, 20 minutes late, give a credit that the parties at fault bear", () => {
    const leg = rated({
      product: "express-leg",
      startedAt: "2001-01-01T11:45:00",
      usage: { distanceMiles: 920, arrivalDelayMinutes: 20 },
    });
    expect([euro(leg.netMinor), euro(leg.serviceCreditMinor), euro(leg.taxMinor)]).toEqual([
      "144.31",
      "14.43",
      "12.99",
    ]);
    expect(shares(leg)).toEqual({ wayfare: "8.66", harbour: "3.61", blueline: "132.04" });
    expect(recourse(leg)).toEqual({ blueline: "11.55", wayfare: "2.88" });
  });

  it.each([
    ["2001-01-01T06:29:59", []],
    ["2001-01-01T06:30:00", ["peak"]],
    ["2001-01-01T08:59:59", ["peak"]],
    ["2001-01-01T09:00:00", []],
    ["2001-01-01T16:30:00", ["peak"]],
    ["2001-01-01T19:00:00", []],
    ["2001-01-06T07:00:00", []],
  ])("a departure at %s is priced by the windows %j", (startedAt, windows) => {
    expect(rated({ product: "express-leg", startedAt, usage: { distanceMiles: 500 } }).windows).toEqual(
      windows,
    );
  });

  it.each([
    [0, "45.00", "minimum"],
    [5000, "320.00", "maximum"],
    [1000, "153.75", undefined],
  ])("%d miles are bound within 45.00 and 320.00", (distanceMiles, net, bound) => {
    const leg = rated({ product: "express-leg", startedAt: "2001-01-01T11:45:00", usage: { distanceMiles } });
    expect([euro(leg.netMinor), leg.bound]).toEqual([net, bound]);
  });

  it.each([
    [15, "0.00"],
    [15.5, "14.43"],
    [60, "14.43"],
    [61, "43.29"],
  ])("a delay of %d minutes gives a credit of %s", (arrivalDelayMinutes, credit) => {
    const leg = rated({
      product: "express-leg",
      startedAt: "2001-01-01T11:45:00",
      usage: { distanceMiles: 920, arrivalDelayMinutes },
    });
    expect(euro(leg.serviceCreditMinor)).toBe(credit);
  });

  it("the credit ends at its cap", () => {
    const leg = rated({
      product: "express-leg",
      startedAt: "2001-01-01T11:45:00",
      usage: { distanceMiles: 5000, arrivalDelayMinutes: 90 },
    });
    expect(euro(leg.serviceCreditMinor)).toBe("60.00");
  });
});

describe("the chain of a room with catering, delivered late", () => {
  const { room, catering } = chain("2025-03-11");

  it("prices the room piece by piece and shares it with the broker", () => {
    expect([euro(room.netMinor), euro(room.taxMinor)]).toEqual(["127.00", "32.38"]);
    expect(shares(room)).toEqual({ spacefinder: "15.24", harbour: "111.76" });
  });

  it("prices, splits, credits and taxes the catering", () => {
    expect([euro(catering.netMinor), euro(catering.serviceCreditMinor), euro(catering.taxMinor)]).toEqual([
      "478.40",
      "47.84",
      "60.28",
    ]);
    expect(shares(catering)).toEqual({ spacefinder: "38.28", harbour: "47.84", "fjord-catering": "392.28" });
    expect(recourse(catering)).toEqual({ "fjord-catering": "47.84", kestrel: "10.00" });
  });

  it("rates the buy side with the sell side", () => {
    const courier = catering.charges[1];
    expect(courier).toMatchObject({
      side: "purchase",
      payer: "fjord-catering",
      payee: "kestrel",
      netMinor: 2745n,
      serviceCreditMinor: 1000n,
    });
  });

  it("leaves every party with its position", () => {
    expect(positions([...room.legs, ...catering.legs])).toEqual({
      "nordic-apps": "-650.22",
      "tax-office": "92.66",
      spacefinder: "53.52",
      harbour: "159.60",
      "fjord-catering": "326.99",
      kestrel: "17.45",
    });
  });

  it("has the customer's tax as output less input tax over all suppliers", () => {
    const legs = [...room.legs, ...catering.legs];
    const output = legs.reduce((sum, leg) => sum + leg.taxMinor, 0n);
    const input = legs.filter((leg) => leg.taxRecovered).reduce((sum, leg) => sum + leg.taxMinor, 0n);
    expect(euro(output - input)).toBe("92.66");
  });

  it("is taxed by the table of its day: a year later catering has another rate", () => {
    const later = chain("2026-03-10");
    expect(euro(later.catering.taxMinor)).toBe("58.13");
    expect(euro(later.room.payableMinor + later.catering.payableMinor)).toBe("648.07");
    expect(positions([...later.room.legs, ...later.catering.legs])).toMatchObject({
      "tax-office": "90.51",
      "nordic-apps": "-648.07",
    });
  });

  it.each([
    ["2025-12-31", "catering", "60.28"],
    ["2026-01-01", "catering", "58.13"],
  ])("on %s the %s rate is that of the day", (day, _, tax) => {
    expect(euro(chain(day).catering.taxMinor)).toBe(tax);
  });

  it("gives the share, and the order, to the caterer who took over", () => {
    const taiga = rated({
      product: "catering-cover",
      provider: "taiga-catering",
      startedAt: "2025-03-11T08:30:00",
      usage: { covers: 37, delayMinutes: 25 },
    });
    expect(shares(taiga)).toEqual({ spacefinder: "38.28", harbour: "47.84", "taiga-catering": "392.28" });
    expect(taiga.charges[1]).toMatchObject({ payer: "taiga-catering", payee: "kestrel" });
  });

  it("holds the courier to account only where it has an agreement with the caterer, or brought the order", () => {
    const late = {
      product: "catering-cover",
      provider: "bothnia-kitchen",
      startedAt: "2025-03-11T08:30:00",
      usage: { covers: 37, delayMinutes: 25 },
    };
    const alone = rated(late);
    expect(alone.charges).toHaveLength(1);
    expect(recourse(alone)).toEqual({ "bothnia-kitchen": "47.84" });
    expect(positions(alone.legs)).not.toHaveProperty("kestrel");
    const brought = rated({ ...late, parties: { supplier: "kestrel" } });
    expect(recourse(brought)).toEqual({ "bothnia-kitchen": "47.84", kestrel: "10.00" });
  });
});

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
