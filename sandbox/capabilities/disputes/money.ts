import { type Charge, fingerprintOf, type Rated } from "../../rating/index.ts";
import { ROUNDING_MODES, type RoundingMode } from "../../rating/rounding.ts";
import type { JsonObject } from "../../store/store.ts";
import { objectsIn } from "../define.ts";
import type { DeliveryRecord, DisputeCredit } from "../deliveries/records.ts";
import { creditCustomer, type Money, relieveOfRecourse } from "./credit.ts";

/** The charges of a delivery as they stand. */
export function chargesOf(delivery: DeliveryRecord): Charge[] {
  return delivery.charges.map(
    (charge): Charge => ({
      ...charge,
      netMinor: BigInt(charge.netMinor),
      serviceCreditMinor: BigInt(charge.serviceCreditMinor),
      taxMinor: BigInt(charge.taxMinor),
      payableMinor: BigInt(charge.payableMinor),
      shares: charge.shares.map(({ party, amountMinor }) => ({ party, amountMinor: BigInt(amountMinor) })),
      recourse: charge.recourse.map(({ party, to, amountMinor }) => ({
        party,
        to,
        amountMinor: BigInt(amountMinor),
      })),
    }),
  );
}

/** How the rate card rounds, as the trace says it. */
export function roundingOf(trace: JsonObject): RoundingMode {
  const charges = objectsIn(trace["charges"]);
  const named = charges.map((charge) => charge["rounding"]);
  return ROUNDING_MODES.find((mode) => named.includes(mode)) ?? "half-even";
}

export function applyCredit(money: Money, credit: DisputeCredit, mode: RoundingMode): Money {
  const amountMinor = BigInt(credit.amountMinor);
  return credit.kind === "customer"
    ? creditCustomer(money, amountMinor, mode)
    : relieveOfRecourse(money, credit.openedBy, amountMinor, mode);
}

/** A fresh rating with what disputes gave back taken off again: a correction must not undo their outcome. */
export function withCredits(rated: Rated, credits: readonly DisputeCredit[], secret: string): Rated {
  if (credits.length === 0) return rated;
  const mode = roundingOf(rated.trace as JsonObject);
  const start: Money = { charges: rated.charges, legs: rated.legs };
  const money = credits.reduce((before, credit) => applyCredit(before, credit, mode), start);
  const disputes = credits.map(({ disputeId, kind, amountMinor }) => ({
    id: disputeId,
    kind,
    creditMinor: amountMinor,
  }));
  return {
    ...rated,
    ...money,
    ...totalsOf(money.charges, rated),
    trace: { ...rated.trace, disputes },
    fingerprint: fingerprintOf(money.legs, secret),
  };
}

/** Totals are those of the delivery's own charges: all but the purchases that other companies pay behind it. */
export function totalsOf(
  charges: readonly Charge[],
  rated: Pick<Rated, "netMinor" | "serviceCreditMinor" | "taxMinor" | "payableMinor">,
) {
  const sales = charges.filter((charge) => charge.side === "sale");
  if (sales.length === 0) {
    const { netMinor, serviceCreditMinor, taxMinor, payableMinor } = rated;
    return { netMinor, serviceCreditMinor, taxMinor, payableMinor };
  }
  const sum = (amount: (charge: Charge) => bigint) =>
    sales.reduce((total, charge) => total + amount(charge), 0n);
  return {
    netMinor: sum((charge) => charge.netMinor),
    serviceCreditMinor: sum((charge) => charge.serviceCreditMinor),
    taxMinor: sum((charge) => charge.taxMinor),
    payableMinor: sum((charge) => charge.payableMinor),
  };
}
