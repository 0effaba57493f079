import { expect, it } from "vitest";
import { nearNames } from "../../portal/client/near-names.ts";
import type { SearchName } from "../../portal/lib/search-names.ts";

const names = ["submitDelivery", "submitDeliveryBatch", "ECO_NOT_FOUND", "Entry", "getParty"].map(
  (name): SearchName => [name, name, `/${name}/`],
);

it.each([
  ["two letters swapped", "sumbitDelivery", ["submitDelivery"]],
  ["a letter missing", "submitDelivry", ["submitDelivery"]],
  ["a letter too many", "getPartyy", ["getParty"]],
  ["another case", "eco_not_fond", ["ECO_NOT_FOUND"]],
  ["two slips in a long name", "sumbitDelivry", ["submitDelivery"]],
  ["two slips in a short name", "gtePartt", ["getParty"]],
  ["three slips", "smubitDelvry", []],
  ["a short word", "Entr", []],
  ["several words", "submit Delivery", []],
  ["nothing alike", "settlement", []],
])("finds the names that are meant by a term with %s", (_, term, want) => {
  expect(nearNames(term, names).map(([name]) => name)).toEqual(want);
});
