import { periodOf } from "./clock.ts";
import { HUNDRED, minor, Q, ZERO } from "./fractions.ts";
import type { Counters } from "./price.ts";
import { list, type Raw, raw } from "./raw.ts";
import type { Subject } from "./subject.ts";

export interface Rate {
  readonly code: string;
  readonly percent: Q;
}

/** The rate in force on the day; none where the card has no tax. Throws where the table has a gap. */
export function rateOf(card: Raw, code: unknown, date: string): Rate {
  const codes = raw(raw(card["tax"])["codes"]);
  const wanted = code ?? (codes["standard"] === undefined ? undefined : "standard");
  if (wanted === undefined) return { code: "none", percent: ZERO };
  const row = list(raw(codes[String(wanted)])["rates"]).find(
    ({ from, to }) =>
      (from === undefined || date >= String(from)) && (to === undefined || date <= String(to)),
  );
  return { code: String(wanted), percent: Q.of(row?.["percent"]) };
}

/** A refund takes back what was charged. */
function mirrored(amount: bigint, part: Q, mode: string): bigint {
  const tax = new Q(amount < 0n ? -amount : amount).times(part).round(mode);
  return amount < 0n ? -tax : tax;
}

const partOn = ({ percent }: Rate): Q => percent.over(HUNDRED);
const partWithin = ({ percent }: Rate): Q => percent.over(HUNDRED.plus(percent));

export const taxOn = (amount: bigint, rate: Rate, mode: string): bigint =>
  mirrored(amount, partOn(rate), mode);
export const taxWithin = (amount: bigint, rate: Rate, mode: string): bigint =>
  mirrored(amount, partWithin(rate), mode);

export interface TaxLine {
  readonly card: Raw;
  readonly rate: Rate;
  readonly payer: string;
  readonly subject: Subject;
  readonly counters: Counters;
  readonly scale: number;
  readonly mode: string;
  /** What the trace has to tell of running sums. */
  readonly running: Raw[];
}

export const isInclusive = (card: Raw): boolean => raw(card["tax"])["prices"] === "inclusive";
const byStatement = (card: Raw): boolean => raw(card["tax"])["level"] === "statement";

/** The charge without the tax that its price holds already. */
export function netOfTax(gross: bigint, line: TaxLine): bigint {
  if (!isInclusive(line.card)) return gross;
  if (!byStatement(line.card)) return gross - taxWithin(gross, line.rate, line.mode);
  return gross - moved("within", gross, partWithin(line.rate), line);
}

/** The tax of a charge: on its net less its credit, or what the price holds less what the credit takes with it. */
export function taxOf(gross: bigint, net: bigint, credit: bigint, line: TaxLine): bigint {
  const { card, rate, mode } = line;
  if (!isInclusive(card))
    return byStatement(card)
      ? moved("on", net - credit, partOn(rate), line)
      : taxOn(net - credit, rate, mode);
  const back = byStatement(card) ? moved("credit", credit, partOn(rate), line) : taxOn(credit, rate, mode);
  return gross - net - back;
}

/** By statement: what the tax on the running sum of the payer's month moves. */
function moved(kind: string, amount: bigint, part: Q, line: TaxLine): bigint {
  const { card, rate, payer, subject, counters, scale, mode } = line;
  const key = `tax/${kind}/${String(card["currency"])}/${rate.code}/${payer}/${periodOf(subject.date, "month")}`;
  const before = counters.before(key)?.quantity ?? ZERO;
  const own = new Q(amount, 10n ** BigInt(scale));
  counters.add(key, own);
  line.running.push({ period: key, before });
  const taxed = (total: Q): bigint => minor(total.times(part), scale, mode);
  return taxed(before.plus(own)) - taxed(before);
}
