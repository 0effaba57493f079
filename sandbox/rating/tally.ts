import type { Rated } from "./outcome.ts";
import type { RatingTotals } from "./session-types.ts";
import type { PartyId } from "./types.ts";

/** Running sums over rated deliveries. What was added can be taken out again. */
export interface Tally {
  add(rated: Rated): void;
  take(rated: Rated): void;
  reject(): void;
  /** Throws a RangeError once two currencies were added: sums of euros and yen mean nothing. */
  totals(): RatingTotals;
}

interface Sums {
  net: bigint;
  credit: bigint;
  tax: bigint;
  deliveries: number;
  credited: number;
  atMinimum: number;
  atMaximum: number;
  readonly shares: Map<PartyId, bigint>;
  readonly recourse: Map<PartyId, bigint>;
  readonly windows: Map<string, number>;
}

export function createTally(): Tally {
  const byCurrency = new Map<string, Sums>();
  let rejected = 0;

  const move = (rated: Rated, sign: 1 | -1): void => {
    const sums = byCurrency.get(rated.currency) ?? emptySums();
    byCurrency.set(rated.currency, sums);
    const signed = BigInt(sign);
    sums.deliveries += sign;
    sums.net += signed * rated.netMinor;
    sums.credit += signed * rated.serviceCreditMinor;
    sums.tax += signed * rated.taxMinor;
    if (rated.serviceCreditMinor !== 0n) sums.credited += sign;
    if (rated.bound === "minimum") sums.atMinimum += sign;
    if (rated.bound === "maximum") sums.atMaximum += sign;
    for (const window of rated.windows) sums.windows.set(window, (sums.windows.get(window) ?? 0) + sign);
    for (const charge of ownCharges(rated)) {
      for (const { party, amountMinor } of charge.shares) raise(sums.shares, party, signed * amountMinor);
      for (const { party, amountMinor } of charge.recourse) raise(sums.recourse, party, signed * amountMinor);
    }
  };

  return {
    add: (rated) => move(rated, 1),
    take: (rated) => move(rated, -1),
    reject() {
      rejected++;
    },
    totals() {
      if (byCurrency.size > 1) {
        throw new RangeError(
          `deliveries in ${[...byCurrency.keys()].join(" and ")} have no common sum: rate them apart`,
        );
      }
      const [currency, sums] = [...byCurrency][0] ?? ["", emptySums()];
      return {
        deliveries: sums.deliveries,
        rejected,
        currency,
        netMinor: Number(sums.net),
        serviceCreditMinor: Number(sums.credit),
        taxMinor: Number(sums.tax),
        payableMinor: Number(sums.net - sums.credit + sums.tax),
        sharesMinor: asRecord(sums.shares),
        recourseMinor: asRecord(sums.recourse),
        credited: sums.credited,
        atMinimum: sums.atMinimum,
        atMaximum: sums.atMaximum,
        windows: Object.fromEntries(sums.windows),
      };
    },
  };
}

/** The purchases behind a delivery are other people's money: its totals are those of what it was charged. */
function ownCharges(rated: Rated): Rated["charges"] {
  let left = rated.netMinor;
  const own: Rated["charges"][number][] = [];
  for (const charge of rated.charges) {
    if (own.length > 0 && left === 0n && charge.side === "purchase") break;
    own.push(charge);
    left -= charge.netMinor;
  }
  return own;
}

function emptySums(): Sums {
  return {
    net: 0n,
    credit: 0n,
    tax: 0n,
    deliveries: 0,
    credited: 0,
    atMinimum: 0,
    atMaximum: 0,
    shares: new Map(),
    recourse: new Map(),
    windows: new Map(),
  };
}

function raise(sums: Map<PartyId, bigint>, party: PartyId, amountMinor: bigint): void {
  sums.set(party, (sums.get(party) ?? 0n) + amountMinor);
}

function asRecord(sums: ReadonlyMap<PartyId, bigint>): Record<PartyId, number> {
  return Object.fromEntries([...sums].map(([party, minor]) => [party, Number(minor)]));
}
