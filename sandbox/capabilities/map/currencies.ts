import { shown } from "../../measures/tally.ts";
import type { CurrencyAmount, PartyAmount } from "../../network/concentration.ts";
import type { JsonObject } from "../../store/store.ts";
import { toMinor } from "../money.ts";

/**
 * From the shares that a concentration is made of, and an amount of its own, a party could tell what few others got. So it is
 * shown to a party where at least this many others received something.
 */
const FEWEST_OTHERS = 3;

/** How much went to few in one currency. @param viewer the party that it is shown to; undefined for those who see all */
export function viewCurrency(
  { currency, totalMinor, payees, concentration }: CurrencyAmount,
  viewer: string | undefined,
  own: readonly PartyAmount[] = [],
): JsonObject {
  if (viewer === undefined)
    return { currency, payees, totalMinor: toMinor(totalMinor), concentration: shown(concentration) };
  const isPayee = own.some((amount) => amount.currency === currency && amount.receivedMinor > 0n);
  const others = isPayee ? payees - 1 : payees;
  return { currency, payees, ...(others < FEWEST_OTHERS ? {} : { concentration: shown(concentration) }) };
}
