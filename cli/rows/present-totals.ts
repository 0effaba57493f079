import { minorUnits, readableMinor } from "../../sandbox/rating/currency.ts";
import type { Output } from "../output/output.ts";
import type { BookedTotals } from "./booked-totals.ts";
import type { Totals } from "./rate-rows.ts";

/** Totals for people: what was charged, then who gets what. */
export function presentTotals(totals: Totals, windows: Readonly<Record<string, number>>, out: Output): void {
  const scale = minorUnits(totals.currency);
  const money = (amount: number): string => readableMinor(amount, scale);
  const count = (value: number): string => value.toLocaleString("en");
  const lines: [string, string][] = [
    ["Deliveries", count(totals.deliveries)],
    ["Rejected", count(totals.rejected)],
    [`Net (${totals.currency})`, money(totals.netMinor)],
    [`Service credit (on ${count(totals.credited)})`, money(totals.serviceCreditMinor)],
    ["Tax", money(totals.taxMinor)],
    ["Payable", money(totals.payableMinor)],
    ["At the minimum", count(totals.atMinimum)],
    ["At the maximum", count(totals.atMaximum)],
    ...Object.entries(windows).map(([name, legs]): [string, string] => [
      `In the window ${name}`,
      count(legs),
    ]),
  ];
  out.table(lines, [
    { header: "Total", value: ([label]) => label },
    { header: "", value: ([, value]) => value, align: "right" },
  ]);
  out.data("");
  presentParties(totals, out);
}

/** What each party gets of the net charges, and what it bears of the service credits. */
export function presentParties(
  totals: Pick<Totals, "currency" | "sharesMinor" | "recourseMinor">,
  out: Output,
): void {
  const scale = minorUnits(totals.currency);
  const parties = [...new Set([...Object.keys(totals.sharesMinor), ...Object.keys(totals.recourseMinor)])];
  if (parties.length === 0) return;
  const amount = (amounts: Readonly<Record<string, number>>, party: string): string => {
    const value = amounts[party];
    return value === undefined ? "" : readableMinor(value, scale);
  };
  out.table(parties, [
    { header: "Party", value: (party) => party },
    {
      header: `Share (${totals.currency})`,
      value: (party) => amount(totals.sharesMinor, party),
      align: "right",
    },
    { header: "Bears of credits", value: (party) => amount(totals.recourseMinor, party), align: "right" },
  ]);
}

/** What a submission booked, in one currency; nothing of amounts that the API doesn't tell. */
export function presentBooked(totals: BookedTotals, out: Output): void {
  const told = [
    ["Net", totals.netMinor],
    ["service credit", totals.serviceCreditMinor],
    ["tax", totals.taxMinor],
    ["payable", totals.payableMinor],
  ] as const;
  const parts = told.flatMap(([label, amount]) =>
    amount === undefined
      ? []
      : [`${label} ${readableMinor(amount, minorUnits(totals.currency))} ${totals.currency}`],
  );
  const line = parts.join(" · ");
  if (line !== "") out.data(`\n${line.charAt(0).toUpperCase()}${line.slice(1)}\n`);
  presentParties(totals, out);
}
