import type { CommitmentTerm, PeriodTerms, PrepaidTerm } from "../../rating/index.ts";
import { formatDay, parseDay } from "../../rating/timing/moment.ts";
import { boundsOf, periodOf } from "../../rating/timing/period.ts";
import type { DecisionContext } from "../capability.ts";
import { ratingOf } from "../deliveries/rating-of.ts";
import { everyRecord } from "../page.ts";
import { hasAccepted, isBoundBy, lastDayOf } from "../parties/bound-parties.ts";
import { collections, type PartyRecord, partyKey } from "../records.ts";
import { dayOf } from "../time.ts";
import type { CommitmentRecord } from "./commitment-records.ts";
import { closedPeriods } from "./periods.ts";
import { balanceIdOf, findBalance } from "./prepaid-records.ts";

/** A commitment that isn't settled yet, or money paid ahead that isn't in the books yet. */
export type PendingTerm =
  | { readonly kind: "commitment"; readonly id: string }
  | {
      readonly kind: "prepaid";
      readonly payee: string;
      readonly currency: string;
      readonly openingMinor: bigint;
    };

/**
 * What the terms of agreements will still bring to a party and no posting says: commitments over periods in which it took
 * part and that aren't settled, and balances that an agreement says it has paid already.
 */
export async function* pendingTermsOf(
  party: PartyRecord,
  context: DecisionContext,
): AsyncGenerator<PendingTerm> {
  const running = new Set<string>();
  const own = everyRecord<CommitmentRecord>(context.read, collections.commitments, partyKey(party.id));
  for await (const { id, value } of own) {
    if (value.status !== "running" || value.payer !== party.id) continue;
    running.add(id);
    yield { kind: "commitment", id };
  }
  const rating = ratingOf(context.catalog);
  if ("code" in rating) return;
  for (const terms of rating.periodTerms) {
    yield* minimumsOf(party, terms, running, context);
    yield* openingsOf(party, terms, context);
  }
}

/** Who committed to a minimum owes it with or without a delivery: no record tells of it before its period is settled. */
async function* minimumsOf(
  party: PartyRecord,
  terms: PeriodTerms,
  known: Set<string>,
  context: DecisionContext,
): AsyncGenerator<PendingTerm> {
  const wanted = terms.commitments.filter(({ content }) => content.minimumAmount !== undefined);
  if (wanted.length === 0) return;
  const closed = await closedPeriods(context.read);
  for (const term of wanted) {
    for (const { name, first, last } of periodsWith(party, term, context)) {
      const id = [terms.agreement.id, term.content.id, party.id, name].join(":");
      const isSettled = closed.has(formatDay(last).slice(0, 7));
      if (known.has(id) || isSettled || !terms.inForceWithin(first, last)) continue;
      if (!(await binds(term, terms, party, last, context))) continue;
      known.add(id);
      yield { kind: "commitment", id };
    }
  }
}

async function binds(
  term: CommitmentTerm,
  { agreement }: PeriodTerms,
  party: PartyRecord,
  last: number,
  context: DecisionContext,
): Promise<boolean> {
  if (term.named.includes(party.id)) return true;
  return isBoundBy(term, party) && (await hasAccepted(party, agreement.id, last, context));
}

/** The periods of a commitment from the one in which a party came to the one in which it left, or now. */
function* periodsWith(
  party: PartyRecord,
  { content }: CommitmentTerm,
  { now, catalog }: DecisionContext,
): Generator<{ readonly name: string; readonly first: number; readonly last: number }> {
  const { timeZone } = catalog.ecosystem;
  const today = parseDay(dayOf(now, timeZone)) ?? 0;
  const until = Math.min(lastDayOf(party, timeZone), today);
  for (let day = parseDay(dayOf(party.createdAt, timeZone)) ?? today; ; ) {
    const bounds = boundsOf(day, content.period);
    if (bounds.first > until) return;
    yield { name: periodOf(day, content.period), ...bounds };
    day = bounds.last + 1;
  }
}

async function* openingsOf(
  party: PartyRecord,
  terms: PeriodTerms,
  context: DecisionContext,
): AsyncGenerator<PendingTerm> {
  const today = parseDay(dayOf(context.now, context.catalog.ecosystem.timeZone)) ?? 0;
  const hasBegun = ({ named, openingMinor, firstDay }: PrepaidTerm): boolean =>
    named.includes(party.id) && openingMinor > 0n && firstDay <= today && terms.inForceWithin(today, today);
  for (const term of terms.prepaid.filter(hasBegun)) {
    if ((await findBalance(context.read, balanceIdOf(terms, term, party.id))) !== undefined) continue;
    const { payee, openingMinor } = term;
    yield { kind: "prepaid", payee, currency: terms.currency, openingMinor };
  }
}
