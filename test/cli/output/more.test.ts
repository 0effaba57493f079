import { expect, it } from "vitest";
import { moreThan } from "../../../cli/views/present-list.ts";

it.each([
  [50, 100_000, "There are more: --limit 500"],
  [20_000, 100_000, "There are more: --limit 100000"],
  [500, 500, "There are more than 500: narrow what is listed."],
])("of more than %d, the hint names no limit above %d", (limit, most, hint) => {
  expect(moreThan(limit, most)).toBe(hint);
});
