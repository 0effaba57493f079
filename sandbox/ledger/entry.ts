import { type LegProof, proveLeg } from "../rating/fingerprint.ts";
import type { Leg } from "../rating/types.ts";
import { isSameRelation } from "./difference.ts";
import type { ProvenLeg, Totals } from "./issued.ts";
import { toSafe } from "./safe.ts";
import type { LedgerTransaction } from "./types.ts";

/** All legs of a delivery at one time, with what its fingerprint was made of. */
export interface Standing {
  readonly fingerprint: string;
  /** From which the salts come; never shown. */
  readonly secret: string;
  readonly legs: readonly Leg[];
}

/** One leg of a booking, on its way to the statements of payer and payee. */
export interface StatementEntry {
  /** What was booked: new minus old where it is a correction. */
  readonly leg: Leg;
  readonly booking: LedgerTransaction["kind"];
  readonly stands?: ProvenLeg;
  readonly stood?: ProvenLeg;
  /** Number of the document of an earlier period that this changes. */
  readonly corrects?: string;
}

/** The entries of a booking, each with the proof of how the leg stood before and after it. */
export function entriesOf({
  legs,
  booking,
  before,
  after,
}: {
  readonly legs: readonly Leg[];
  readonly booking: LedgerTransaction["kind"];
  readonly before?: Standing;
  readonly after?: Standing;
}): StatementEntry[] {
  return legs.map((leg) => {
    const stands = provenIn(after, leg);
    const stood = provenIn(before, leg);
    return {
      leg,
      booking,
      ...(stands === undefined ? {} : { stands }),
      ...(stood === undefined ? {} : { stood }),
    };
  });
}

function provenIn(standing: Standing | undefined, booked: Leg): ProvenLeg | undefined {
  if (standing === undefined || standing.fingerprint === "") return undefined;
  const leg = standing.legs.find((one) => one.id === booked.id && isSameRelation(one, booked));
  if (leg === undefined) return undefined;
  const { legId: _, ...proof }: LegProof = proveLeg(standing.legs, standing.secret, leg.id);
  const { fingerprint } = standing;
  return {
    fingerprint,
    ...(leg.taxPercent === booked.taxPercent ? {} : { taxPercent: leg.taxPercent }),
    ...(sameAmounts(leg, booked) ? {} : { amounts: amountsOf(leg) }),
    ...proof,
  };
}

function sameAmounts(left: Leg, right: Leg): boolean {
  return (
    left.netMinor === right.netMinor &&
    left.creditMinor === right.creditMinor &&
    left.taxMinor === right.taxMinor &&
    left.payableMinor === right.payableMinor
  );
}

export function amountsOf(leg: Pick<Leg, "netMinor" | "creditMinor" | "taxMinor" | "payableMinor">): Totals {
  return {
    netMinor: toSafe(leg.netMinor),
    serviceCreditMinor: toSafe(leg.creditMinor),
    taxMinor: toSafe(leg.taxMinor),
    payableMinor: toSafe(leg.payableMinor),
  };
}
