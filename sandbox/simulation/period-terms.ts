import { drawForDays } from "../ledger/prepaid.ts";
import {
  type Bond,
  type Citation,
  type CommitmentTerm,
  chargeCommitment,
  type Leg,
  type PartyId,
  type PeriodTerms,
  type Rated,
  type Rating,
} from "../rating/index.ts";
import { parseDay } from "../rating/timing/moment.ts";
import { boundsOf, periodOf } from "../rating/timing/period.ts";
import type { Month } from "./calendar.ts";
import type { Member } from "./members.ts";

/** What binds the end of a month: charges of commitments, and what is drawn from balances that were paid ahead. */
export interface MonthEnd {
  readonly commitments: readonly CommitmentCharge[];
  readonly drawings: readonly Drawing[];
}

export interface CommitmentCharge {
  readonly agreement: Citation;
  readonly leg: Leg;
}

export interface Drawing {
  readonly agreement: Citation;
  readonly payer: PartyId;
  readonly payee: PartyId;
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** A commitment of one payer over one period, as far as it is filled. */
interface Due {
  readonly terms: PeriodTerms;
  readonly term: CommitmentTerm;
  readonly payer: PartyId;
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly netMinorByProduct: Record<string, bigint>;
}

/** What a payer owes under an agreement for the deliveries of each day of a month. */
interface Owed {
  readonly payer: PartyId;
  readonly payee: PartyId;
  readonly days: Map<number, bigint>;
}

/**
 * Commitments and prepaid balances over the months of one run, by the rules of a settlement. Only periods that lie within the
 * scenario are settled: nobody knows what the days before it would have counted.
 */
export class RunningTerms {
  readonly #terms: readonly PeriodTerms[];
  readonly #members: readonly Member[];
  readonly #firstDay: number;
  readonly #due = new Map<string, Due>();
  readonly #owed = new Map<PeriodTerms, Map<string, Owed>>();
  readonly #left = new Map<string, bigint>();

  constructor({ periodTerms }: Rating, members: readonly Member[], firstDay: number) {
    this.#terms = periodTerms;
    this.#members = members;
    this.#firstDay = firstDay;
  }

  add({ agreement, legs, startedAt }: Rated): void {
    if (this.#terms.length === 0) return;
    const day = parseDay(startedAt.slice(0, 10)) ?? 0;
    for (const leg of legs) if (leg.kind === "sale") this.#count(agreement.id, leg, day);
  }

  endMonth(month: Month): MonthEnd {
    this.#addMinimums(month);
    const commitments: CommitmentCharge[] = [];
    for (const [key, due] of [...this.#due].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (due.last > month.last) continue;
      this.#due.delete(key);
      if (due.first < this.#firstDay) continue;
      const charged = chargeCommitment(due.terms, due.term, { ...due, id: key, secret: key });
      if (charged.kind === "untaxable") continue;
      for (const leg of charged.legs) {
        commitments.push({ agreement: due.terms.agreement, leg });
        this.#owe(due.terms, leg, due.last);
      }
    }
    return { commitments, drawings: this.#draw() };
  }

  #count(agreementId: string, leg: Leg, day: number): void {
    const terms = this.#terms.find(
      (each) =>
        each.agreement.id === agreementId && each.inForceWithin(day, day) && each.currency === leg.currency,
    );
    if (terms === undefined) return;
    for (const term of terms.commitments) {
      if (!binds(term, leg)) continue;
      const { netMinorByProduct } = this.#dueOf(terms, term, leg.payer, day);
      netMinorByProduct[leg.product] = (netMinorByProduct[leg.product] ?? 0n) + leg.netMinor;
    }
    this.#owe(terms, leg, day);
  }

  /** Who committed to a minimum owes it with or without a delivery. */
  #addMinimums({ first, last }: Month): void {
    for (const terms of this.#terms)
      for (const term of terms.commitments) {
        if (term.content.minimumAmount === undefined) continue;
        for (let day = first; day <= last; day = boundsOf(day, term.content.period).last + 1) {
          const period = boundsOf(day, term.content.period);
          const isGoverning = this.#governing(terms, period) === terms;
          if (period.last > last || !isGoverning) continue;
          for (const payer of this.#payersOf(term)) this.#dueOf(terms, term, payer, day);
        }
      }
  }

  #payersOf({ named, openRole }: Bond): readonly PartyId[] {
    const open = this.#members.filter(({ role }) => role === openRole).map(({ id }) => id);
    return [...new Set([...named, ...open])];
  }

  #dueOf(terms: PeriodTerms, term: CommitmentTerm, payer: PartyId, day: number): Due {
    const { id, period } = term.content;
    const name = periodOf(day, period);
    const key = [terms.agreement.id, id, payer, name].join(":");
    let due = this.#due.get(key);
    if (due === undefined) {
      const bounds = boundsOf(day, period);
      // It binds at its end: in the version that is in force then.
      const last = this.#governing(terms, bounds) ?? terms;
      const same = last.commitments.find(({ content }) => content.id === id && content.period === period);
      const version = same === undefined ? { terms, term } : { terms: last, term: same };
      due = { ...version, payer, name, ...bounds, netMinorByProduct: {} };
      this.#due.set(key, due);
    }
    return due;
  }

  #governing({ agreement, currency }: PeriodTerms, { first, last }: Pick<Month, "first" | "last">) {
    return this.#terms.find(
      (each) =>
        each.agreement.id === agreement.id && each.currency === currency && each.inForceWithin(first, last),
    );
  }

  #owe(terms: PeriodTerms, { payer, payee, payableMinor }: Leg, day: number): void {
    if (terms.prepaid.length === 0) return;
    const accounts = this.#owed.get(terms) ?? new Map<string, Owed>();
    this.#owed.set(terms, accounts);
    const key = `${payer}\n${payee}`;
    const owed = accounts.get(key) ?? { payer, payee, days: new Map() };
    accounts.set(key, owed);
    owed.days.set(day, (owed.days.get(day) ?? 0n) + payableMinor);
  }

  #draw(): Drawing[] {
    const drawings: Drawing[] = [];
    for (const [terms, accounts] of this.#owed)
      for (const { payer, payee, days } of accounts.values()) {
        const prefix = [terms.agreement.id, payer, payee].join(":");
        // What the agreement lets a balance begin with is there for payers that it names; others have paid nothing ahead.
        const balances = terms.prepaid
          .filter((term) => term.payee === payee && term.named.includes(payer))
          .map(({ id, openingMinor, firstDay, lastDay }) => {
            const key = `${prefix}:${id}`;
            const leftMinor = this.#left.get(key) ?? openingMinor;
            return { id: key, firstDay, lastDay, leftMinor, keptMinor: 0n };
          });
        const owed = [...days].map(([day, payableMinor]) => ({ day, payableMinor }));
        const mostMinor = owed.reduce((sum, { payableMinor }) => sum + payableMinor, 0n);
        const drawn = drawForDays(owed, balances, mostMinor > 0n ? mostMinor : 0n);
        let amountMinor = 0n;
        for (const { id, leftMinor } of balances) {
          this.#left.set(id, leftMinor - (drawn.get(id) ?? 0n));
          amountMinor += drawn.get(id) ?? 0n;
        }
        const { agreement, currency } = terms;
        if (amountMinor !== 0n) drawings.push({ agreement, payer, payee, currency, amountMinor });
      }
    this.#owed.clear();
    return drawings;
  }
}

const binds = ({ payee, named, openRole }: Bond, leg: Leg): boolean =>
  payee === leg.payee && (named.includes(leg.payer) || openRole !== undefined);
