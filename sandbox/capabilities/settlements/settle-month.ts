import { type Position, postingsIn, postingsOf, settle } from "../../ledger/index.ts";
import type { LedgerTransaction } from "../../ledger/types.ts";
import type { PeriodTerms } from "../../rating/index.ts";
import type { RecordWrite } from "../../store/store.ts";
import type { DecisionContext, Refusal } from "../capability.ts";
import { type IssuedStatements, makeStatements } from "../statements/issuing.ts";
import { closeCommitments } from "./close-commitments.ts";
import { closePrepaid } from "./close-prepaid.ts";
import { bookingsOf, PeriodBooks } from "./period-books.ts";
import { TermUsage } from "./term-usage.ts";

/** A month as its close finds it, with all that the close adds to it. */
export interface SettledMonth {
  readonly positions: readonly Position[];
  readonly issued: IssuedStatements;
  readonly writes: readonly RecordWrite[];
  readonly transactions: readonly LedgerTransaction[];
  /** Of the last posting when the reading began. */
  readonly lastSequence: number;
}

/**
 * Reads a month once, booking by booking, and keeps sums alone. Then, in this order: what binds the period at its end is booked
 * (commitments), what was paid ahead is drawn (prepaid balances), what is left between the parties is netted, and each gets its statement.
 */
export async function settleMonth(
  settlementId: string,
  period: string,
  terms: readonly PeriodTerms[],
  context: DecisionContext,
): Promise<SettledMonth | Refusal> {
  const { read, now } = context;
  const lastSequence = await read.lastPosting(period);
  const books = new PeriodBooks(period, read);
  const usage = new TermUsage(terms, read);
  for await (const booking of bookingsOf(period, read)) {
    await books.add(booking);
    await usage.visit(booking);
  }
  const commitments = await closeCommitments(period, usage.all, terms, context);
  if ("code" in commitments) return commitments;
  for (const booking of commitments.bookings) await books.add(booking);
  const prepaid = await closePrepaid(period, [...usage.all, ...commitments.owed], terms, context);
  const amounts = [...postingsOf(books.sums.legs()), ...prepaid.transactions.flatMap(postingsIn)];
  const settled = settle({ id: context.newId("txn"), period, bookedAt: now, amounts });
  const netting = settled.transaction.postings.length === 0 ? [] : [settled.transaction];
  return {
    positions: settled.positions,
    issued: await makeStatements(settlementId, period, books, amounts, prepaid, context),
    writes: [...commitments.writes, ...prepaid.writes],
    transactions: [...commitments.transactions, ...prepaid.transactions, ...netting],
    lastSequence,
  };
}
