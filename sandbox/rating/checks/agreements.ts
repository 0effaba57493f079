import type {
  AgreementContent,
  CreditStepContent,
  RateCardContent,
  RecourseContent,
  ServiceLevelContent,
} from "../documents.ts";
import { add, compare, isExact, ONE, parseExact, percentOf, ZERO } from "../exact.ts";
import { checkDates } from "./cards.ts";
import type { Report } from "./finding.ts";

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
    if (found) return;
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
  agreement.terms.serviceLevels?.forEach((level, i) => {
    checkServiceLevel(level, `/terms/serviceLevels/${i}`, offered, report);
  });
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
    if (isExact(edge) && isExact(begin) && compare(parseExact(begin), parseExact(edge)) !== 0) {
      report.warn(
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

function checkRecourse(recourse: readonly RecourseContent[], pointer: string, report: Report): void {
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
    checkRecourse(item.recourse ?? [], `${pointer}/${i}/recourse`, report);
  });
}
