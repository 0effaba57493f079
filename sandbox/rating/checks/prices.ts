import type { EntryContent, PriceContent, SinglePrice } from "../documents.ts";
import { add, compare, type Exact, isExact, multiply, parseExact, percentOf, ZERO } from "../exact.ts";
import { compileModel, type ModelPrice } from "../models/index.ts";
import type { Tier } from "../models/tiers.ts";
import { compileQuantity } from "../quantity.ts";
import { checkDates } from "./dates.ts";
import type { Report } from "./finding.ts";

/** Every price of an entry with its pointer: components and windows included. */
export function pricesOf(entry: EntryContent, pointer: string): { price: SinglePrice; pointer: string }[] {
  const windows = (entry.timing?.windows ?? []).map(({ price }, i) => ({
    price: price as PriceContent,
    at: `${pointer}/timing/windows/${i}/price`,
  }));
  return [{ price: entry.price, at: `${pointer}/price` }, ...windows].flatMap(({ price, at }) =>
    "components" in price
      ? price.components.map((component, i) => ({ price: component, pointer: `${at}/components/${i}` }))
      : [{ price, pointer: at }],
  );
}

export function checkPrices(entry: EntryContent, pointer: string, report: Report): void {
  for (const { price, pointer: at } of pricesOf(entry, pointer)) checkPrice(price, entry, at, report);
  checkBounds(entry.price, `${pointer}/price`, report);
  checkBounds(entry, pointer, report);
  checkDiscounts(entry, pointer, report);
}

function checkPrice(price: SinglePrice, { measures }: EntryContent, pointer: string, report: Report): void {
  if ("tiers" in price && Array.isArray(price.tiers)) {
    // What a delivery may measure at most, where tiers start anew with each: above it no tier is needed.
    const most = typeof price.measure === "string" ? measures?.[price.measure]?.maximum : undefined;
    const bound = price.cumulative === undefined && price.conversion === undefined ? most : undefined;
    if (!checkTierOrder(price.tiers, bound, `${pointer}/tiers`, report)) return;
    if (price.model === "volume") checkInversion(price.tiers, `${pointer}/tiers`, report);
    else checkFallingTiers(price.tiers, `${pointer}/tiers`, report);
  }
  try {
    compileQuantity(price);
    if (price.model !== "recurring" && price.model !== "bundle") compileModel(price as ModelPrice);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    report.error(
      "ECO_RATE_CARD_INVALID",
      pointer,
      `The price can't be used: ${reason}.`,
      "Correct the clause; the schema describes every field of the model.",
    );
  }
  if (price.model !== "recurring" && price.model !== "bundle") checkBounds(price, pointer, report);
  checkNegative(price, pointer, report);
  if (price.model === "dynamic") checkDynamic(price, pointer, report);
  if (price.model === "percentage") checkTransactions(price, pointer, report);
}

/** Amounts of a price, whatever its model; those of tiers are looked at with their tiers. */
const AMOUNTS = ["unitAmount", "packageAmount", "amount", "connectAmount", "fixedAmount", "rate"] as const;

/** The payer would be paid: that may be meant, and is more often a slip. */
function checkNegative(price: SinglePrice, pointer: string, report: Report): void {
  const check = (amount: unknown, at: string): void => {
    if (!isExact(amount) || parseExact(amount).n >= 0n) return;
    report.warn(
      "ECO_PRICE_NEGATIVE",
      at,
      `The price is ${amount}, below zero: who is to pay would be paid.`,
      "Correct the sign, use a discount instead, or leave it if it is meant.",
    );
  };
  const fields: { readonly [name: string]: unknown } = { ...price };
  for (const name of AMOUNTS) check(fields[name], `${pointer}/${name}`);
  if (price.model !== "time-rate" || !Array.isArray(price.intervals)) return;
  price.intervals.forEach(({ amount }, i) => {
    check(amount, `${pointer}/intervals/${i}/amount`);
  });
}

/** A dynamic price is whatever amount the delivery brings: it has to say under which measure, and within what. */
function checkDynamic(
  price: Extract<SinglePrice, { model: "dynamic" }>,
  pointer: string,
  report: Report,
): void {
  const { lowestAmount, highestAmount } = price;
  if (typeof price.measure !== "string") {
    report.error(
      "ECO_RATE_CARD_INVALID",
      pointer,
      "A dynamic price doesn't say which measure of the delivery holds its amount.",
      "Add `measure: agreedAmount`, or whatever the deliveries call it.",
    );
  }
  if (!isExact(lowestAmount) || !isExact(highestAmount)) return;
  if (compare(parseExact(lowestAmount), parseExact(highestAmount)) <= 0) return;
  report.error(
    "ECO_BOUNDS_CROSSED",
    `${pointer}/lowestAmount`,
    `The lowest amount ${lowestAmount} lies above the highest, ${highestAmount}: every delivery would be refused.`,
    "Let the lowest be at most the highest.",
  );
}

/** Transactions are priced one by one, as they are: what is done to a quantity would be passed over in silence. */
function checkTransactions(price: SinglePrice, pointer: string, report: Report): void {
  if (typeof price.measure !== "string") return;
  for (const rule of ["conversion", "increment", "usageDiscount"] as const) {
    if (!(rule in price)) continue;
    report.error(
      "ECO_RATE_CARD_INVALID",
      `${pointer}/${rule}`,
      `A percentage prices each transaction as it comes; \`${rule}\` would change nothing.`,
      "Leave it out, or measure in the unit that is priced.",
    );
  }
}

/** Discounts that would turn the charge round, or that are there twice. */
function checkDiscounts({ discounts = [] }: EntryContent, pointer: string, report: Report): void {
  discounts.forEach(({ id, percent, validFor }, i) => {
    checkDates(validFor, report, `${pointer}/discounts/${i}`);
    if (isExact(percent) && compare(parseExact(percent), parseExact("100")) > 0) {
      report.error(
        "ECO_RATE_CARD_INVALID",
        `${pointer}/discounts/${i}/percent`,
        `The discount ${id} takes off ${percent} %: more than there is.`,
        "Let it take 100 % at most.",
      );
    }
    const first = discounts.findIndex((other) => other.id === id);
    if (first === i) return;
    report.error(
      "ECO_RATE_CARD_INVALID",
      `${pointer}/discounts/${i}/id`,
      `The discount "${id}" is there twice, and would be taken off twice.`,
      "Remove one, or give it an id of its own.",
    );
  });
}

/** Each tier must end above the one before it, and only the last may be open. */
function checkTierOrder(
  tiers: readonly Tier[],
  most: string | number | undefined,
  pointer: string,
  report: Report,
): boolean {
  let previous = ZERO;
  let sound = true;
  tiers.forEach((tier, i) => {
    const last = i === tiers.length - 1;
    const { upTo } = tier;
    if (upTo === undefined || upTo === null) {
      if (last) return;
      sound = false;
      report.error(
        "ECO_TIERS_OVERLAP",
        `${pointer}/${i}`,
        `Tier ${i + 1} has no upper end, so tier ${i + 2} can never be reached.`,
        "Give it an `upTo`, or move it to the end.",
      );
      return;
    }
    if (!isExact(upTo)) return;
    const end = parseExact(upTo);
    // A first tier may end at zero, where its flat amount is charged for nothing used; below zero there is nothing.
    if (compare(end, previous) < (i > 0 ? 1 : 0)) {
      sound = false;
      report.error(
        "ECO_TIERS_OVERLAP",
        `${pointer}/${i}/upTo`,
        i > 0
          ? `Tier ${i + 1} ends at ${upTo}, not above the tier before it.`
          : `The first tier ends at ${upTo}, below zero: nothing can lie in it.`,
        "List the tiers in rising order of `upTo`.",
      );
    }
    previous = end;
    if (last && !(isExact(most) && compare(parseExact(most), end) <= 0)) {
      report.error(
        "ECO_TIERS_GAP",
        `${pointer}/${i}/upTo`,
        `Above ${upTo} no tier holds: such a delivery can't be rated.`,
        "Let the last tier be open (`upTo: null`), or bound the measure with `maximum`.",
      );
    }
  });
  return sound;
}

/** In a volume price one more unit may drop the whole to a cheaper tier: then more costs less. */
function checkInversion(tiers: readonly Tier[], pointer: string, report: Report): void {
  tiers.forEach((tier, i) => {
    const next = tiers[i + 1];
    if (next === undefined || tier.upTo === undefined || tier.upTo === null) return;
    const at = parseExact(tier.upTo);
    if (compare(amountAt(next, at), amountAt(tier, at)) >= 0) return;
    report.warn(
      "ECO_PRICE_INVERSION",
      `${pointer}/${i + 1}`,
      `Just above ${tier.upTo} the whole costs less than ${tier.upTo} itself.`,
      "Raise the tier's price or flat amount, use `graduated`, or leave it if it is meant.",
    );
  });
}

function amountAt(tier: Tier, quantity: Exact): Exact {
  const unit = tier.rate === undefined ? parseExact(tier.unitAmount ?? "0") : percentOf(tier.rate);
  return add(multiply(unit, quantity), parseExact(tier.flatAmount ?? "0"));
}

function checkFallingTiers(tiers: readonly Tier[], pointer: string, report: Report): void {
  tiers.forEach((tier, i) => {
    const unit = tier.unitAmount ?? tier.rate ?? "0";
    if (!isExact(unit) || parseExact(unit).n >= 0n) return;
    report.warn(
      "ECO_PRICE_INVERSION",
      `${pointer}/${i}`,
      `Tier ${i + 1} has a negative price: the more is used, the less it costs.`,
      "Use a discount instead, or leave it if it is meant.",
    );
  });
}

export function checkBounds(
  bounds: { maximumAmount?: string | number; minimumAmount?: string | number },
  pointer: string,
  report: Report,
): void {
  const { maximumAmount, minimumAmount } = bounds;
  if (!isExact(maximumAmount) || !isExact(minimumAmount)) return;
  if (compare(parseExact(minimumAmount), parseExact(maximumAmount)) <= 0) return;
  report.error(
    "ECO_BOUNDS_CROSSED",
    `${pointer}/minimumAmount`,
    `The minimum ${minimumAmount} lies above the maximum ${maximumAmount}: the minimum would always stand.`,
    "Let the minimum be at most the maximum.",
  );
}
