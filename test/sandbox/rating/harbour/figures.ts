import { positionsOf, postingsOf } from "../../../../sandbox/ledger/index.ts";
import type { Leg, Rated } from "../../../../sandbox/rating/index.ts";
import { euro } from "../harbour.ts";

type Amount = { readonly party: string; readonly amountMinor: bigint };

const inEuro = (amounts: readonly Amount[] = []): Record<string, string> =>
  Object.fromEntries(amounts.map(({ party, amountMinor }) => [party, euro(amountMinor)]));

/** What each party has of a charge, in euro. */
export const shares = (outcome: Rated, charge = 0): Record<string, string> =>
  inEuro(outcome.charges[charge]?.shares);

/** What each party at fault bears of the first charge's credit, in euro. */
export const recourse = (outcome: Rated): Record<string, string> => inEuro(outcome.charges[0]?.recourse);

/** What each party has, or owes, once all legs are booked, in euro. */
export const positions = (legs: readonly Leg[]): Record<string, string> =>
  inEuro(positionsOf(postingsOf(legs)));
