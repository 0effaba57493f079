/**
 * The ledger: double entry, append-only, pure. Turns the legs of rated deliveries into bookings, positions and statements, which
 * `verifyStatement` checks with nothing but what their party has. Usable alone, in Node and in the browser.
 */
export { fingerprintOf, type LegProof, proveLeg, verifyLeg } from "../rating/fingerprint.ts";
export type { Leg } from "../rating/types.ts";
export { type Account, accountName, type Purpose, parseAccount } from "./account.ts";
export { isBooked, postingsIn, postingsOf } from "./book.ts";
export { differenceOf, mirrored, movesMoney } from "./difference.ts";
export { documentOf } from "./documents.ts";
export { entriesOf, type Standing, type StatementEntry } from "./entry.ts";
export { toCsv } from "./export/csv.ts";
export { toHtml } from "./export/html.ts";
export { type BankAccount, isIban } from "./export/iban.ts";
export { toJson } from "./export/json.ts";
export { type Payment, type PayoutFile, type PayoutRefusal, toPain001 } from "./export/pain001.ts";
export type { ClosedSettlement, PartyDetails, SettlementExport } from "./export/types.ts";
export {
  chargeOf,
  concerns,
  frameStatements,
  issueStatements,
  lineOf,
  type StatementFrame,
  type StatementHead,
  type TaxItem,
} from "./issue.ts";
export type {
  IssuedDocument,
  IssuedLine,
  IssuedStatement,
  PrepaidMovement,
  ProvenLeg,
  TaxSum,
  Totals,
} from "./issued.ts";
export { type LegSum, LegSums } from "./leg-sums.ts";
export { type AccountAmount, type Position, positionsOf, sumsOf } from "./positions.ts";
export {
  type DayOwed,
  type Drawing,
  drawForDays,
  drawingPostings,
  drawPrepaid,
  expiryPostings,
  type PeriodBalance,
  type PrepaidBalance,
  prepaidPostings,
  refundPostings,
} from "./prepaid.ts";
export { reconcile } from "./reconcile/reconcile.ts";
export type { Cause, OwnFigure, Reconciled } from "./reconcile/types.ts";
export { type Settled, settle } from "./settle.ts";
export { statementNumber } from "./statement.ts";
export type { LedgerTransaction, LegTransaction, Posting, PostingTransaction } from "./types.ts";
export { type StatementFinding, type StatementVerification, verifyStatement } from "./verify-statement.ts";
