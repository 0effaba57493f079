import { prepaidPostings } from "../../ledger/index.ts";
import type { PeriodTerms, PrepaidTerm } from "../../rating/index.ts";
import { parseDay } from "../../rating/timing/moment.ts";
import { isOrchestrator, maySee } from "../access.ts";
import type { Capability, DecisionContext, Refusal } from "../capability.ts";
import {
  answer,
  define,
  notFound,
  optional,
  optionalText,
  pageFields,
  refuse,
  required,
  text,
} from "../define.ts";
import { ratingOf } from "../deliveries/rating-of.ts";
import { everyRecord, pageOf, readCursor, readLimit } from "../page.ts";
import { binds, hasAccepted, payersOf } from "../parties/bound-parties.ts";
import { findParty, refuseLeaver } from "../parties/records.ts";
import { collections } from "../records.ts";
import { dayOf, monthOf } from "../time.ts";
import { openPeriod } from "./periods.ts";
import {
  agreementKey,
  balanceIdOf,
  balanceWrite,
  findBalance,
  newBalance,
  type PrepaidRecord,
  viewBalance,
} from "./prepaid-records.ts";

/** Prepaid terms of the agreements in force on a day, in the order in which they are drawn. */
function termsOn(
  day: number,
  context: DecisionContext,
): { terms: PeriodTerms; term: PrepaidTerm }[] | Refusal {
  const rating = ratingOf(context.catalog);
  if ("code" in rating) return rating;
  return rating.periodTerms
    .filter((terms) => terms.inForceWithin(day, day))
    .flatMap((terms) => terms.prepaid.map((term) => ({ terms, term })));
}

const today = ({ now, catalog }: DecisionContext): number =>
  parseDay(dayOf(now, catalog.ecosystem.timeZone)) ?? 0;

const list = define({
  name: "prepaid.list",
  summary: "What the caller has paid ahead, or was paid: every balance of the agreements in force.",
  input: { ...pageFields, party: optional("text", "Only balances of this payer.") },
  async decide(input, context) {
    const after = readCursor({ input, context });
    if (typeof after !== "number") return after;
    const all = termsOn(today(context), context);
    if ("code" in all) return all;
    const party = optionalText(input, "party");
    const found: PrepaidRecord[] = [];
    for (const { terms, term } of all) {
      for (const payer of await holdersOf(terms, term, context)) {
        if (!maySee(context, [payer, term.payee]) || (party !== undefined && party !== payer)) continue;
        const stored = await findBalance(context.read, balanceIdOf(terms, term, payer));
        found.push(stored?.value ?? newBalance(terms, term, payer, context.now));
      }
    }
    const limit = readLimit(input);
    const page = found.map((balance, index) => ({ balance, sequence: index + 1 }));
    return pageOf({ input, context }, page.slice(after, after + limit + 1), limit, ({ balance }) =>
      viewBalance(balance),
    );
  },
});

/** Who has a balance or may have one; last those that have left, for whom their record stays. */
async function holdersOf(
  terms: PeriodTerms,
  term: PrepaidTerm,
  context: DecisionContext,
): Promise<ReadonlySet<string>> {
  const day = today(context);
  const holders = new Set(await payersOf(term, terms.agreement.id, { first: day, last: day }, context));
  const kept = everyRecord<PrepaidRecord>(
    context.read,
    collections.prepaid,
    agreementKey(terms.agreement.id),
  );
  for await (const { value } of kept) if (value.balanceId === term.id) holders.add(value.payer);
  return holders;
}

const topUp = define({
  name: "prepaid.top-up",
  summary: "Pays ahead onto a balance; closing a month draws from it.",
  input: {
    balanceId: required("text", "The balance: agreement, balance and payer, with colons between them."),
    amountMinor: required("number", "What is paid, in minor units."),
    reference: optional("text", "The payment that it came by."),
  },
  async decide(input, context) {
    const id = text(input, "balanceId");
    const found = await findTerm(id, context);
    if ("code" in found) return found;
    const { terms, term, payer } = found;
    const amountMinor = Number(input["amountMinor"]);
    const stored = await findBalance(context.read, id);
    const before = stored?.value ?? newBalance(terms, term, payer, context.now);
    const refused = refuseTopUp(before, amountMinor, term, context);
    if (refused !== undefined) return refused;
    const { period, expects } = await openPeriod(
      context.read,
      monthOf(context.now, context.catalog.ecosystem.timeZone),
    );
    const balance = toppedUp(before, amountMinor, optionalText(input, "reference"), context);
    // A balance that the agreement lets begin with something begins now.
    const paidMinor = BigInt(amountMinor + (stored === undefined ? before.paidInMinor : 0));
    const { payee, currency } = balance;
    const postings = prepaidPostings(payer, payee, currency, paidMinor);
    const booking = { kind: "payment", bookedAt: context.now, period, postings } as const;
    return answer(viewBalance(balance), {
      status: 201,
      writes: [balanceWrite(balance, stored?.version ?? 0)],
      transactions: [{ id: context.newId("txn"), ...booking }],
      expects,
    });
  },
});

/** The term that a balance's id names, with its payer; not found for who may not know of it. */
async function findTerm(
  id: string,
  context: DecisionContext,
): Promise<{ terms: PeriodTerms; term: PrepaidTerm; payer: string } | Refusal> {
  const [agreementId, balanceId, payer = ""] = id.split(":");
  const all = termsOn(today(context), context);
  if ("code" in all) return all;
  const found = all.find(({ terms, term }) => terms.agreement.id === agreementId && term.id === balanceId);
  if (found === undefined || !maySee(context, [payer, found.term.payee])) return notFound("balance", id);
  const { term, terms } = found;
  const party = await findParty(context.read, payer);
  const isBound =
    party !== undefined &&
    binds(term, payer, term.payee) &&
    (term.named.includes(payer) ||
      (party.value.role === term.openRole &&
        (await hasAccepted(party.value, terms.agreement.id, today(context), context))));
  if (!isBound) return notFound("balance", id);
  const leaving = await refuseLeaver({ ...context, caller: { party: payer } }, "pays nothing ahead");
  return leaving ?? { ...found, payer };
}

/**
 * What may be left on one balance, in minor units. An account sums up what many parties have paid ahead, and a sum that JSON
 * can't hold exactly is one that nobody could read any more: a thousand such balances stay below.
 */
const MOST_LEFT_MINOR = Math.floor(Number.MAX_SAFE_INTEGER / 1000);

function refuseTopUp(
  balance: PrepaidRecord,
  amountMinor: number,
  { lastDay, payee }: PrepaidTerm,
  context: DecisionContext,
): Refusal | undefined {
  const { caller, catalog } = context;
  if (caller?.party !== balance.payer && caller?.party !== payee && !isOrchestrator(catalog, caller))
    return refuse("ECO_FORBIDDEN", `Only ${balance.payer} and ${payee} may top up ${balance.id}.`);
  if (balance.status === "expired" || today(context) > lastDay)
    return refuse("ECO_STATE_TRANSITION", `${balance.id} pays for nothing after ${balance.validFor.end}.`);
  if (
    Number.isSafeInteger(amountMinor) &&
    amountMinor > 0 &&
    balance.leftMinor + amountMinor <= MOST_LEFT_MINOR &&
    Number.isSafeInteger(balance.paidInMinor + amountMinor)
  )
    return undefined;
  return refuse("ECO_REQUEST_INVALID", `${amountMinor} minor units can't be paid onto ${balance.id}.`, [
    {
      pointer: "#/amountMinor",
      detail: `must be a whole number above zero, with at most ${MOST_LEFT_MINOR} left on the balance`,
    },
  ]);
}

function toppedUp(
  balance: PrepaidRecord,
  amountMinor: number,
  reference: string | undefined,
  { now }: DecisionContext,
): PrepaidRecord {
  const { internal } = balance;
  return {
    ...balance,
    ...(reference === undefined ? {} : { lastReference: reference }),
    leftMinor: balance.leftMinor + amountMinor,
    paidInMinor: balance.paidInMinor + amountMinor,
    updatedAt: now,
    internal: { ...internal, paidInMinor: internal.paidInMinor + amountMinor },
  };
}

export const prepaidCapabilities: readonly Capability[] = [list, topUp];
