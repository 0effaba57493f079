import type {
  AgreementContent,
  CreditStepContent,
  RateCardContent,
  RecourseContent,
  ServiceLevelContent,
} from "../documents.ts";
import { add, compare, isExact, ONE, parseExact, percentOf, ZERO } from "../exact.ts";
import { checkWhen } from "./conditions.ts";
import { checkDates, firstGap } from "./dates.ts";
import type { Report } from "./finding.ts";
import { checkPeriodTerms } from "./period-terms.ts";
import { checkBounds } from "./prices.ts";
import { circular } from "./splits.ts";

export function checkAgreement(
  agreement: AgreementContent,
  cards: readonly RateCardContent[],
  report: Report,
): void {
  checkDates(agreement.validFor, report);
  const references = agreement.terms.commercial?.rateCards ?? [];
  references.forEach((reference, i) => {
    const versions = cards.filter(({ id }) => id === reference.id);
    const found = versions.some(
      ({ version }) => reference.version === undefined || version === reference.version,
    );
    if (found) {
      const named = versions.filter(({ version }) => (reference.version ?? version) === version);
      if (agreement.status === "in-force")
        checkCovered(agreement, named, `/terms/commercial/rateCards/${i}`, report);
      return;
    }
    const what = reference.version === undefined ? reference.id : `${reference.id} ${reference.version}`;
    const known = versions.length > 0 ? versions.map(({ version }) => version) : cards.map(({ id }) => id);
    report.error(
      "ECO_RATE_CARD_UNKNOWN",
      `/terms/commercial/rateCards/${i}`,
      `There is no rate card "${what}".`,
      `There are: ${[...new Set(known)].join(", ")}.`,
    );
  });
  const offered = cards.filter((card) => references.some(({ id }) => id === card.id));
  checkCommercial(agreement, offered, report);
  checkTwins(agreement.terms.serviceLevels, "/terms/serviceLevels", report);
  agreement.terms.serviceLevels?.forEach((level, i) => {
    checkServiceLevel(level, `/terms/serviceLevels/${i}`, offered, report);
  });
}

/** From its first version on a rate card has to be in force on every day on which the agreement is: else nothing can be rated. */
function checkCovered(
  { validFor }: AgreementContent,
  versions: readonly RateCardContent[],
  pointer: string,
  report: Report,
): void {
  const spans = versions.map((card) => card.validFor ?? {});
  const gap = firstGap(spans, validFor?.end);
  if (gap === undefined) return;
  report.warn(
    "ECO_VERSION_GAP",
    pointer,
    `From ${gap.start} ${gap.end === undefined ? "on" : `to ${gap.end}`} the agreement is in force, and no version of ${versions[0]?.id} is: what is delivered then can't be rated.`,
    "Let each version begin the day after the one before it ends, and the last go on.",
  );
}

/** What the commercial terms say twice, or against each other or the rate cards. */
function checkCommercial(
  agreement: AgreementContent,
  cards: readonly RateCardContent[],
  report: Report,
): void {
  const { commercial } = agreement.terms;
  const at = "/terms/commercial";
  checkTwins(commercial?.commitments, `${at}/commitments`, report);
  checkTwins(commercial?.prepaid, `${at}/prepaid`, report);
  checkTwins(commercial?.discounts, `${at}/discounts`, report);
  commercial?.commitments?.forEach((commitment, i) => {
    checkBounds(commitment, `${at}/commitments/${i}`, report);
  });
  commercial?.prepaid?.forEach(({ validFor }, i) => {
    checkDates(validFor, report, `${at}/prepaid/${i}`);
  });
  commercial?.discounts?.forEach(({ id, validFor, when }, i) => {
    checkDates(validFor, report, `${at}/discounts/${i}`);
    checkWhen(when, `${at}/discounts/${i}/when`, `the discount ${id}`, report);
  });
  checkPeriodTerms(agreement, cards, report);
  const currency = commercial?.payment?.["currency"];
  const other = cards.find((card) => card.currency !== undefined && card.currency !== currency);
  if (typeof currency !== "string" || other === undefined) return;
  report.error(
    "ECO_CURRENCY_MISMATCH",
    `${at}/payment/currency`,
    `The agreement is paid in ${currency}, and its rate card ${other.id} is in ${other.currency}.`,
    "Let the agreement and its rate cards have one currency.",
  );
}

function checkTwins(
  list: readonly { readonly id: string }[] | undefined,
  pointer: string,
  report: Report,
): void {
  list?.forEach(({ id }, i) => {
    const first = list.findIndex((other) => other.id === id);
    if (first === i) return;
    report.error(
      "ECO_AGREEMENT_CONTRADICTION",
      `${pointer}/${i}`,
      `"${id}" is there twice (also ${pointer}/${first}): nobody could say which holds.`,
      "Remove one, or give it an id of its own.",
    );
  });
}

function checkTarget({ target, id }: ServiceLevelContent, pointer: string, report: Report): void {
  const { atMost, atLeast } = target;
  if (!isExact(atMost) || !isExact(atLeast) || compare(parseExact(atLeast), parseExact(atMost)) <= 0) return;
  report.error(
    "ECO_AGREEMENT_CONTRADICTION",
    `${pointer}/target`,
    `The service level ${id} asks for at least ${atLeast} and at most ${atMost}: nothing can keep it.`,
    "Correct the target.",
  );
}

function checkServiceLevel(
  level: ServiceLevelContent,
  pointer: string,
  cards: readonly RateCardContent[],
  report: Report,
): void {
  level.products.forEach((product, i) => {
    const entries = cards.flatMap((card) => card.entries.filter((entry) => entry.product === product));
    if (entries.length === 0) {
      report.error(
        "ECO_PRODUCT_UNPRICED",
        `${pointer}/products/${i}`,
        `No rate card of this agreement prices "${product}".`,
        "Correct the product, or add its rate card under `commercial.rateCards`.",
      );
    } else if (!entries.some((entry) => entry.measures?.[level.measure] !== undefined)) {
      report.warn(
        "ECO_SERVICE_LEVEL_UNMEASURED",
        `${pointer}/measure`,
        `Nothing says that deliveries of ${product} measure \`${level.measure}\`: the service level may never be looked at.`,
        `Declare it under \`measures\` of the entry for ${product}.`,
      );
    }
  });
  checkTarget(level, pointer, report);
  const steps = level.credit?.steps ?? [];
  if (steps.length > 0) checkSteps(level, steps, `${pointer}/credit/steps`, report);
  checkRecourse(level.recourse ?? [], `${pointer}/recourse`, report);
}

/** Steps have to begin where the target ends, go on without gaps, and never end. */
function checkSteps(
  { target }: ServiceLevelContent,
  steps: readonly CreditStepContent[],
  pointer: string,
  report: Report,
): void {
  const rising = target.atMost !== undefined;
  let edge = rising ? target.atMost : target.atLeast;
  steps.forEach((step, i) => {
    const begin = rising ? step.above : step.below;
    const order = isExact(edge) && isExact(begin) ? compare(parseExact(begin), parseExact(edge)) : 0;
    if (order !== 0) {
      // Steps that share values contradict each other; those that leave some out only credit nothing there.
      const shares = i > 0 && (rising ? order < 0 : order > 0);
      report[shares ? "error" : "warn"](
        "ECO_CREDIT_STEPS",
        `${pointer}/${i}`,
        `The step begins at ${begin}, and what comes before it ends at ${edge}.`,
        "Let each step begin where the one before it, or the target, ends.",
      );
    }
    edge = rising ? step.upTo : step.downTo;
  });
  if (edge !== undefined) {
    report.warn(
      "ECO_CREDIT_STEPS",
      `${pointer}/${steps.length - 1}`,
      `Beyond ${edge} a breach costs nothing.`,
      "Let the last step be open.",
    );
  }
}

function checkRecourse(
  recourse: readonly RecourseContent[],
  pointer: string,
  report: Report,
  above: readonly string[] = [],
): void {
  const total = recourse.reduce(
    (sum, { percent }) => (isExact(percent) ? add(sum, percentOf(percent)) : sum),
    ZERO,
  );
  if (compare(total, ONE) > 0) {
    report.error(
      "ECO_RECOURSE_SUM",
      pointer,
      "The parties at fault would bear more than the credit itself.",
      "Let the percentages sum to 100 at most.",
    );
  }
  recourse.forEach((item, i) => {
    const who = item.party ?? item.role ?? "";
    if (above.includes(who)) circular(who, `${pointer}/${i}`, report);
    else checkRecourse(item.recourse ?? [], `${pointer}/${i}/recourse`, report, [...above, who]);
  });
}
