import { describe, expect, it } from "vitest";
import { euro, rated } from "../harbour.ts";
import { recourse, shares } from "./figures.ts";

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
