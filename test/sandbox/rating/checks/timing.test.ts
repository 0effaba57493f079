import { describe, it } from "vitest";
import { type Case, expectFinding } from "./cases.ts";

const windows = (...list: object[]) => ({
  entry: {
    timing: {
      basis: "start",
      windows: list.map((window) => ({ price: { model: "unit", unitAmount: "2" }, ...window })),
    },
  },
});

describe("the checks of windows find", () => {
  it.each<Case>([
    [
      "a window that begins where the clocks show a time twice",
      windows({ id: "night", times: [{ from: "03:30", to: "05:00" }] }),
      { severity: "warning", code: "ECO_WINDOW_AMBIGUOUS", pointer: "/entries/0/timing/windows/0/times/0" },
    ],
    [
      "two windows that share time",
      windows({ id: "a", days: ["monday"] }, { id: "b", times: [{ from: "22:00", to: "02:00" }] }),
      { severity: "warning", code: "ECO_WINDOW_OVERLAP", pointer: "/entries/0/timing/windows/1" },
    ],
    [
      "a window of no time",
      windows({ id: "a", times: [{ from: "10:00", to: "10:00" }] }),
      { severity: "error", code: "ECO_WINDOW_EMPTY" },
    ],
    [
      "a calendar that isn't there",
      windows({ id: "a", calendar: { id: "feasts", dates: "only" } }),
      { severity: "error", code: "ECO_CALENDAR_UNKNOWN" },
    ],
    [
      "a price by elapsed time that measures none",
      {
        entry: {
          timing: { basis: "elapsed", windows: [{ id: "w", price: { model: "unit", unitAmount: "1" } }] },
        },
      },
      { severity: "error", code: "ECO_TIMING_UNMEASURED" },
    ],
    [
      "a piece of a delivery at a price that has no pieces",
      {
        entry: {
          price: { model: "unit", measure: { elapsed: "hour" }, unitAmount: "1" },
          timing: {
            basis: "elapsed",
            windows: [{ id: "w", price: { model: "recurring", amount: "5", period: "month" } }],
          },
        },
      },
      { severity: "error", code: "ECO_TIMING_UNMEASURED", pointer: "/entries/0/timing/windows/0/price" },
    ],
  ])("%s", (_, card, want) => expectFinding(card, want));
});
