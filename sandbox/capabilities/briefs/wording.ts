import type { Subject, Unusual } from "../../measures/daily.ts";
import type { JsonObject } from "../../store/store.ts";
import type { Days } from "./days.ts";

/** More than a million days can't be told from any other number of them. */
const MOST_DAYS = 1_000_000;

/** An anomaly as it is shown. @param limit how unlikely something has to be to be one */
export function viewAnomaly(unusual: Unusual, limit: number, days: Days): JsonObject {
  const { name, signal, subject, sameFor, comparison, day, ids } = unusual;
  const { score, likelihood, weeks, observed, expected } = comparison;
  const [least, most] = comparison.range(limit);
  const isCount = signal.kind === "count";
  const shown = {
    observed: rounded(observed, signal.kind),
    expected: isCount ? Number(expected.toFixed(1)) : rounded(expected, signal.kind),
    // Of whole numbers the ordinary ones.
    from: isCount ? Math.ceil(least) : rounded(least, signal.kind),
    to: isCount ? Math.floor(most) : rounded(most, signal.kind),
  };
  const oneIn = Math.min(MOST_DAYS, Number((1 / likelihood).toPrecision(2)));
  const direction = score > 0 ? "above" : "below";
  return {
    signal: name,
    area: signal.area,
    title: signal.title,
    subject: viewSubject(subject),
    ...(sameFor.length === 0 ? {} : { sameFor: sameFor.map(viewSubject) }),
    direction,
    unit: UNITS[signal.kind],
    ...shown,
    ...(signal.kind === "share" ? { part: day.part } : {}),
    of: day.of,
    weeks,
    score: Number(score.toFixed(1)),
    oneIn,
    summary: sentence(unusual, shown, oneIn, days),
    records: [...ids],
  };
}

const UNITS = { count: "records", share: "ratio", time: "seconds" } as const;

const viewSubject = ({ kind, id }: Subject): JsonObject => (kind === "all" ? { kind } : { kind, id });

function rounded(value: number, kind: Unusual["signal"]["kind"]): number {
  return kind === "share" ? Number(value.toFixed(4)) : Math.round(value);
}

function sentence(
  { signal, subject, comparison: { score, weeks }, day }: Unusual,
  { observed, expected, from, to }: Readonly<Record<"observed" | "expected" | "from" | "to", number>>,
  oneIn: number,
  { weekday }: Days,
): string {
  const figure = (value: number): string => FIGURES[signal.kind](value);
  const [one, several] = signal.noun;
  const counted = `${day.of} ${day.of === 1 ? one : several}`;
  const of =
    signal.kind === "share" ? ` (${day.part} of ${counted})` : signal.kind === "time" ? ` (${counted})` : "";
  const whose = subject.kind === "all" ? "" : ` of the ${subject.kind} ${subject.id}`;
  const usual = from === to ? `the usual ${figure(from)}` : `the usual ${figure(from)} to ${figure(to)}`;
  const chance =
    oneIn >= MOST_DAYS ? "less than one day in a million" : `one day in ${oneIn.toLocaleString("en")}`;
  return `${signal.title}${whose}: ${figure(observed)}${of}, ${score > 0 ? "above" : "below"} ${usual} of a ${weekday} (the middle of ${weeks} is ${figure(expected)}). Chance alone brings this about on ${chance}.`;
}

const FIGURES: Readonly<Record<Unusual["signal"]["kind"], (value: number) => string>> = {
  count: (value) => value.toLocaleString("en"),
  share: (value) => `${Number((value * 100).toFixed(1))} %`,
  time: (value) => duration(value),
};

/** Seconds as a person says them: `45 s`, `12 min`, `3 h 5 min`. */
function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${rest} min`}`;
}

/** The whole day in a sentence. */
export function dayInWords(found: number, compared: number, tooNew: number, days: Days): string {
  const when = `${days.weekday} ${days.last}${days.complete ? "" : " so far"}`;
  if (compared === 0)
    return tooNew === 0
      ? `Nothing to compare on ${when}: nothing happened, on that day or in the weeks before.`
      : `Nothing to compare on ${when}: what there is has too few weeks behind it.`;
  const figures = `${compared} ${compared === 1 ? "figure" : "figures"} compared`;
  if (found === 0) return `A quiet day: nothing out of the ordinary on ${when}, ${figures}.`;
  return `${found} out of the ordinary on ${when}, ${figures}.`;
}
