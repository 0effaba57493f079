import type { AgreementContent } from "../rating/documents.ts";
import type { PartyId, RatingDocuments } from "../rating/index.ts";
import { formatDay } from "../rating/timing/moment.ts";
import { boundsOf, PERIODS, type Period } from "../rating/timing/period.ts";
import { compileValidity } from "../rating/validity.ts";
import type { Member } from "./members.ts";

/** The day by which what a month comes to is paid, and the terms that say so. */
export interface Due {
  /** `2025-04-14` */
  readonly on: string;
  /** The last day of the period in which it is settled. */
  readonly closedOn: string;
  readonly settlement: Period;
  readonly dueDays: number;
  readonly agreement: { readonly id: string; readonly version: string };
}

/** By when a party is paid, or has paid, what a month comes to; undefined where none of its agreements says. */
export type DueOn = (party: PartyId, lastDayOfMonth: number) => Due | undefined;

/**
 * By the payment terms of the agreements in force that engage the party by name or by its role: so many days after the period in
 * which it is settled. Of several agreements the latest day counts, when all of it has arrived.
 */
export function compileDueOn({ agreements }: RatingDocuments, members: readonly Member[]): DueOn {
  const roles = new Map(members.map(({ id, role }) => [id, role]));
  const terms = agreements.flatMap((document) => {
    const content = document.content as unknown as AgreementContent;
    const { settlement, dueDays: days = 0 } = content.terms.commercial?.payment ?? {};
    const dueDays = Number(days);
    if (content.status !== "in-force" || !isPeriod(settlement) || !Number.isFinite(dueDays)) return [];
    const { id, version, validFor, engagedParty: engaged } = content;
    return [{ engaged, settlement, dueDays, agreement: { id, version }, valid: compileValidity(validFor) }];
  });
  return (party, day) => {
    const all = terms
      .filter(({ engaged, valid }) => {
        const concerns = engaged.some(({ id, role }) =>
          id === undefined ? role === roles.get(party) : id === party,
        );
        return concerns && valid(day);
      })
      .map((term) => ({ term, closed: boundsOf(day, term.settlement).last }));
    const [first, ...others] = all;
    if (first === undefined) return undefined;
    const dayOf = ({ term, closed }: typeof first): number => closed + term.dueDays;
    const latest = others.reduce((best, each) => (dayOf(each) > dayOf(best) ? each : best), first);
    const { settlement, dueDays, agreement } = latest.term;
    return {
      on: formatDay(dayOf(latest)),
      closedOn: formatDay(latest.closed),
      settlement,
      dueDays,
      agreement,
    };
  };
}

const isPeriod = (value: unknown): value is Period => PERIODS.some((period) => period === value);
