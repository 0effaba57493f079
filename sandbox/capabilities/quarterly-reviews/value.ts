import {
  type CurrencyAmount,
  currencyAmounts,
  type PartyAmount,
  partyAmounts,
  paymentsOf,
} from "../../network/concentration.ts";
import type { JsonObject } from "../../store/store.ts";
import { viewpoint } from "../access.ts";
import { viewCurrency } from "../map/currencies.ts";
import { readFlows } from "../map/reading.ts";
import { toMinor } from "../money.ts";
import type { ReviewReading } from "./happened.ts";
import type { Quarter } from "./quarter.ts";

/** What the books say of a quarter. */
interface BookedQuarter {
  readonly currencies: readonly CurrencyAmount[];
  readonly amounts: ReadonlyMap<string, readonly PartyAmount[]>;
}

/** What each party paid and received by the books of both quarters, and how much of it all went to few. */
export async function value(reading: ReviewReading): Promise<JsonObject> {
  const now = await booksOf(reading.quarter, reading);
  const before = await booksOf(reading.before, reading);
  const viewer = reading.party ?? viewpoint(reading.context);
  const known = new Set([...now.amounts.keys(), ...before.amounts.keys()]);
  const parties = viewer === undefined ? [...known].sort() : [viewer];
  return {
    amounts: parties.flatMap((party) =>
      byCurrency(now.amounts.get(party), before.amounts.get(party)).map(({ currency, one, former }) => ({
        party,
        currency,
        ...viewMargin(one),
        before: viewMargin(former),
      })),
    ),
    concentration: byCurrency(now.currencies, before.currencies).map(({ currency, one, former }) => ({
      currency,
      ...viewShares(one, viewer, now),
      before: viewShares(former, viewer, before),
    })),
  };
}

/** What there is in one of the quarters or in both, by currency. */
function byCurrency<T extends { readonly currency: string }>(
  now: readonly T[] = [],
  before: readonly T[] = [],
) {
  const currencies = new Set([...now, ...before].map(({ currency }) => currency));
  const [ones, formers] = [now, before].map((all) => new Map(all.map((each) => [each.currency, each])));
  return [...currencies]
    .sort()
    .map((currency) => ({ currency, one: ones?.get(currency), former: formers?.get(currency) }));
}

async function booksOf({ months }: Quarter, { context }: ReviewReading): Promise<BookedQuarter> {
  const { flows } = await readFlows(months, undefined, context.read);
  const payments = paymentsOf(flows);
  return { currencies: currencyAmounts(payments), amounts: partyAmounts(payments) };
}

/** Paid and received, and what is left of what was received; of one that only pays there is no margin. */
function viewMargin({
  paidMinor,
  receivedMinor,
}: Pick<PartyAmount, "paidMinor" | "receivedMinor"> = NOTHING) {
  return {
    paidMinor: toMinor(paidMinor),
    receivedMinor: toMinor(receivedMinor),
    ...(receivedMinor > 0n ? { marginMinor: toMinor(receivedMinor - paidMinor) } : {}),
  };
}

const NOTHING = { paidMinor: 0n, receivedMinor: 0n };

function viewShares(
  amount: CurrencyAmount | undefined,
  viewer: string | undefined,
  { amounts }: BookedQuarter,
): JsonObject {
  if (amount === undefined) return { payees: 0 };
  const { currency: _currency, ...shares } = viewCurrency(amount, viewer, amounts.get(viewer ?? ""));
  return shares;
}
