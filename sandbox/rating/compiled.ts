import type { AgreementContent, Citation, RateCardContent } from "./documents.ts";
import type { CardSetting, CompiledEntry } from "./entry.ts";
import type { RatingContext } from "./outcome.ts";
import type { CompiledServiceLevel } from "./service-level.ts";
import type { TaxTable } from "./tax.ts";
import type { Zone } from "./timing/zone.ts";
import type { TraceNode } from "./trace.ts";
import type { PartyId } from "./types.ts";

/** A rate card with what it takes from the one that it extends. */
export interface CompiledCard {
  readonly content: RateCardContent;
  readonly path: string;
  readonly citation: Citation;
  /** The card that it extends, cited too: a verifier needs both. */
  readonly base: Citation | undefined;
  readonly currency: string;
  readonly setting: CardSetting;
  readonly zone: Zone;
  readonly tax: TaxTable;
  inForce(day: number): boolean;
}

export interface CompiledAgreement {
  readonly content: AgreementContent;
  readonly path: string;
  readonly citation: Citation;
  /** The one party that has a role in it, by role. */
  readonly engaged: ReadonlyMap<string, PartyId>;
  readonly named: ReadonlySet<PartyId>;
  inForce(day: number): boolean;
  /** Whether it binds a party: by name, or because it is open to customers and this one has accepted it. */
  binds(party: PartyId, context: RatingContext | undefined): boolean;
}

/** A product under an agreement: everything needed to rate a delivery of it. */
export interface Offer {
  readonly product: string;
  readonly agreement: CompiledAgreement;
  readonly card: CompiledCard;
  /** Most specific first. */
  readonly entries: readonly CompiledEntry[];
  readonly serviceLevels: readonly CompiledServiceLevel[];
  /** The agreement and its clause that brings the rate card in, as a trace cites them. */
  readonly cited: TraceNode;
}

export interface Book {
  /** Own charges by product: offers that name the customer before open ones, newer before older. */
  readonly sales: ReadonlyMap<string, readonly Offer[]>;
  readonly purchases: ReadonlyMap<string, readonly Offer[]>;
  readonly agreements: readonly CompiledAgreement[];
  /** Measures of a product that some offer, on either side, looks at. */
  readonly measures: (product: string) => ReadonlySet<string>;
}
