import type { RateCardContent, SplitContent } from "../documents.ts";
import { formatDay, parseDay } from "../timing/moment.ts";
import type { Report } from "./finding.ts";

/** Tables with gaps or overlaps, and codes that no table has. */
export function checkTaxes(card: RateCardContent, own: boolean, report: Report): void {
  if (own) {
    for (const [code, { rates }] of Object.entries(card.tax?.codes ?? {}))
      checkTable(rates, `/tax/codes/${code}/rates`, code, report);
  }
  checkReach(card, own, report);
  card.entries.forEach((entry, i) => {
    checkCode(entry.taxCode, card, `/entries/${i}/taxCode`, report);
    checkShares(entry.split, card, `/entries/${i}/split`, report);
  });
}

/** Codes by which a card's own entries are taxed; `standard` where an entry says none. */
function codesOf({ entries, tax }: RateCardContent): ReadonlySet<string> {
  const ofSplit = (split: SplitContent | undefined): string[] =>
    split?.shares.flatMap(({ taxCode, split: deeper }) => [taxCode ?? [], ofSplit(deeper)].flat()) ?? [];
  const used = entries.flatMap(({ taxCode = "standard", split }) => [taxCode, ...ofSplit(split)]);
  return new Set(used.filter((code) => tax?.codes[code] !== undefined));
}

/** A table that begins after its rate card, or ends before it: what is delivered on those days can't be charged. */
function checkReach(card: RateCardContent, own: boolean, report: Report): void {
  const day = (text: string | undefined, open: number): number =>
    text === undefined ? open : (parseDay(text) ?? Number.NaN);
  const first = day(card.validFor?.start, Number.NEGATIVE_INFINITY);
  const last = day(card.validFor?.end, Number.POSITIVE_INFINITY);
  for (const code of codesOf(card)) {
    const rates = card.tax?.codes[code]?.rates ?? [];
    const begin = Math.min(...rates.map(({ from }) => day(from, Number.NEGATIVE_INFINITY)));
    const end = Math.max(...rates.map(({ to }) => day(to, Number.POSITIVE_INFINITY)));
    const gaps = [
      ...(begin > first ? [`before ${formatDay(begin)}`] : []),
      ...(end < last ? [`after ${formatDay(end)}`] : []),
    ];
    if (gaps.length === 0) continue;
    report.warn(
      "ECO_TAX_GAP",
      own ? `/tax/codes/${code}/rates` : "/validFor",
      `The rate card is valid on days ${gaps.join(" and ")}, when the tax "${code}" has no rate: deliveries of those days are refused.`,
      "Let the table reach as far as `validFor`, or end the rate card where the table ends.",
    );
  }
}

function checkShares(
  split: SplitContent | undefined,
  card: RateCardContent,
  at: string,
  report: Report,
): void {
  split?.shares.forEach(({ taxCode, split: deeper }, i) => {
    checkCode(taxCode, card, `${at}/shares/${i}/taxCode`, report);
    checkShares(deeper, card, `${at}/shares/${i}/split`, report);
  });
}

function checkCode(code: string | undefined, card: RateCardContent, pointer: string, report: Report): void {
  if (code === undefined || card.tax?.codes[code] !== undefined) return;
  const known = Object.keys(card.tax?.codes ?? {}).join(", ") || "none";
  report.error("ECO_TAX_CODE_UNKNOWN", pointer, `The tax table has no code "${code}".`, `Codes: ${known}.`);
}

function checkTable(
  rates: readonly { readonly from?: string; readonly to?: string }[],
  pointer: string,
  code: string,
  report: Report,
): void {
  const rows = rates
    .map(({ from, to }, i) => ({
      i,
      from: from === undefined ? Number.NEGATIVE_INFINITY : (parseDay(from) ?? Number.NaN),
      to: to === undefined ? Number.POSITIVE_INFINITY : (parseDay(to) ?? Number.NaN),
    }))
    .sort((a, b) => a.from - b.from);
  rows.forEach((row, at) => {
    if (Number.isNaN(row.from) || Number.isNaN(row.to) || row.from > row.to) {
      report.error(
        "ECO_TAX_TABLE",
        `${pointer}/${row.i}`,
        `The rate of "${code}" has no days: check \`from\` and \`to\`.`,
        "Both are dates, both belong to the rate.",
      );
    }
    const next = rows[at + 1];
    if (next === undefined) return;
    if (next.from <= row.to) {
      report.error(
        "ECO_TAX_TABLE",
        `${pointer}/${next.i}`,
        `Two rates of "${code}" are in force on ${formatDay(next.from === Number.NEGATIVE_INFINITY ? row.to : next.from)}.`,
        "Let one end the day before the other begins.",
      );
    } else if (next.from > row.to + 1) {
      report.error(
        "ECO_TAX_GAP",
        `${pointer}/${next.i}`,
        `No rate of "${code}" is in force from ${formatDay(row.to + 1)} to ${formatDay(next.from - 1)}.`,
        "Close the gap.",
      );
    }
  });
}
