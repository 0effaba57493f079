import type { ShareContent, SplitContent } from "../documents.ts";
import { add, compare, type Exact, ONE, parseExact, percentOf, ZERO } from "../exact.ts";
import { compileShares } from "../shares.ts";
import type { Report } from "./finding.ts";

/** Splits that can't sum, and shares that can never get anything. */
export function checkSplit(split: SplitContent, pointer: string, scale: number, report: Report): void {
  if (isMoreThanAll(split.shares, pointer, report)) return;
  try {
    compileShares({ ...split, shares: split.shares.map(({ split: _, ...share }) => share) }, scale);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    report.error(
      "ECO_SPLIT_SUM",
      pointer,
      `The split can't sum to the charge: ${reason}.`,
      "Make the shares 100 %, or let the last one be `remaining: true`.",
    );
    return;
  }
  checkSum(split.shares, pointer, report);
  checkReach(split.shares, pointer, report);
  checkRemainder(split, pointer, report);
  split.shares.forEach((share, i) => {
    if (share.split !== undefined) checkSplit(share.split, `${pointer}/shares/${i}/split`, scale, report);
  });
}

/**
 * Names who passes on what it got, and gets it back from those behind it. That a company keeps a part of its own share is no
 * such circle.
 */
export function checkCircle(
  split: SplitContent,
  pointer: string,
  report: Report,
  above: readonly string[] = [],
): void {
  split.shares.forEach(({ party, role, split: deeper }, i) => {
    const who = party ?? role ?? "";
    if (above.slice(0, -1).includes(who)) circular(who, `${pointer}/shares/${i}`, report);
    else if (deeper !== undefined)
      checkCircle(
        deeper,
        `${pointer}/shares/${i}/split`,
        report,
        above.at(-1) === who ? above : [...above, who],
      );
  });
}

/** A chain of parties that comes back to one which is in it already: the money is right, and hardly what was meant. */
export function circular(who: string, pointer: string, report: Report): void {
  report.warn(
    "ECO_CHAIN_CIRCULAR",
    pointer,
    `The chain comes back to ${who}, who stands further up in it: it would owe and be owed the same money.`,
    "Let each company stand once in a chain, and give it there what it gets in all.",
  );
}

/** Who is named for the left-over units has to have a share that may take them. */
function checkRemainder({ remainder, shares }: SplitContent, pointer: string, report: Report): void {
  if (remainder === undefined || typeof remainder === "string") return;
  const { party, role } = remainder;
  if (shares.some((share) => share.party === party && share.role === role)) return;
  report.error(
    "ECO_SPLIT_SUM",
    `${pointer}/remainder`,
    `What is left over goes to ${party ?? role}, who has no share here.`,
    "Name one of the shares as it stands there, by party or by role, or a policy.",
  );
}

const isOpen = (share: ShareContent): boolean => share.remaining === true || share.ratio !== undefined;

/** With fixed or capped shares the rest has to go somewhere, whatever the charge. */
function checkSum(shares: readonly ShareContent[], pointer: string, report: Report): void {
  if (shares.some(isOpen)) return;
  const parts = partsOf(shares);
  const bound = shares.some(
    ({ fixedAmount, maximumAmount }) => fixedAmount !== undefined || maximumAmount !== undefined,
  );
  if (!bound && compare(parts, ONE) === 0) return;
  if (
    bound &&
    compare(parts, ZERO) > 0 &&
    shares.some((share) => isPart(share) && share.maximumAmount === undefined)
  )
    return;
  report.error(
    "ECO_SPLIT_SUM",
    pointer,
    "Fixed and capped shares leave a rest that no share may take.",
    "Add a share with `remaining: true`.",
  );
}

/** Each percentage and fraction is of the whole charge, whatever else takes from it. */
function isMoreThanAll(shares: readonly ShareContent[], pointer: string, report: Report): boolean {
  const parts = partsOf(shares);
  if (compare(parts, ONE) <= 0) return false;
  report.error(
    "ECO_SPLIT_SUM",
    `${pointer}/shares`,
    `The percentages and fractions come to ${percentText(parts)} % of the charge: more than there is.`,
    "Let them come to 100 % at most.",
  );
  return true;
}

/** As a person reads it, with two decimals at most. */
const percentText = ({ n, d }: Exact): string => String(Number((n * 10_000n) / d) / 100);

function checkReach(shares: readonly ShareContent[], pointer: string, report: Report): void {
  const parts = partsOf(shares);
  shares.forEach((share, i) => {
    const nothing =
      isZero(share.percent) ||
      isZero(share.ratio) ||
      isZero(share.fixedAmount) ||
      isZero(share.maximumAmount) ||
      (share.remaining === true &&
        (compare(parts, ONE) >= 0 || shares.some(({ ratio }) => ratio !== undefined)));
    if (!nothing) return;
    report.warn(
      "ECO_SPLIT_UNREACHABLE",
      `${pointer}/shares/${i}`,
      `The share of ${share.party ?? share.role} can never get anything.`,
      "Remove it, or leave something for it.",
    );
  });
}

function isPart(share: ShareContent): boolean {
  return share.percent !== undefined || share.fraction !== undefined;
}

function partsOf(shares: readonly ShareContent[]): Exact {
  return shares.reduce((sum, { percent, fraction }) => {
    if (percent !== undefined) return add(sum, percentOf(percent));
    return fraction === undefined ? sum : add(sum, parseExact(fraction));
  }, ZERO);
}

function isZero(value: string | number | undefined): boolean {
  return value !== undefined && parseExact(value).n === 0n;
}
