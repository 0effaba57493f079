import type { Charge, Leg, Recourse } from "../rating/index.ts";
import type { JsonObject } from "../store/store.ts";

/** Minor units as JSON carries them. Throws where a number can't hold them exactly: such an amount must never be stored. */
export function toMinor(amountMinor: bigint): number {
  const amount = Number(amountMinor);
  if (!Number.isSafeInteger(amount)) {
    throw new RangeError(`${amountMinor} minor units are more than a JSON number holds exactly`);
  }
  return amount;
}

/** `Charge` of the rating core in JSON: integers in minor units. */
export interface ChargeJson extends JsonObject {
  readonly id: string;
  readonly deliveryId: string;
  readonly product: string;
  readonly side: "sale" | "purchase";
  readonly payer: string;
  readonly payee: string;
  readonly currency: string;
  readonly netMinor: number;
  readonly serviceCreditMinor: number;
  readonly taxCode: string;
  readonly taxMinor: number;
  readonly payableMinor: number;
  readonly shares: readonly { readonly party: string; readonly amountMinor: number }[];
  readonly recourse: readonly { readonly party: string; readonly to: string; readonly amountMinor: number }[];
}

export const chargeToJson = (charge: Charge): ChargeJson => ({
  id: charge.id,
  deliveryId: charge.deliveryId,
  product: charge.product,
  side: charge.side,
  payer: charge.payer,
  payee: charge.payee,
  currency: charge.currency,
  netMinor: toMinor(charge.netMinor),
  serviceCreditMinor: toMinor(charge.serviceCreditMinor),
  taxCode: charge.taxCode,
  taxMinor: toMinor(charge.taxMinor),
  payableMinor: toMinor(charge.payableMinor),
  shares: charge.shares.map(({ party, amountMinor }) => ({ party, amountMinor: toMinor(amountMinor) })),
  recourse: charge.recourse.length === 0 ? NO_RECOURSE : charge.recourse.map(recourseToJson),
});

/** Nearly every charge has none, and each is kept. */
const NO_RECOURSE: ChargeJson["recourse"] = [];

const recourseToJson = ({ party, to, amountMinor }: Recourse): ChargeJson["recourse"][number] => ({
  party,
  to,
  amountMinor: toMinor(amountMinor),
});

/** `Leg` of the rating core in JSON. */
export interface LegJson extends JsonObject {
  readonly id: string;
  readonly kind: Leg["kind"];
  readonly deliveryId: string;
  readonly product: string;
  readonly payer: string;
  readonly payee: string;
  readonly currency: string;
  readonly netMinor: number;
  readonly creditMinor: number;
  readonly taxCode: string;
  readonly taxPercent: string;
  readonly taxMinor: number;
  readonly payableMinor: number;
  readonly taxRecovered: boolean;
  /** The empty string where no authority is named. */
  readonly taxAuthority: string;
}

export const legToJson = (leg: Leg): LegJson => ({
  id: leg.id,
  kind: leg.kind,
  deliveryId: leg.deliveryId,
  product: leg.product,
  payer: leg.payer,
  payee: leg.payee,
  currency: leg.currency,
  netMinor: toMinor(leg.netMinor),
  creditMinor: toMinor(leg.creditMinor),
  taxCode: leg.taxCode,
  taxPercent: leg.taxPercent,
  taxMinor: toMinor(leg.taxMinor),
  payableMinor: toMinor(leg.payableMinor),
  taxRecovered: leg.taxRecovered,
  taxAuthority: leg.taxAuthority ?? "",
});

export function legFromJson(json: LegJson): Leg {
  const { taxAuthority, ...leg } = json;
  return {
    ...leg,
    netMinor: BigInt(json.netMinor),
    creditMinor: BigInt(json.creditMinor),
    taxMinor: BigInt(json.taxMinor),
    payableMinor: BigInt(json.payableMinor),
    ...(taxAuthority === "" ? {} : { taxAuthority }),
  };
}
