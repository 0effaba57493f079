/** Rating: turns a delivery into charges, shares, service credits and taxes. Pure, exact, usable alone, in Node and in the browser. */

export { canonicalJson } from "./canonical.ts";
export { checkDocuments } from "./checks/index.ts";
export {
  type CommitmentAdjustment,
  type CommitmentOutcome,
  type CommitmentPeriod,
  chargeCommitment,
  settleCommitments,
} from "./commitments.ts";
export { type Change, type Comparison, createComparison, type Unrateable } from "./compare.ts";
export { compileRating } from "./compile.ts";
export { formatMinor, minorUnits } from "./currency.ts";
export type { Citation } from "./documents.ts";
export { fingerprintOf, type LegProof, proveLeg, verifyLeg } from "./fingerprint.ts";
export { digestHex, portableSha256, type Sha256, useSha256 } from "./hash.ts";
export type {
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
export type { Bond, CommitmentTerm, PeriodTerms, PrepaidTerm } from "./period-terms-types.ts";
export { createSession } from "./session.ts";
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
export { runVectors, VECTOR_FORMAT, type VectorReport, type VectorResult } from "./vectors/index.ts";
