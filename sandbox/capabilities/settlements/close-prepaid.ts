import {
  type DayOwed,
  drawForDays,
  drawingPostings,
  expiryPostings,
  type IssuedLine,
  type PrepaidMovement,
  prepaidPostings,
  refundPostings,
} from "../../ledger/index.ts";
import { push } from "../../ledger/push.ts";
import type { LedgerTransaction, Posting } from "../../ledger/types.ts";
import type { PeriodTerms } from "../../rating/index.ts";
import { formatDay, parseDay } from "../../rating/timing/moment.ts";
import { boundsOf } from "../../rating/timing/period.ts";
import type { RecordWrite } from "../../store/store.ts";
import type { DecisionContext } from "../capability.ts";
import { toMinor } from "../money.ts";
import { everyRecord } from "../page.ts";
import { binds } from "../parties/bound-parties.ts";
import { findParty } from "../parties/records.ts";
import { collections } from "../records.ts";
import { isClosedWith } from "./close-commitments.ts";
import {
  agreementKey,
  balanceIdOf,
  balanceWrite,
  type DrawingRecord,
  findBalance,
  newBalance,
  type PrepaidRecord,
} from "./prepaid-records.ts";
import type { Usage } from "./term-usage.ts";

/** What a month's close does to prepaid balances. */
export interface ClosedPrepaid {
  readonly writes: readonly RecordWrite[];
  readonly transactions: readonly LedgerTransaction[];
  /** By `party, currency`: what the statements of payers and payees say of it. */
  readonly payments: ReadonlyMap<string, readonly IssuedLine[]>;
  readonly movements: ReadonlyMap<string, readonly PrepaidMovement[]>;
}

/** One payer's balances under one agreement, with one payee. */
interface Account {
  readonly terms: PeriodTerms;
  readonly payer: string;
  readonly payee: string;
  readonly balances: readonly Open[];
}

/** A balance while a month is closed. */
interface Open {
  readonly record: PrepaidRecord;
  readonly version: number;
  readonly firstDay: number;
  readonly lastDay: number;
  leftMinor: bigint;
  drawnMinor: bigint;
}

type Closing = {
  readonly writes: RecordWrite[];
  readonly transactions: LedgerTransaction[];
  readonly payments: Map<string, IssuedLine[]>;
  readonly movements: Map<string, PrepaidMovement[]>;
};

/**
 * Pays what is owed after tax from the balances that are valid on the day of the delivery, in the declared order; then lets those
 * expire whose last day has come, and gives back what is left where payer or payee leaves. Something late of an earlier month draws
 * new minus old: what is credited goes back to its balance, but for one that has expired, whose payer is owed money instead.
 * @param owed what the month's bookings change, those of commitments among them
 */
export async function closePrepaid(
  month: string,
  owed: readonly Usage[],
  terms: readonly PeriodTerms[],
  context: DecisionContext,
): Promise<ClosedPrepaid> {
  const closing: Closing = { writes: [], transactions: [], payments: new Map(), movements: new Map() };
  const usage = Map.groupBy(owed, ({ agreementId, payer, payee, currency }) =>
    [agreementId, payer, payee, currency].join(":"),
  );
  for (const account of await accountsOf(month, owed, terms, context)) {
    const { payer, payee } = account;
    const key = [account.terms.agreement.id, payer, payee, account.terms.currency].join(":");
    await closeAccount(month, account, usage.get(key) ?? [], closing, context);
  }
  return closing;
}

/** Accounts of all payers that have a balance, or that the agreement says have paid something. Sorted. */
async function accountsOf(
  month: string,
  owed: readonly Usage[],
  terms: readonly PeriodTerms[],
  context: DecisionContext,
): Promise<Account[]> {
  const { first, last } = boundsOf(parseDay(`${month}-01`) ?? 0, "month");
  const accounts = new Map<string, Account>();
  for (const [agreementId, versions] of Map.groupBy(terms, ({ agreement }) => agreement.id)) {
    const current = versions.find((each) => each.inForceWithin(first, last)) ?? versions[0];
    if (current === undefined) continue;
    const payers = new Set(owed.filter((each) => each.agreementId === agreementId).map(({ payer }) => payer));
    const inForce = current.inForceWithin(first, last);
    for (const { named } of inForce ? current.prepaid : []) for (const payer of named) payers.add(payer);
    for await (const { value } of everyRecord<PrepaidRecord>(
      context.read,
      collections.prepaid,
      agreementKey(agreementId),
    ))
      payers.add(value.payer);
    for (const payer of payers)
      for (const account of await accountsOfPayer(current, versions, payer, last, context))
        accounts.set([agreementId, payer, account.payee].join(":"), account);
  }
  return [...accounts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, account]) => account);
}

/** The balances of a payer in the order in which they are drawn; those that the agreement has no more come last. */
async function accountsOfPayer(
  current: PeriodTerms,
  versions: readonly PeriodTerms[],
  payer: string,
  lastDay: number,
  context: DecisionContext,
): Promise<Account[]> {
  const balances = new Map<string, Open>();
  for (const version of [current, ...versions]) {
    for (const term of version.prepaid) {
      if (!binds(term, payer, term.payee)) continue;
      const id = balanceIdOf(version, term, payer);
      if (balances.has(id)) continue;
      const stored = await findBalance(context.read, id);
      const begins = version === current && term.firstDay <= lastDay;
      const record = stored?.value ?? (begins ? newBalance(version, term, payer, context.now) : undefined);
      // Nothing was ever paid in: there is no balance yet.
      if (record === undefined || record.paidInMinor === 0) continue;
      const left = BigInt(record.leftMinor);
      const days = { firstDay: term.firstDay, lastDay: term.lastDay };
      balances.set(id, { record, version: stored?.version ?? 0, ...days, leftMinor: left, drawnMinor: 0n });
    }
  }
  return [...Map.groupBy(balances.values(), ({ record }) => record.payee)].map(([payee, own]) => ({
    terms: current,
    payer,
    payee,
    balances: own,
  }));
}

async function closeAccount(
  month: string,
  account: Account,
  owed: readonly Usage[],
  into: Closing,
  context: DecisionContext,
): Promise<void> {
  const { payer, payee, terms, balances } = account;
  const postings: Posting[] = [];
  const { currency } = terms;
  for (const { record, version } of balances)
    if (version === 0) postings.push(...prepaidPostings(payer, payee, currency, BigInt(record.paidInMinor)));
  const months = Map.groupBy(owed, ({ day }) => formatDay(day).slice(0, 7));
  for (const [name, usage] of [...months].sort(([a], [b]) => (a < b ? -1 : 1)))
    await drawForMonth(name, account, usage, into, context);
  const drawn = balances.map(({ record, drawnMinor }) => ({ id: record.id, amountMinor: drawnMinor }));
  postings.push(...drawingPostings(payer, payee, currency, drawn));
  const leaves = (await hasLeft(payer, context)) || (await hasLeft(payee, context));
  for (const open of balances) {
    const expires = open.record.status === "open" && (await isClosedWith(open.lastDay, month, context));
    const expiredMinor = expires ? open.leftMinor : 0n;
    const refundedMinor = leaves && !expires ? open.leftMinor : 0n;
    postings.push(...expiryPostings(payer, payee, currency, expiredMinor));
    postings.push(...refundPostings(payer, payee, currency, refundedMinor));
    finish(open, { expires, expiredMinor, refundedMinor }, into, context);
  }
  if (postings.length === 0) return;
  into.transactions.push({
    id: context.newId("txn"),
    kind: "payment",
    bookedAt: context.now,
    period: month,
    postings,
  });
}

/** Nobody draws any more from what a party that leaves has paid ahead, or was paid. */
async function hasLeft(party: string, { read }: DecisionContext): Promise<boolean> {
  return (await findParty(read, party))?.value.leftAt !== undefined;
}

/** Draws for the deliveries of one month anew, and takes what it drew before off it. */
async function drawForMonth(
  month: string,
  { terms, payer, balances }: Account,
  usage: readonly Usage[],
  into: Closing,
  { read }: DecisionContext,
): Promise<void> {
  if (balances.length === 0) return;
  const id = [terms.agreement.id, payer, month].join(":");
  const stored = await read.get<DrawingRecord>(collections.prepaidDrawings, id);
  const former = stored?.value.drawnMinorByBalance ?? {};
  const drawnBefore = (balance: Open): bigint => BigInt(former[balance.record.id] ?? 0);
  const days = new Map(
    Object.entries(stored?.value.payableMinorByDay ?? {}).map(([day, minor]) => [day, BigInt(minor)]),
  );
  let added = 0n;
  for (const { day, payableMinor } of usage) {
    const name = formatDay(day);
    days.set(name, (days.get(name) ?? 0n) + payableMinor);
    added += payableMinor;
  }
  const drawnInAll = balances.reduce((sum, balance) => sum + drawnBefore(balance), 0n);
  const drawn = drawForDays(
    [...days].map(([day, payableMinor]): DayOwed => ({ day: parseDay(day) ?? 0, payableMinor })),
    balances.map((balance) => {
      const { record, firstDay, lastDay, leftMinor } = balance;
      const before = drawnBefore(balance);
      const isOpen = record.status === "open";
      return {
        id: record.id,
        firstDay,
        lastDay,
        leftMinor: isOpen ? leftMinor + before : 0n,
        keptMinor: isOpen ? 0n : before,
      };
    }),
    drawnInAll + (added > 0n ? added : 0n),
  );
  for (const balance of balances) {
    const moreMinor = (drawn.get(balance.record.id) ?? 0n) - drawnBefore(balance);
    balance.leftMinor -= moreMinor;
    balance.drawnMinor += moreMinor;
  }
  const value: DrawingRecord = {
    payableMinorByDay: Object.fromEntries([...days].map(([day, minor]) => [day, toMinor(minor)])),
    drawnMinorByBalance: Object.fromEntries([...drawn].map(([balance, minor]) => [balance, toMinor(minor)])),
  };
  const expectedVersion = stored?.version ?? 0;
  into.writes.push({ collection: collections.prepaidDrawings, id, value, expectedVersion });
}

/** The balance as the month leaves it, and what its parties' statements say of that. */
function finish(
  { record, version, leftMinor, drawnMinor }: Open,
  ends: { readonly expires: boolean; readonly expiredMinor: bigint; readonly refundedMinor: bigint },
  into: Closing,
  { now }: DecisionContext,
): void {
  const { id, payer, payee, currency } = record;
  const [drawn, expired] = [toMinor(drawnMinor), toMinor(ends.expiredMinor)];
  const refunded = toMinor(ends.refundedMinor);
  const left = toMinor(leftMinor) - expired - refunded;
  const { carriedMinor, paidInMinor } = record.internal;
  if (paidInMinor === 0 && drawn === 0 && expired === 0 && refunded === 0 && !ends.expires) return;
  const after: PrepaidRecord = {
    ...record,
    status: ends.expires ? "expired" : record.status,
    leftMinor: left,
    drawnMinor: record.drawnMinor + drawn,
    expiredMinor: record.expiredMinor + expired,
    refundedMinor: record.refundedMinor + refunded,
    updatedAt: now,
    internal: { carriedMinor: left, paidInMinor: 0 },
  };
  into.writes.push(balanceWrite(after, version));
  const title = typeof record["title"] === "string" ? record["title"] : undefined;
  push(into.movements, `${payer}\n${currency}`, {
    id,
    ...(title === undefined ? {} : { title }),
    payee,
    carriedMinor,
    paidInMinor,
    drawnMinor: drawn,
    expiredMinor: expired,
    refundedMinor: refunded,
    leftMinor: left,
  });
  for (const [words, minor] of [
    ["Drawn from the prepaid balance", drawn],
    ["What is left of the prepaid balance, paid back", refunded],
  ] as const) {
    if (minor === 0) continue;
    const line = (owed: boolean, counterparty: string): IssuedLine => ({
      prepaidId: id,
      booking: "payment",
      counterparty,
      direction: owed === minor > 0 ? "receivable" : "payable",
      description: `${words} ${title ?? record.balanceId}.`,
      netMinor: 0,
      serviceCreditMinor: 0,
      taxMinor: 0,
      payableMinor: Math.abs(minor),
    });
    push(into.payments, `${payer}\n${currency}`, line(true, payee));
    push(into.payments, `${payee}\n${currency}`, line(false, payer));
  }
}
