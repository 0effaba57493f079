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
  readonly usage: Usage;
  /** The parts of a bundle, each priced as its own product; only where the product's price is a `bundle`. */
  readonly parts?: readonly DeliveryPart[];
}

/** Measures by name. `transactions`-like measures of percentage prices are lists of amounts. */
export type Usage = Readonly<Record<string, UsageValue>>;
export type UsageValue = DecimalText | number | boolean | readonly (DecimalText | number)[];

/** One part of a bundle. What it leaves out is as in the delivery that holds it. */
export interface DeliveryPart {
  readonly product: string;
  readonly provider?: PartyId;
  readonly parties?: Readonly<Record<string, PartyId>>;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly usage?: Usage;
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

/**
 * What one company owes another for a delivery: the pairwise view that the ledger books and that a party may verify.
 * A charge of 100.00 with shares for a broker and a carrier makes three legs: customer → merchant, merchant → broker,
 * merchant → carrier. Every leg carries its own tax.
 */
export interface Leg {
  /** Unique and stable within the delivery, so that a correction finds its former self: `0/sale`, `0/share/1`, `1/purchase`. */
  readonly id: string;
  readonly kind: "sale" | "share" | "purchase" | "recourse" | "commitment";
  /** The delivery, or the commitment of a period, that it is for. */
  readonly deliveryId: string;
  readonly product: string;
  readonly payer: PartyId;
  readonly payee: PartyId;
  readonly currency: string;
  readonly netMinor: bigint;
  /** Taken off the net: the service credit of a sale, or what the payee owes back by recourse. */
  readonly creditMinor: bigint;
  readonly taxCode: string;
  /** Percent, `"25.5"`; `"0"` where no tax applies. */
  readonly taxPercent: DecimalText;
  readonly taxMinor: bigint;
  /** net − credit + tax: what the payer pays the payee. */
  readonly payableMinor: bigint;
  /** Whether the payer takes the tax off its own: every company but the one the delivery is for. */
  readonly taxRecovered: boolean;
  /** To whom the tax is due; nobody where no tax table names one. */
  readonly taxAuthority?: PartyId | undefined;
}
