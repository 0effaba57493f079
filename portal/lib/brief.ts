import { readBriefRules } from "../../specs/engine/catalog/brief-rules.ts";
import { type SignalArea, type SubjectKind, signalOf } from "../../specs/engine/catalog/signals.ts";
import type { MetricFact } from "./metrics.ts";
import type { Site } from "./site.ts";

const rulesOf = (site: Site) => readBriefRules(site.ofKind("metrics").map(({ content }) => content));

/** The rules of the comparison in words, as this ecosystem sets them. */
export function briefFacts(site: Site): readonly MetricFact[] {
  const { weeks, minimumWeeks, falseAlarms } = rulesOf(site);
  const words: readonly (readonly [string, string])[] = [
    [
      "Expected",
      `The median of the same weekdays of the ${weeks} weeks before. Something that came later is compared from ${minimumWeeks} such weekdays on.`,
    ],
    [
      "Scale",
      "Counts by 2√(x + 3/8) (Anscombe), shares by 2·asin√((k + 3/8) / (n + 3/4)) weighted with √(n + 1/2) (Freeman and Tukey), times by the mean of their logarithms weighted with √n. On each, chance moves a record by the same amount.",
    ],
    [
      "Spread",
      "1.4826 × the median absolute deviation of those weeks' days from the median of their own weekday, and never less than what chance alone brings about: 1, for times 1/2. Counts take weekdays with half to double the business.",
    ],
    [
      "Score",
      "Distance from the expected, over the spread × √(1/w² + π/2 / Σw²): the error of the day and that of the median.",
    ],
    [
      "How unlikely",
      "The score's tail on both sides: of the normal distribution, or of Student's t where days scatter clearly more than chance.",
    ],
    [
      "Named",
      `What is less likely than ${falseAlarms} over the number of comparisons of the day (Bonferroni): an ordinary day brings ${falseAlarms} false alarms in the mean.`,
    ],
  ];
  return words.map(([term, words]) => ({ term, words }));
}

export interface SignalView {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** For which of them there is a figure. */
  readonly subjects: string;
}

const SUBJECTS: Readonly<Record<SubjectKind, string>> = {
  provider: "provider",
  product: "product",
  customer: "customer",
  party: "party",
  all: "all together",
};

/** What this ecosystem's brief looks at, by area. */
export function briefSignals(site: Site): readonly { area: SignalArea; signals: readonly SignalView[] }[] {
  const found = new Map<SignalArea, SignalView[]>();
  for (const id of rulesOf(site).signals) {
    const signal = signalOf(id);
    if (signal === undefined) continue;
    const { area, title, summary } = signal;
    const subjects = `By ${signal.subjects.map((kind) => SUBJECTS[kind]).join(", ")}.`;
    found.set(area, [...(found.get(area) ?? []), { id, title, summary, subjects }]);
  }
  return [...found].map(([area, signals]) => ({ area, signals }));
}
