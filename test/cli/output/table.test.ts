import { describe, expect, it } from "vitest";
import { type Column, formatTable } from "../../../cli/output/table.ts";

type Row = readonly [id: string, text: string, amount: string];

const columns: readonly Column<Row>[] = [
  { header: "Id", value: ([id]) => id },
  { header: "What", value: ([, text]) => text },
  { header: "Net", value: ([, , amount]) => amount, align: "right" },
];
const withCurrency: readonly Column<Row>[] = [...columns, { header: "", value: () => "EUR" }];
const rows: readonly Row[] = [
  ["row_0123456789abcdef", "a parcel that came later than anybody had thought", "12.50"],
  ["row_2", "一份来得很晚的包裹 🎉", "1,000.00"],
];
const table = (width?: number): string[] => formatTable(rows, columns, (text) => text, width).split("\n");

describe("a table", () => {
  it("has a line for each row where there is room, or where nobody says how much", () => {
    expect(table()).toEqual([
      "Id                    What                                                    Net",
      "row_0123456789abcdef  a parcel that came later than anybody had thought     12.50",
      "row_2                 一份来得很晚的包裹 🎉                              1,000.00",
    ]);
    expect(table(81)).toEqual(table());
  });

  it("folds what has several words, and keeps words whole", () => {
    expect(table(60)).toEqual([
      "Id                    What                               Net",
      "row_0123456789abcdef  a parcel that came later         12.50",
      "                      than anybody had thought",
      "row_2                 一份来得很晚的包裹 🎉         1,000.00",
    ]);
  });

  it("gives each row as a list where folding isn't enough", () => {
    expect(table(40)).toEqual([
      "Id    row_0123456789abcdef",
      "What  a parcel that came later than anybody had thought",
      "Net   12.50",
      "",
      "Id    row_2",
      "What  一份来得很晚的包裹 🎉",
      "Net   1,000.00",
    ]);
    expect(formatTable(rows, withCurrency, (text) => text, 40)).toContain("Net   12.50 EUR\n");
    expect(formatTable([], columns, (text) => text, 5)).toBe("Id  What  Net");
  });
});
