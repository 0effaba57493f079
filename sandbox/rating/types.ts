/** Identifier of a company, as in the ecosystem manifest: `harbour`, `blueline`. */
export type PartyId = string;

/** An exact decimal in text form: `"12"`, `"0.145"`, `"-3.5"`. Never a binary float. */
export type DecimalText = string;

/**
 * A service rendered, as it reaches rating: already validated and resolved, with no reference to any API.
 * `usage` holds every measure that a price, a filter, a service level or a tax may ask for, by name.
 */
export interface Delivery {
  readonly id: string;
  readonly product: string;
  /** Who receives the service and is charged for it, unless the rate card says that another party pays. */
  readonly customer: PartyId;
  /** Who renders the service; the rate card's own provider where it is left out. */
  readonly provider?: PartyId;
  /** The other parties of this delivery by the name under which splits and filters know them: `broker`, `supplier`. */
  readonly parties?: Readonly<Record<string, PartyId>>;
  /** A customer's customer, who receives but does not pay. */
  readonly beneficiary?: PartyId | string;
  /** The delivery that this one is part of. */
  readonly parent?: string;
  /** RFC 3339 with an offset, or a local time (no offset) in the rate card's zone. */
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly usage: Readonly<Record<string, DecimalText | number | boolean>>;
}

/** A part of a charge that belongs to one party. `amountMinor` in minor units of the charge's currency. */
export interface Share {
  readonly party: PartyId;
  readonly amountMinor: bigint;
}

/** Recourse: what `party` pays to `to` because the breach was its fault. */
export interface Recourse {
  readonly party: PartyId;
  readonly to: PartyId;
  readonly amountMinor: bigint;
}

/** What one party owes another for a delivery, before and after service credit and tax. All in minor units. */
export interface Charge {
  readonly id: string;
  readonly deliveryId: string;
  readonly product: string;
  /** `sale` is what the customer pays; `purchase` is a leg between companies of the chain. */
  readonly side: "sale" | "purchase";
  readonly payer: PartyId;
  readonly payee: PartyId;
  readonly currency: string;
  readonly netMinor: bigint;
  readonly serviceCreditMinor: bigint;
  readonly taxCode: string;
  readonly taxMinor: bigint;
  /** net − service credit + tax. */
  readonly payableMinor: bigint;
  readonly shares: readonly Share[];
  readonly recourse: readonly Recourse[];
}
