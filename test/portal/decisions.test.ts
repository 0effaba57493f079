import { readdir } from "node:fs/promises";
import { expect, it } from "vitest";
import { decisions } from "../../portal/lib/decisions.ts";

it("numbers decision records without a gap or a clash, each with title, date and status", async () => {
  const records = await decisions();
  expect(records).toHaveLength((await readdir("portal/content/decisions")).length);
  expect(records.map(({ number }) => Number(number))).toEqual(records.map((_, index) => index + 1));
  for (const { id, title, date, status } of records)
    expect([id, title === id, date, status]).toEqual([
      id,
      false,
      expect.stringMatching(/^\d{4}-\d\d-\d\d$/u),
      expect.stringMatching(/^(accepted|superseded by \d{4})$/u),
    ]);
});
