import type { RoundingMode } from "./rounding.ts";
import { type TaxRate, type TaxTable, taxOn } from "./tax.ts";
import { minorValue, type TraceNode } from "./trace.ts";
import type { Charge, Leg, PartyId, Recourse } from "./types.ts";

/** Recourse that no leg has taken off yet. Shared by all charges of a delivery, so that it reaches down the chain. */
export interface OpenRecourse {
  readonly product: string;
  readonly party: PartyId;
  readonly to: PartyId;
  leftMinor: bigint;
}

export interface LegSetting {
  readonly currency: string;
  readonly scale: number;
  readonly mode: RoundingMode;
  readonly tax: TaxTable;
  readonly customer: PartyId;
  readonly deliveryId: string;
}

/** The leg of a charge itself: payer to payee, with the charge's own credit and tax. */
export function legOfCharge(place: string, charge: Charge, rate: TaxRate, setting: LegSetting): Leg {
  return {
    id: `${place}/${charge.side}`,
    kind: charge.side,
    deliveryId: setting.deliveryId,
    product: charge.product,
    payer: charge.payer,
    payee: charge.payee,
    currency: setting.currency,
    netMinor: charge.netMinor,
    creditMinor: charge.serviceCreditMinor,
    taxCode: rate.code,
    taxPercent: rate.percentText,
    taxMinor: charge.taxMinor,
    payableMinor: charge.payableMinor,
    taxRecovered: charge.payer !== setting.customer,
    taxAuthority: setting.tax.authority,
  };
}

/** A company-to-company leg: net, less what its payee owes back by recourse, with a tax of its own on the rest. */
export function companyLeg(
  id: string,
  product: string,
  payer: PartyId,
  payee: PartyId,
  netMinor: bigint,
  creditMinor: bigint,
  rate: TaxRate,
  setting: LegSetting,
): Leg {
  const taxMinor = taxOn(netMinor - creditMinor, rate, setting.mode);
  return {
    id,
    kind: "share",
    deliveryId: setting.deliveryId,
    product,
    payer,
    payee,
    currency: setting.currency,
    netMinor,
    creditMinor,
    taxCode: rate.code,
    taxPercent: rate.percentText,
    taxMinor,
    payableMinor: netMinor - creditMinor + taxMinor,
    taxRecovered: payer !== setting.customer,
    taxAuthority: setting.tax.authority,
  };
}

/** What a payee owes back on this leg, at most the leg's own net: a credit never turns an invoice around. */
export function takeRecourse(
  open: readonly OpenRecourse[],
  product: string,
  party: PartyId,
  to: PartyId,
  netMinor: bigint,
): bigint {
  if (netMinor <= 0n) return 0n;
  let taken = 0n;
  for (const recourse of open) {
    if (recourse.party !== party || recourse.to !== to || recourse.product !== product) continue;
    const part = recourse.leftMinor < netMinor - taken ? recourse.leftMinor : netMinor - taken;
    recourse.leftMinor -= part;
    taken += part;
  }
  return taken;
}

/** What no leg could take off is owed by itself: compensation, outside of tax. */
export function recourseLegs(open: readonly OpenRecourse[], setting: LegSetting): Leg[] {
  const legs: Leg[] = [];
  for (const { product, party, to, leftMinor } of open) {
    if (leftMinor === 0n || party === to) continue;
    legs.push({
      id: `recourse/${legs.length}`,
      kind: "recourse",
      deliveryId: setting.deliveryId,
      product,
      payer: party,
      payee: to,
      currency: setting.currency,
      netMinor: leftMinor,
      creditMinor: 0n,
      taxCode: "none",
      taxPercent: "0",
      taxMinor: 0n,
      payableMinor: leftMinor,
      taxRecovered: party !== setting.customer,
      taxAuthority: setting.tax.authority,
    });
  }
  return legs;
}

export function openRecourse(product: string, recourse: readonly Recourse[]): OpenRecourse[] {
  return recourse.map(({ party, to, amountMinor }) => ({ product, party, to, leftMinor: amountMinor }));
}

export function legNode(leg: Leg): TraceNode {
  return {
    id: leg.id,
    kind: leg.kind,
    payer: leg.payer,
    payee: leg.payee,
    netMinor: minorValue(leg.netMinor),
    creditMinor: minorValue(leg.creditMinor),
    taxCode: leg.taxCode,
    taxPercent: leg.taxPercent,
    taxMinor: minorValue(leg.taxMinor),
    payableMinor: minorValue(leg.payableMinor),
  };
}
