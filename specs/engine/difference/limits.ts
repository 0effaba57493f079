import { VERDICTS } from "./change.ts";
import { note, placeOf, type SitePair } from "./schema-pair.ts";
import { keywordIn, type Part, type Site, typesIn } from "./site.ts";

/** A limit as a pair that is compared member by member: the greater, the tighter. */
interface Bound {
  readonly tightness: readonly [limit: number, exclusive: number];
  readonly value: number;
  readonly keyword: string;
  readonly part: Part;
}

interface Limit {
  readonly keyword: string;
  /** The keyword of the same limit whose own value is left out. */
  readonly exclusive?: string;
  readonly end: "least" | "most";
  /** What it limits, in a sentence. */
  readonly what: string;
}

const LIMITS: readonly Limit[] = [
  { keyword: "minimum", exclusive: "exclusiveMinimum", end: "least", what: "the minimum" },
  { keyword: "maximum", exclusive: "exclusiveMaximum", end: "most", what: "the maximum" },
  { keyword: "minLength", end: "least", what: "the least length" },
  { keyword: "maxLength", end: "most", what: "the greatest length" },
  { keyword: "minItems", end: "least", what: "the least number of items" },
  { keyword: "maxItems", end: "most", what: "the greatest number of items" },
  { keyword: "minContains", end: "least", what: "the least number of items that match" },
  { keyword: "maxContains", end: "most", what: "the greatest number of items that match" },
  { keyword: "minProperties", end: "least", what: "the least number of fields" },
  { keyword: "maxProperties", end: "most", what: "the greatest number of fields" },
];

export function compareLimits(pair: SitePair): void {
  for (const limit of LIMITS) {
    // Of items that match something else, or match nothing in particular, there is no telling.
    if (limit.keyword.endsWith("Contains") && !bothSay(pair, "contains")) continue;
    const old = boundOf(pair.old, limit);
    const now = boundOf(pair.new, limit);
    const narrowed = tighter(now, old);
    if (!narrowed && !tighter(old, now)) continue;
    const place = placeOf(pair, (now ?? old)?.keyword ?? limit.keyword, { old: old?.part, new: now?.part });
    const message = `${limit.what} of ${pair.label} was ${worded(old)} and is ${worded(now)} now.`;
    if (narrowed) note(pair, "limit.narrowed", VERDICTS.narrower, message, place);
    else note(pair, "limit.widened", VERDICTS.looser, message, place);
  }
  compareStep(pair);
  compareUnique(pair);
}

const bothSay = (pair: SitePair, keyword: string): boolean =>
  keywordIn(pair.old, keyword) !== undefined && keywordIn(pair.new, keyword) !== undefined;

const worded = (bound: Bound | undefined): string => {
  if (bound === undefined) return "unlimited";
  return bound.keyword.startsWith("exclusive") ? `${bound.value} (left out)` : String(bound.value);
};

/** The tightest of all parts; a length of 0 or more is none. What matches does so once, where nobody says how often. */
function boundOf(site: Site, { keyword, exclusive, end }: Limit): Bound | undefined {
  const whole = typesIn(site)?.has("number") === false;
  let tightest: Bound | undefined;
  for (const part of site.parts) {
    for (const key of exclusive === undefined ? [keyword] : [keyword, exclusive]) {
      const value = part.node[key] ?? (key === "minContains" && "contains" in part.node ? 1 : undefined);
      if (typeof value !== "number" || (exclusive === undefined && end === "least" && value === 0)) continue;
      const left = key === exclusive;
      // Of whole numbers, above 0 is from 1.
      const inside = left && whole ? value + (end === "least" ? 1 : -1) : value;
      const sign = end === "least" ? 1 : -1;
      const bound: Bound = { tightness: [sign * inside, left && !whole ? 1 : 0], value, keyword: key, part };
      if (tighter(bound, tightest)) tightest = bound;
    }
  }
  return tightest;
}

function tighter(one: Bound | undefined, other: Bound | undefined): boolean {
  if (one === undefined || other === undefined) return one !== undefined;
  const [limit, exclusive] = one.tightness;
  const [otherLimit, otherExclusive] = other.tightness;
  return limit > otherLimit || (limit === otherLimit && exclusive > otherExclusive);
}

function compareStep(pair: SitePair): void {
  const old = stepsOf(pair.old);
  const now = stepsOf(pair.new);
  const covers = (steps: readonly Step[], others: readonly Step[]): boolean =>
    others.every((other) => steps.some(({ value }) => isMultiple(value, other.value)));
  const narrowed = covers(now, old);
  const widened = covers(old, now);
  if (narrowed && widened) return;
  const place = placeOf(pair, "multipleOf", { old: old[0]?.part, new: now.at(-1)?.part });
  const verdict = narrowed ? VERDICTS.narrower : widened ? VERDICTS.looser : VERDICTS.replaced;
  const worded = (steps: readonly Step[]): string =>
    steps.map(({ value }) => value).join(" and ") || "anything";
  const message = `${pair.label} was a multiple of ${worded(old)} and is one of ${worded(now)} now.`;
  note(pair, "step.changed", verdict, message, place);
}

interface Step {
  readonly value: number;
  readonly part: Part;
}

/** Every part has a say: of 2 and of 3 are the multiples of 6. */
const stepsOf = ({ parts }: Site): Step[] =>
  parts.flatMap((part) => {
    const value = part.node["multipleOf"];
    return typeof value === "number" ? [{ value, part }] : [];
  });

function isMultiple(value: number, of: number): boolean {
  const times = value / of;
  return Math.abs(times - Math.round(times)) < 1e-9;
}

function compareUnique(pair: SitePair): void {
  const unique = (site: Site): Part | undefined =>
    site.parts.find(({ node }) => node["uniqueItems"] === true);
  const old = unique(pair.old);
  const now = unique(pair.new);
  if ((old === undefined) === (now === undefined)) return;
  const place = placeOf(pair, "uniqueItems", { old, new: now });
  if (now === undefined)
    note(pair, "unique.dropped", VERDICTS.looser, `Items of ${pair.label} may repeat now.`, place);
  else
    note(pair, "unique.demanded", VERDICTS.narrower, `Items of ${pair.label} may no longer repeat.`, place);
}
