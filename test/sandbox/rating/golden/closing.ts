import {
  type DayOwed,
  differenceOf,
  drawForDays,
  drawingPostings,
  expiryPostings,
  type Posting,
  postingsOf,
} from "../../../../sandbox/ledger/index.ts";
import {
  chargeCommitment,
  type Leg,
  type PeriodTerms,
  type PrepaidTerm,
  type Rated,
  type Rating,
} from "../../../../sandbox/rating/index.ts";
import { parseDay } from "../../../../sandbox/rating/timing/moment.ts";
import { boundsOf, periodOf } from "../../../../sandbox/rating/timing/period.ts";

type Money = (minor: bigint) => string;

export interface Close {
  /** What it did, in a scenario's words. */
  readonly told: object;
  readonly postings: readonly Posting[];
}

/** Keeps what ends of months have booked: the next one books new minus old. A scenario's terms bind one payer, by name. */
export function createClosing(money: Money): {
  close(month: string, rating: Rating, all: readonly Rated[]): Close;
} {
  const settled = new Map<string, readonly Leg[]>();
  const left = new Map<string, bigint>();
  return {
    close(month, rating, all) {
      const { first, last } = boundsOf(dayOf(`${month}-01`), "month");
      const postings: Posting[] = [];
      const commitments = rating.periodTerms.flatMap((terms) =>
        settle(terms, last, all, settled, money).map(({ text, legs }) => {
          postings.push(...postingsOf(legs));
          const [leg] = legs;
          return { ...text, booked: money(leg?.netMinor ?? 0n), tax: money(leg?.taxMinor ?? 0n) };
        }),
      );
      const prepaid = rating.periodTerms
        .filter((terms) => terms.prepaid.length > 0)
        .map((terms) => draw(terms, { first, last }, all, left, postings, money));
      return {
        told: { month, ...(commitments.length === 0 ? {} : { commitments }), ...prepaid[0] },
        postings,
      };
    },
  };
}

/** Every period of a commitment that has ended, if something is to be booked for it. */
function settle(
  terms: PeriodTerms,
  last: number,
  all: readonly Rated[],
  stood: Map<string, readonly Leg[]>,
  money: Money,
): { readonly text: object; readonly legs: readonly Leg[] }[] {
  return terms.commitments.flatMap((term) => {
    const payer = term.named[0] ?? "nobody";
    const { period } = term.content;
    const counted = all.filter(({ charges }) => charges.some((charge) => charge.payer === payer));
    const groups = [...Map.groupBy(counted, (rated) => periodOf(startOf(rated), period))].sort();
    return groups.flatMap(([name, rated]) => {
      const bounds = boundsOf(startOf(rated[0]), period);
      if (bounds.last > last) return [];
      const netMinorByProduct: Record<string, bigint> = {};
      for (const { product, netMinor } of rated)
        netMinorByProduct[product] = (netMinorByProduct[product] ?? 0n) + netMinor;
      const id = `${term.content.id}:${name}`;
      const outcome = chargeCommitment(terms, term, {
        id,
        payer,
        name,
        ...bounds,
        netMinorByProduct,
        secret: "s",
      });
      if (outcome.kind === "untaxable") throw new Error(`no tax ${outcome.taxCode}`);
      const legs = differenceOf(stood.get(id) ?? [], outcome.legs);
      stood.set(id, outcome.legs);
      const net = money(outcome.adjustment.netMinor);
      return legs.length === 0 ? [] : [{ text: { period: name, id: term.content.id, net }, legs }];
    });
  });
}

/** Draws for the month's own deliveries, then lets expire what is valid no longer. */
function draw(
  { prepaid, currency }: PeriodTerms,
  { first, last }: { readonly first: number; readonly last: number },
  all: readonly Rated[],
  left: Map<string, bigint>,
  postings: Posting[],
  money: Money,
): object {
  const [{ payee, named } = { payee: "nobody", named: [] }] = prepaid;
  const payer = named[0] ?? "nobody";
  const days = all
    .filter((rated) => startOf(rated) >= first && startOf(rated) <= last)
    .map((rated): DayOwed => ({ day: startOf(rated), payableMinor: rated.payableMinor }));
  const owed = days.reduce((sum, { payableMinor }) => sum + payableMinor, 0n);
  const leftOn = ({ id, openingMinor }: PrepaidTerm): bigint => left.get(id) ?? openingMinor;
  const balances = prepaid.map((term) => ({
    id: term.id,
    firstDay: term.firstDay,
    lastDay: term.lastDay,
    leftMinor: leftOn(term),
    keptMinor: 0n,
  }));
  const drawn = [...drawForDays(days, balances, owed)].filter(([, amountMinor]) => amountMinor !== 0n);
  const expired: [string, bigint][] = [];
  for (const term of prepaid) {
    const rest = leftOn(term) - (new Map(drawn).get(term.id) ?? 0n);
    const expires = term.lastDay <= last && rest > 0n;
    if (expires) expired.push([term.id, rest]);
    if (expires) postings.push(...expiryPostings(payer, payee, currency, rest));
    left.set(term.id, expires ? 0n : rest);
  }
  const drawings = drawn.map(([id, amountMinor]) => ({ id, amountMinor }));
  postings.push(...drawingPostings(payer, payee, currency, drawings));
  const texts = (amounts: readonly (readonly [string, bigint])[]): object =>
    Object.fromEntries(amounts.map(([id, minor]) => [id, money(minor)]));
  return {
    drawn: texts(drawn),
    leftToPay: money(owed - drawings.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)),
    ...(expired.length === 0 ? {} : { expired: texts(expired) }),
  };
}

const dayOf = (text: string): number => parseDay(text) ?? Number.NaN;

/** The day of a delivery, by the clock of its rate card. */
const startOf = (rated: Rated | undefined): number => dayOf(rated?.startedAt.slice(0, 10) ?? "");
