/** Rating: turns a delivery into charges, shares, service credits and taxes. Pure, exact, usable alone, in Node and in the browser. */

export { canonicalJson } from "./canonical.ts";
export { checkDocuments } from "./checks/index.ts";
export { compileRating } from "./compile.ts";
export { formatMinor, minorUnits } from "./currency.ts";
export { fingerprintOf, type LegProof, proveLeg, verifyLeg } from "./fingerprint.ts";
export type {
  Citation,
  CompileOutcome,
  CounterAdvance,
  MeasureInfo,
  ProductInfo,
  Rated,
  Rating,
  RatingContext,
  RatingDocument,
  RatingDocuments,
  RatingFinding,
  RatingOutcome,
  ServiceLevelResult,
  Unrated,
  UnratedCode,
} from "./outcome.ts";
export type { RatingSession, RatingTotals, SessionOutcome } from "./session-types.ts";
export type { Trace, TraceNode, TraceValue } from "./trace.ts";
export type {
  Charge,
  DecimalText,
  Delivery,
  DeliveryPart,
  Leg,
  PartyId,
  Recourse,
  Share,
  Usage,
  UsageValue,
} from "./types.ts";
// The functions, each in its own file:
//   compileRating(documents: RatingDocuments): CompileOutcome                                compile.ts
//   createSession(rating: Rating, context?: RatingContext): RatingSession                     session.ts
//   runVectors(file: unknown): {passed, failed, results: [{id, kind, passed, want, got?, error?}]}   vectors.ts
//   checkDocuments(documents: RatingDocuments): RatingFinding[]  (static checks)              checks/index.ts
//   canonicalJson(value): string (RFC 8785)                                                   canonical.ts
//   fingerprintOf(legs, secret): string · proveLeg(legs, secret, legId): LegProof · verifyLeg(leg, proof, fingerprint): boolean   fingerprint.ts
//   chargeToJson / chargeFromJson / legToJson / legFromJson (bigint ↔ integer)                json.ts
//   compareRatings(deliveries, from: Rating, to: Rating): differences per party, product, in total   compare.ts
// Ledger (sandbox/ledger/index.ts):
//   bookLegs({id, kind, bookedAt, period, legs}): LedgerTransaction      a rated delivery, Σ = 0
//   differenceOf(oldLegs, newLegs): Leg[]     new minus old per leg (a correction);  mirrored(legs): Leg[]  (a reversal)
//   positionsOf(postings | balances): [{party, currency, amountMinor}]   ·  settle({id, period, bookedAt, balances}): {positions, transaction}
//   buildStatement({id, number, party, period, legs}): Statement
