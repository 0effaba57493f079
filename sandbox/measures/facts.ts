import type { PartyId } from "../rating/types.ts";

/** Whose a record is: for figures of parties. */
export interface Whose {
  /** Who answers for it: the provider of a delivery, the assignee of a case. */
  readonly provider: PartyId;
  /** For whom it was done. */
  readonly customer: PartyId;
  /** Everybody who takes part, those two among them. */
  readonly participants: readonly PartyId[];
}

interface FactBase {
  /** Of the record. */
  readonly id: string;
  /** When it counts, RFC 3339: it decides about the period. */
  readonly at: string;
  readonly whose: Whose;
}

/** A delivery that wasn't cancelled, as it stands. */
export interface DeliveryFact extends FactBase {
  readonly kind: "delivery";
  readonly product: string;
  /** The service levels that it was held against. */
  readonly serviceLevels: readonly { readonly id: string; readonly breached: boolean }[];
  readonly currency: string;
  readonly netMinor: bigint;
  readonly serviceCreditMinor: bigint;
  /** Somebody put right what was submitted first. */
  readonly amended: boolean;
  /** Another provider had been asked for it before. */
  readonly substituted: boolean;
  /** `open`, and the outcomes of the disputes that gave something back. */
  readonly disputes: readonly string[];
}

/** A case that was resolved. */
export interface CaseFact extends FactBase {
  readonly kind: "case";
  readonly firstContact: boolean;
}

/** A provider's answer to a work order, or its silence. */
export interface OfferFact extends FactBase {
  readonly kind: "work-order";
  readonly product: string;
  readonly accepted: boolean;
}

/** A dispute that was decided. */
export interface DisputeFact extends FactBase {
  readonly kind: "dispute";
  readonly openMs: number;
  /** Decided by the day it was due. */
  readonly inTime: boolean;
}

/** A certification that was issued or refused. */
export interface ReviewFact extends FactBase {
  readonly kind: "review";
  readonly issued: boolean;
  /** From asking for it to the decision. */
  readonly waitedMs: number;
}

/** Something that went wrong for more than one company. Who answers for it is its owner, and it was reported for `customer`. */
export interface IncidentFact extends FactBase {
  readonly kind: "incident";
  readonly severity: string;
  /** Undefined until it is acknowledged. */
  readonly acknowledgedMs: number | undefined;
  /** Undefined until it is resolved. */
  readonly resolvedMs: number | undefined;
}

/** What a customer says of a delivery, or of a case. */
export interface FeedbackFact extends FactBase {
  readonly kind: "feedback";
  /** Undefined for a case. */
  readonly product: string | undefined;
  readonly score: number;
}

/** A party that registered, and has its first delivery. */
export interface FirstDeliveryFact extends FactBase {
  readonly kind: "party";
  readonly waitedMs: number;
}

/** A party that rendered deliveries. */
export interface ProviderFact extends FactBase {
  readonly kind: "provider";
  /** How many, by product. */
  readonly deliveries: ReadonlyMap<string, number>;
  /** Undefined for a party that the sandbox plays: it can't be certified. */
  readonly certified: boolean | undefined;
}

/** The latest certificate of a party, with what its run came to, by check. */
export interface CertificationFact extends FactBase {
  readonly kind: "certification";
  readonly checks: readonly { readonly id: string; readonly passed: boolean }[];
}

/** An event that reached an endpoint, or was given up. */
export interface DispatchFact extends FactBase {
  readonly kind: "dispatch";
  readonly arrived: boolean;
}

/** What a record says, in the words of the measures: plain data, taken from it by whoever reads the store. */
export type Fact =
  | DeliveryFact
  | CaseFact
  | OfferFact
  | DisputeFact
  | FeedbackFact
  | IncidentFact
  | FirstDeliveryFact
  | ProviderFact
  | ReviewFact
  | CertificationFact
  | DispatchFact;
