import type { BriefRules } from "../../specs/engine/catalog/brief-rules.ts";
import { type Signal, type SubjectKind, signalOf } from "../../specs/engine/catalog/signals.ts";
import { type Comparison, compareDay, type Day } from "./unusual.ts";

/** What one record says to one signal. */
export interface Sighting {
  readonly signal: string;
  /** Of the record. */
  readonly id: string;
  /** Index of its day: the last of the days is looked at. -1 before the first one; less where that was too long ago to matter. */
  readonly day: number;
  /** 1 where it counts and 0 where it doesn't; of a time the natural logarithm of its seconds. */
  readonly part: number;
  readonly subjects: Readonly<Partial<Record<SubjectKind, string>>>;
}

export interface Subject {
  readonly kind: SubjectKind;
  /** Empty for all together. */
  readonly id: string;
}

/** A figure of a day, with what it was compared with. */
export interface Unusual {
  readonly name: string;
  readonly signal: Signal;
  readonly subject: Subject;
  /** Others with just the same figures, such as the only product of a provider. */
  readonly sameFor: readonly Subject[];
  readonly comparison: Comparison;
  readonly day: Day;
  /** Records of that day that it is made of, the first of them. */
  readonly ids: readonly string[];
}

/** How many records of the day are named. */
const NAMED_RECORDS = 10;

interface Series {
  readonly name: string;
  readonly signal: Signal;
  readonly subject: Subject;
  readonly parts: Float64Array;
  readonly ofs: Float64Array;
  /** Of the first record, at least -1: what came before it is no time without any. */
  first: number;
  readonly ids: string[];
}

/** What was seen by day, of each signal and subject: numbers of a few weeks, however many records there are. */
export class DailyFigures {
  readonly #rules: BriefRules;
  readonly #series = new Map<string, Series>();

  constructor(rules: BriefRules) {
    this.#rules = rules;
  }

  add({ signal: name, id, day, part, subjects }: Sighting): void {
    const signal = signalOf(name);
    if (signal === undefined || !this.#rules.signals.includes(name)) return;
    const last = 7 * this.#rules.weeks;
    if (day > last || day < -1) return;
    for (const kind of signal.subjects) {
      const subject = kind === "all" ? "" : subjects[kind];
      if (subject === undefined) continue;
      const series = this.#of(name, signal, { kind, id: subject });
      series.first = Math.min(series.first, Math.max(day, -1));
      if (day < 0) continue;
      series.parts[day] = (series.parts[day] ?? 0) + part;
      series.ofs[day] = (series.ofs[day] ?? 0) + 1;
      // Of a share the records that count; where none of them did, there is nothing to show.
      if (day === last && (signal.kind !== "share" || part > 0) && series.ids.length < NAMED_RECORDS)
        series.ids.push(id);
    }
  }

  /** Everything that can be compared, in an order that doesn't depend on that of the records; how much can't be yet. */
  compared(): { readonly compared: readonly Unusual[]; readonly tooNew: number } {
    const found = new Map<string, Unusual>();
    const tooNew = new Set<string>();
    for (const series of [...this.#series.values()].sort(bySubject)) {
      const { name, signal, subject, parts, ofs, first, ids } = series;
      const days = [...ofs].map((of, index): Day => ({ part: parts[index] ?? 0, of }));
      const comparison = compareDay(signal.kind, days, first, this.#rules.minimumWeeks);
      const day = days.at(-1);
      const key = [name, first, parts.join(), ofs.join()].join(";");
      if (comparison === undefined || day === undefined) {
        if ((day?.of ?? 0) > 0) tooNew.add(key);
        continue;
      }
      const known = found.get(key);
      if (known === undefined) found.set(key, { name, signal, subject, sameFor: [], comparison, day, ids });
      else found.set(key, { ...known, sameFor: [...known.sameFor, subject] });
    }
    return { compared: [...found.values()], tooNew: tooNew.size };
  }

  #of(name: string, signal: Signal, subject: Subject): Series {
    const key = `${name};${subject.kind};${subject.id}`;
    let series = this.#series.get(key);
    if (series === undefined) {
      const length = 7 * this.#rules.weeks + 1;
      const [parts, ofs] = [new Float64Array(length), new Float64Array(length)];
      series = { name, signal, subject, parts, ofs, first: length, ids: [] };
      this.#series.set(key, series);
    }
    return series;
  }
}

function bySubject(one: Series, other: Series): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  const rank = ({ signal, subject }: Series): number => signal.subjects.indexOf(subject.kind);
  return rank(one) - rank(other) || (one.subject.id < other.subject.id ? -1 : 1);
}

/**
 * What is out of the ordinary, the rarest first: each comparison may be wrong as often as keeps all of them together at
 * `falseAlarms` a day (Bonferroni).
 */
export function outOfTheOrdinary(
  compared: readonly Unusual[],
  { falseAlarms }: BriefRules,
): { readonly found: readonly Unusual[]; readonly limit: number } {
  const limit = falseAlarms / Math.max(1, compared.length);
  const found = compared.filter(({ comparison }) => comparison.likelihood <= limit);
  return {
    limit,
    found: found.toSorted((one, other) => one.comparison.likelihood - other.comparison.likelihood),
  };
}
