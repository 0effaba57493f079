import { describe, expect, it } from "vitest";
import type { Rated } from "../../../../sandbox/rating/index.ts";
import { euro, rated } from "../harbour.ts";
import { positions, recourse, shares } from "./figures.ts";

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
