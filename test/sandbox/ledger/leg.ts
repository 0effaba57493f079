import type { Leg } from "../../../sandbox/rating/index.ts";

/** A leg of one catering, in euros at 25.5 %. The member is the only one who can't recover its tax. */
export function leg(id: string, payer: string, payee: string, net: bigint, credit = 0n, tax = 0n): Leg {
  return {
    id,
    kind: id.endsWith("sale") ? "sale" : "share",
    deliveryId: "d1",
    product: "catering",
    payer,
    payee,
    currency: "EUR",
    netMinor: net,
    creditMinor: credit,
    taxCode: "standard",
    taxPercent: "25.5",
    taxMinor: tax,
    payableMinor: net - credit + tax,
    taxRecovered: payer !== "member",
    taxAuthority: "tax-office",
  };
}
