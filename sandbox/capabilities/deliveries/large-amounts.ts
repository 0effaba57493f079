import type { LedgerTransaction } from "../../ledger/types.ts";
import type { Leg } from "../../rating/types.ts";
import type { JsonObject } from "../../store/store.ts";
import type { DecisionContext, Refusal } from "../capability.ts";
import { type Changes, joinChanges } from "../changes.ts";
import { refuse } from "../define.ts";
import { collections } from "../records.ts";

/**
 * A sum that JSON can't hold exactly is one that nobody could read any more: an account, a statement or a scorecard that
 * only ever fails. Amounts up to this many minor units can't come to one: there would have to be a million deliveries.
 */
const LARGE_MINOR = 2n ** 30n;
/** What all larger ones may come to in one sandbox, each leg with all of its amounts: half of what JSON holds. */
const MOST_MINOR = 2n ** 52n;

const at = { collection: collections.largeAmounts, id: "all" };

/** `large-amounts/all`, only where there are any. */
interface LargeAmounts extends JsonObject {
  /** Decimal. */
  readonly totalMinor: string;
}

/** Whether they book any; nearly none do. */
export const hasLarge = ({ transactions }: Changes): boolean =>
  transactions.some((transaction) => legsOf(transaction).some(isLarge));

/** The changes with what they add to the large amounts, or why they can't be booked. */
export async function countLarge(
  changes: Changes,
  delivery: string,
  { read }: DecisionContext,
): Promise<Changes | Refusal> {
  const large = changes.transactions.flatMap(legsOf).filter(isLarge);
  const known = await read.get<LargeAmounts>(at.collection, at.id);
  const total = large.reduce((sum, leg) => sum + weightOf(leg), BigInt(known?.value.totalMinor ?? 0));
  if (total > MOST_MINOR)
    return refuse(
      "ECO_USAGE_INVALID",
      `With the delivery ${delivery} the large amounts of this sandbox come to ${String(total).slice(0, 40)} minor units. Sums of more than ${MOST_MINOR} may not be exact any more.`,
      [
        {
          pointer: "#/usage",
          detail: "must come to less; bound the measure with `maximum` in the rate card",
        },
      ],
    );
  const value: LargeAmounts = { totalMinor: String(total) };
  return joinChanges(changes, { writes: [{ ...at, value, expectedVersion: known?.version ?? 0 }] });
}

const legsOf = (transaction: LedgerTransaction): readonly Leg[] =>
  "legs" in transaction ? transaction.legs : [];

const isLarge = ({ netMinor, payableMinor }: Leg): boolean =>
  netMinor > LARGE_MINOR || payableMinor > LARGE_MINOR || netMinor < -LARGE_MINOR;

const weightOf = ({ netMinor, creditMinor, taxMinor, payableMinor }: Leg): bigint =>
  size(netMinor) + size(creditMinor) + size(taxMinor) + size(payableMinor);

const size = (minor: bigint): bigint => (minor < 0n ? -minor : minor);
