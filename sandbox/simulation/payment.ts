import type { AgreementContent } from "../rating/documents.ts";
import type { PartyId, RatingDocuments } from "../rating/index.ts";
import { formatDay } from "../rating/timing/moment.ts";
import { boundsOf, PERIODS, type Period } from "../rating/timing/period.ts";
import { compileValidity } from "../rating/validity.ts";
import type { Member } from "./members.ts";

/** By when a party is paid, or has paid, what a month comes to; undefined where none of its agreements says. */
export type DueOn = (party: PartyId, lastDayOfMonth: number) => string | undefined;

/**
 * By the payment terms of the agreements in force that engage the party by name or by its role: so many days after the period in
 * which it is settled. Of several agreements the latest day counts, when all of it has arrived.
 */
export function compileDueOn({ agreements }: RatingDocuments, members: readonly Member[]): DueOn {
  const roles = new Map(members.map(({ id, role }) => [id, role]));
  const terms = agreements.flatMap((document) => {
    const content = document.content as unknown as AgreementContent;
    const { settlement, dueDays = 0 } = content.terms.commercial?.payment ?? {};
    if (content.status !== "in-force" || !isPeriod(settlement)) return [];
    const valid = compileValidity(content.validFor);
    return [{ engaged: content.engagedParty, settlement, dueDays: Number(dueDays), valid }];
  });
  return (party, day) => {
    const days = terms
      .filter(({ engaged, valid }) => {
        const concerns = engaged.some(({ id, role }) =>
          id === undefined ? role === roles.get(party) : id === party,
        );
        return concerns && valid(day);
      })
      .map(({ settlement, dueDays }) => boundsOf(day, settlement).last + dueDays)
      .filter(Number.isFinite);
    return days.length === 0 ? undefined : formatDay(Math.max(...days));
  };
}

const isPeriod = (value: unknown): value is Period => PERIODS.some((period) => period === value);
