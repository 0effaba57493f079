import type { DecimalText, PartyId } from "../rating/types.ts";
import type { JsonObject } from "../store/store.ts";

/** Where each kind of record is kept. */
export const collections = {
  parties: "parties",
  clients: "clients",
  acceptances: "acceptances",
  deliveries: "deliveries",
  traces: "traces",
  ruleBooks: "rule-books",
  bookings: "bookings",
  commitments: "commitments",
  prepaid: "prepaid",
  prepaidDrawings: "prepaid-drawings",
  counters: "counters",
  periods: "periods",
  settlements: "settlements",
  statements: "statements",
  statementNumbers: "statement-numbers",
  workOrders: "work-orders",
  timers: "timers",
  cases: "cases",
  notifications: "notifications",
  disputes: "disputes",
  feedback: "feedback",
  incidents: "incidents",
  largeAmounts: "large-amounts",
  certifications: "certifications",
  certificationJobs: "certification-jobs",
  certificationRuns: "certification-runs",
  certificationStatus: "certification-status",
  certificationWindows: "certification-windows",
  certificationExchanges: "certification-exchanges",
  behaviours: "behaviours",
  forwards: "forwards",
  forwardedOffers: "forwarded-offers",
  heldByBuilds: "held-by-builds",
  buildNotices: "build-notices",
  specChanges: "spec-changes",
  specDifferences: "spec-differences",
  specChangeEffects: "spec-change-effects",
  specChangeComments: "spec-change-comments",
} as const;

/** The sandbox's own signing key, in JWK form: made with the sandbox, and anew by a reset. */
export const signingKeyAt = { collection: "sandbox", id: "key" } as const;

/** The key under which `list` finds what a party may see. */
export const partyKey = (party: PartyId): string => `party:${party}`;

export type PartyStatus = "stand-in" | "applied" | "active" | "exiting" | "exited";

/** `parties/PARTYID` */
export interface PartyRecord extends JsonObject {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly status: PartyStatus;
  readonly contacts: readonly { readonly name: string; readonly email: string; readonly purpose: string }[];
  readonly createdAt: string;
  readonly updatedAt: string;
  /** When its exit began, in virtual time: nothing new from then on. Of those that are exiting or exited. */
  readonly leftAt?: string;
  /** It left before its onboarding was finished; never shown. */
  readonly neverActive?: true;
}

/** `clients/CLIENTID`: who may ask for tokens. The secret itself is never kept. */
export interface ClientRecord extends JsonObject {
  readonly clientId: string;
  readonly party: string;
  /** `sha256:` and hex, over the UTF-8 secret. */
  readonly secretDigest: string;
  readonly createdAt: string;
  /** Virtual time from which its secret is refused; absent where nothing ends it. */
  readonly expiresAt?: string;
}

/** `acceptances/AGREEMENTID@VERSION/PARTYID` */
export interface AcceptanceRecord extends JsonObject {
  readonly id: string;
  readonly agreementId: string;
  readonly version: string;
  readonly digest: string;
  readonly party: string;
  readonly acceptedAt: string;
}

/** `behaviours/PARTYID`: how a stand-in acts: `on-time`, `late:25m`, `decline`, `silent`. */
export interface BehaviourRecord extends JsonObject {
  readonly partyId: string;
  readonly behaviour: string;
}

/** `counters/KEY`: what has been used up of a cumulative tier or an allowance. */
export interface CounterRecord extends JsonObject {
  readonly quantity: DecimalText;
  /** Place in the total order of the last delivery that it counts; later ones only add to it. */
  readonly lastOrder: string;
}

/** `periods/2025-03`; a period without a record is open. */
export interface PeriodRecord extends JsonObject {
  readonly period: string;
  readonly status: "closed";
  readonly closedAt: string;
  readonly settlementId: string;
}
