import { formatExact } from "../../../rating/exact.ts";
import type { JsonObject } from "../../../store/store.ts";
import type { FeedbackRecord } from "../../feedback/records.ts";
import type { Scale } from "../../manifest.ts";
import { chargeInvolves } from "../records.ts";
import {
  answeringFor,
  creditParts,
  delayParts,
  divided,
  inUnits,
  isDelay,
  type Part,
  stepsOf,
  wholeDelay,
} from "./attribute.ts";
import type { ChainLink } from "./chain.ts";

/** Whom somebody may be told of by name; undefined for everybody. */
type Known = ReadonlySet<string> | undefined;

/**
 * Who caused which part of a delivery's delay, bears which part of its service credit, and answers for which part of what the
 * customer's score is short of the best. A party sees its own part, and those of whom it deals with in the chain, by name;
 * the others' parts stand together under no name, so that the parts sum to the whole for everybody.
 *
 * @param party whose view it is; undefined for who sees all
 */
export function attributionOf(
  link: ChainLink,
  feedback: FeedbackRecord | undefined,
  { maximum }: Scale,
  party: string | undefined,
): JsonObject {
  const known = knownTo(link, party);
  const delays = link.levels.filter(isDelay).map((level) => {
    const steps = stepsOf(level);
    const parts = delayParts(level, link);
    return {
      serviceLevel: level.id,
      product: level.product,
      measure: level.measure,
      ...(level.unit === undefined ? {} : { unit: level.unit }),
      ...level.target,
      value: formatExact(level.value),
      breached: level.breached,
      caused: formatExact(inUnits(wholeDelay(level), steps)),
      parts: shown(parts, known).map((part) => partView(part, steps)),
    };
  });
  const charges = link.delivery.charges.filter(
    (charge) => charge.serviceCreditMinor > 0 && (party === undefined || chargeInvolves(charge, party)),
  );
  const credits = charges.map((charge) => {
    const parts = creditParts(charge).map((part) => ({ ...part, amount: BigInt(part.amountMinor) }));
    return {
      chargeId: charge.id,
      product: charge.product,
      side: charge.side,
      currency: charge.currency,
      creditMinor: charge.serviceCreditMinor,
      parts: shown(parts, known).map(({ party: who, amount }) => ({
        ...(who === undefined ? {} : { party: who }),
        amountMinor: Number(amount),
      })),
    };
  });
  return { delays, credits, ...scoreView(link, feedback, maximum, known) };
}

/** Points are divided to the hundredth. */
const POINT = 100n;

function scoreView(
  link: ChainLink,
  feedback: FeedbackRecord | undefined,
  best: number,
  known: Known,
): JsonObject {
  if (feedback?.score === undefined) return {};
  const short = BigInt(best - feedback.score) * POINT;
  const parts = divided(short, answeringFor(link));
  return {
    score: {
      feedbackId: feedback.id,
      score: feedback.score,
      best,
      short: best - feedback.score,
      parts: shown(parts, known).map((part) => partView(part, POINT)),
    },
  };
}

const partView = ({ party, amount, basis }: Shown<Part>, steps: bigint): JsonObject => ({
  ...(party === undefined ? {} : { party, ...(basis === undefined ? {} : { basis }) }),
  amount: formatExact(inUnits(amount, steps)),
});

/** A part, or several that are shown as one. */
type Shown<T> = { readonly amount: bigint } & Partial<Omit<T, "amount">>;

function shown<T extends { readonly party: string; readonly amount: bigint }>(
  parts: readonly T[],
  known: Known,
): Shown<T>[] {
  const named = parts.filter(({ party }) => known === undefined || known.has(party));
  const others = parts.filter((part) => !named.includes(part)).reduce((sum, { amount }) => sum + amount, 0n);
  return others === 0n ? named : [...named, { amount: others } as Shown<T>];
}

/** Itself, and with whom it has a charge or recourse in the chain; who sells to the customer answers for all, and is told of all. */
function knownTo(link: ChainLink, party: string | undefined): Known {
  if (party === undefined) return undefined;
  const known = new Set([party]);
  for (const charge of link.delivery.charges) {
    if (charge.side === "sale" && charge.payee === party) return undefined;
    if (chargeInvolves(charge, party)) known.add(charge.payer).add(charge.payee);
    for (const recourse of charge.recourse)
      if (recourse.party === party || recourse.to === party) known.add(recourse.party).add(recourse.to);
  }
  for (const child of link.children) {
    if (!child.delivery.internal.participants.includes(party)) continue;
    const below = knownTo(child, party);
    // Who sells a part knows who renders it.
    for (const one of below ?? child.delivery.internal.participants) known.add(one);
  }
  return known;
}
