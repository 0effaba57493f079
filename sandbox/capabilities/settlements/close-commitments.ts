import { differenceOf, type LegTransaction } from "../../ledger/index.ts";
import {
  type CommitmentTerm,
  chargeCommitment,
  type Leg,
  type PeriodTerms,
  settleCommitments,
} from "../../rating/index.ts";
import { formatDay, parseDay } from "../../rating/timing/moment.ts";
import { boundsOf, periodOf } from "../../rating/timing/period.ts";
import type { JsonObject, RecordWrite } from "../../store/store.ts";
import type { DecisionContext, Refusal } from "../capability.ts";
import { refuse } from "../define.ts";
import { type Booking, changedStandingWrite } from "../deliveries/bookings.ts";
import { legFromJson, legToJson, toMinor } from "../money.ts";
import { binds, lastDayOf, payersOf } from "../parties/bound-parties.ts";
import { collections, type PartyRecord, type PeriodRecord } from "../records.ts";
import { type CommitmentRecord, commitmentWrite } from "./commitment-records.ts";
import type { Usage } from "./term-usage.ts";

/** What the commitments that end with a month, or that something late of it concerns, come to. */
export interface ClosedCommitments {
  /** New minus old, in the order in which they are booked. */
  readonly bookings: readonly Booking[];
  readonly writes: readonly RecordWrite[];
  readonly transactions: readonly LegTransaction[];
  /** What the bookings make their payers owe, with the last day of their period. */
  readonly owed: readonly Usage[];
}

type Closing = { readonly [K in keyof ClosedCommitments]: ClosedCommitments[K][number][] };

/** A commitment of one payer over one period, with what the month adds to it. */
interface Due {
  readonly id: string;
  readonly terms: PeriodTerms;
  readonly term: CommitmentTerm;
  readonly payer: string;
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly added: Map<string, bigint>;
}

/**
 * Settles commitments with a month: those whose period ends in it, of everybody whom they bind, and those of earlier periods to
 * which something was booked late. What is booked is new minus old, leg by leg, as for deliveries.
 */
export async function closeCommitments(
  month: string,
  usage: readonly Usage[],
  terms: readonly PeriodTerms[],
  context: DecisionContext,
): Promise<ClosedCommitments | Refusal> {
  const due = new Map<string, Due>();
  const lastDays = await lastDaysOf(usage, context);
  for (const each of usage) addUsage(each, lastDays, terms, due);
  await addEnding(month, terms, due, context);
  const closed: Closing = { bookings: [], writes: [], transactions: [], owed: [] };
  for (const [, each] of [...due].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const refused = await settleOne(each, month, closed, context);
    if (refused !== undefined) return refused;
  }
  return closed;
}

/** By payer: the last day on which it took part. */
async function lastDaysOf(
  usage: readonly Usage[],
  { read, catalog }: DecisionContext,
): Promise<ReadonlyMap<string, number>> {
  const payers = [...new Set(usage.map(({ payer }) => payer))];
  const found = await read.getAll<PartyRecord>(collections.parties, payers);
  const { timeZone } = catalog.ecosystem;
  return new Map(
    found.flatMap((record) => (record === undefined ? [] : [[record.id, lastDayOf(record.value, timeZone)]])),
  );
}

function addUsage(
  usage: Usage,
  lastDays: ReadonlyMap<string, number>,
  terms: readonly PeriodTerms[],
  due: Map<string, Due>,
): void {
  const { agreementId, payer, payee, currency, product, day, netMinor } = usage;
  const version = terms.find(
    (each) => each.agreement.id === agreementId && each.inForceWithin(day, day) && each.currency === currency,
  );
  for (const term of version?.commitments ?? []) {
    if (version === undefined || !binds(term, payer, payee)) continue;
    // What is finished after an exit counts towards nothing that begins after it.
    const { first } = boundsOf(day, term.content.period);
    if ((lastDays.get(payer) ?? Number.POSITIVE_INFINITY) < first) continue;
    const { added } = dueOf(version, term, payer, day, terms, due);
    added.set(product, (added.get(product) ?? 0n) + netMinor);
  }
}

/** Who committed to a minimum owes it with or without a delivery. */
async function addEnding(
  month: string,
  terms: readonly PeriodTerms[],
  due: Map<string, Due>,
  context: DecisionContext,
): Promise<void> {
  const { first, last } = boundsOf(parseDay(`${month}-01`) ?? 0, "month");
  for (const version of terms) {
    for (const term of version.commitments) {
      if (term.content.minimumAmount === undefined) continue;
      for (let day = first; day <= last; day = boundsOf(day, term.content.period).last + 1) {
        const period = boundsOf(day, term.content.period);
        if (period.last > last || governing(terms, version, period) !== version) continue;
        for (const payer of await payersOf(term, version.agreement.id, period, context))
          dueOf(version, term, payer, day, terms, due);
      }
    }
  }
}

/** Of an agreement the version that was in force last in a period: a commitment binds at its end. */
const governing = (
  terms: readonly PeriodTerms[],
  { agreement, currency }: PeriodTerms,
  { first, last }: { readonly first: number; readonly last: number },
): PeriodTerms | undefined =>
  terms.find(
    (each) =>
      each.agreement.id === agreement.id && each.currency === currency && each.inForceWithin(first, last),
  );

function dueOf(
  version: PeriodTerms,
  term: CommitmentTerm,
  payer: string,
  day: number,
  all: readonly PeriodTerms[],
  due: Map<string, Due>,
): Due {
  const { id, period } = term.content;
  const bounds = boundsOf(day, period);
  const name = periodOf(day, period);
  const key = [version.agreement.id, id, payer, name].join(":");
  const known = due.get(key);
  if (known !== undefined) return known;
  const last = governing(all, version, bounds) ?? version;
  const same = last.commitments.find(({ content }) => content.id === id && content.period === period);
  const made: Due = {
    id: key,
    terms: same === undefined ? version : last,
    term: same ?? term,
    payer,
    name,
    ...bounds,
    added: new Map(),
  };
  due.set(key, made);
  return made;
}

async function settleOne(
  due: Due,
  month: string,
  into: Closing,
  context: DecisionContext,
): Promise<Refusal | undefined> {
  const stored = await context.read.get<CommitmentRecord>(collections.commitments, due.id);
  const former = stored?.value.internal;
  const netMinorByProduct = countedOf(former?.netMinorByProduct ?? {}, due.added);
  const running = runningRecord(due, netMinorByProduct, stored?.value);
  const hasEnded = await isClosedWith(due.last, month, context);
  if (!hasEnded) {
    into.writes.push(commitmentWrite(running, stored?.version ?? 0));
    return undefined;
  }
  const before = former?.legs.map(legFromJson) ?? [];
  const secret = context.newSecret();
  const outcome = chargeCommitment(due.terms, due.term, { ...due, netMinorByProduct, secret });
  if (outcome.kind === "untaxable") return untaxable(due, outcome.taxCode);
  const differences = differenceOf(before, outcome.legs);
  // What moves no amount leaves it under the fingerprint by which statements prove its leg.
  const isSame = differences.length === 0 && former !== undefined && former.secret !== "";
  const [leg] = outcome.legs;
  const id = differences.length === 0 ? undefined : context.newId("txn");
  const lastBooking = id ?? former?.lastBooking;
  const settled: CommitmentRecord = {
    ...running,
    status: "settled",
    netMinor: toMinor(outcome.adjustment.netMinor),
    adjustmentMinor: toMinor(outcome.adjustment.adjustmentMinor),
    taxMinor: toMinor(leg?.taxMinor ?? 0n),
    fingerprint: isSame ? (stored?.value.fingerprint ?? "") : outcome.fingerprint,
    internal: {
      ...running.internal,
      legs: outcome.legs.map(legToJson),
      secret: isSame ? former.secret : secret,
      trace: outcome.trace as JsonObject,
      ...(lastBooking === undefined ? {} : { lastBooking }),
    },
  };
  into.writes.push(commitmentWrite(settled, stored?.version ?? 0));
  if (id !== undefined) book(id, due, month, differences, stored?.value, into, context);
  return undefined;
}

function book(
  id: string,
  due: Due,
  month: string,
  differences: readonly Leg[],
  stood: CommitmentRecord | undefined,
  into: Closing,
  { now }: DecisionContext,
): void {
  const kind = "commitment";
  const previous = stood?.internal.lastBooking;
  const transaction: LegTransaction = {
    id,
    kind,
    bookedAt: now,
    period: month,
    deliveryId: due.id,
    legs: differences,
  };
  into.transactions.push(transaction);
  if (stood === undefined || previous === undefined) into.bookings.push(transaction);
  else {
    const { legs, secret } = stood.internal;
    const changed = { previous, former: { fingerprint: stood.fingerprint, secret, legs } };
    into.bookings.push({ ...transaction, ...changed });
    into.writes.push(changedStandingWrite(id, changed));
  }
  for (const { payer, payee, currency, product, netMinor, payableMinor } of differences)
    into.owed.push({
      agreementId: due.terms.agreement.id,
      payer,
      payee,
      currency,
      product,
      day: due.last,
      netMinor,
      payableMinor,
    });
}

function countedOf(
  before: { readonly [product: string]: number },
  added: ReadonlyMap<string, bigint>,
): Record<string, bigint> {
  const counted = Object.fromEntries(
    Object.entries(before).map(([product, netMinor]) => [product, BigInt(netMinor)]),
  );
  for (const [product, netMinor] of added) counted[product] = (counted[product] ?? 0n) + netMinor;
  return counted;
}

function runningRecord(
  { id, terms, term, payer, name, first, last }: Due,
  netMinorByProduct: Readonly<Record<string, bigint>>,
  stood: CommitmentRecord | undefined,
): CommitmentRecord {
  const [adjustment] = settleCommitments([term.content], netMinorByProduct, terms);
  return {
    id,
    agreement: { ...terms.agreement },
    commitmentId: term.content.id,
    ...(term.content.title === undefined ? {} : { title: term.content.title }),
    payer,
    payee: term.payee,
    currency: terms.currency,
    period: name,
    start: formatDay(first),
    end: formatDay(last),
    status: "running",
    netMinor: toMinor(adjustment?.netMinor ?? 0n),
    adjustmentMinor: 0,
    taxMinor: 0,
    fingerprint: "",
    internal: {
      legs: [],
      secret: "",
      trace: {},
      ...stood?.internal,
      netMinorByProduct: Object.fromEntries(
        Object.entries(netMinorByProduct).map(([product, minor]) => [product, toMinor(minor)]),
      ),
    },
  };
}

/** Whether the month of a day is closed, or is being closed now. */
export async function isClosedWith(day: number, month: string, { read }: DecisionContext): Promise<boolean> {
  if (!Number.isFinite(day)) return false;
  const own = formatDay(day).slice(0, 7);
  return own === month || (await read.get<PeriodRecord>(collections.periods, own)) !== undefined;
}

const untaxable = ({ id, term, last }: Due, taxCode: string): Refusal =>
  refuse(
    "ECO_AGREEMENT_NOT_IN_FORCE",
    `The commitment ${id} (${term.cited.id} ${term.cited.version}, clause ${term.cited.clause}) can't be taxed: no rate card has a rate of ${taxCode} for ${formatDay(last)}.`,
  );
