import { minorUnits } from "../../sandbox/rating/currency.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";

/** `120.5` in euros → 12050. @throws EcoError ECO_USAGE for what is no amount, or finer than the currency. */
export function parseAmount(text: string, currency: string, flag: string): number {
  const scale = minorUnits(currency);
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(text.trim());
  const fraction = match?.[2] ?? "";
  if (match === null || fraction.length > scale)
    throw new EcoError("ECO_USAGE", `${flag} \`${text}\` is no amount in ${currency}.`, {
      fix: `Write it with at most ${scale} decimals, like ${scale === 0 ? "120" : `120.${"5".padEnd(scale, "0")}`}.`,
    });
  return Number(`${match[1]}${fraction.padEnd(scale, "0")}`);
}
