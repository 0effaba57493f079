import { VERDICTS, type Verdict } from "./change.ts";
import { newPlace, note, placeOf, type SitePair } from "./schema-pair.ts";
import { keywordIn, listedIn, type Site, takes, typesIn } from "./site.ts";
import { sameJson, shown } from "./substance.ts";

/** Types as they were and are. False where no old value is one any more, so that nothing else is worth saying. */
export function compareTypes(pair: SitePair): boolean {
  const old = typesIn(pair.old);
  const now = typesIn(pair.new);
  if (old === undefined && now === undefined) return true;
  const gone = [...(old ?? [])].filter((type) => now !== undefined && !takes(now, type));
  const come = [...(now ?? [])].filter((type) => old !== undefined && !takes(old, type));
  const place =
    hasNullBeside(pair.old) === hasNullBeside(pair.new)
      ? placeOf(pair, "type", {
          old: keywordIn(pair.old, "type")?.part,
          new: keywordIn(pair.new, "type")?.part,
        })
      : newPlace(pair, pair.new.pointer);
  const say = (rule: string, verdict: Verdict, message: string): void =>
    note(pair, rule, verdict, message, place);
  if (old === undefined || now === undefined) {
    const [rule, verdict] =
      old === undefined
        ? (["type.narrowed", VERDICTS.narrower] as const)
        : (["type.widened", VERDICTS.wider] as const);
    say(rule, verdict, `${pair.label} was ${named(old)} and is ${named(now)} now.`);
    return true;
  }
  if (gone.length === 0 && come.length === 0) {
    if (old.has("number") && !now.has("number"))
      say("type.narrowed", VERDICTS.narrower, `${pair.label} was a number and is a whole number now.`);
    return true;
  }
  if (gone.length === 0 && come.every((type) => type === "null"))
    say("null.allowed", VERDICTS.wider, `${pair.label} may be null now.`);
  else if (come.length === 0 && gone.every((type) => type === "null"))
    say("null.refused", VERDICTS.narrower, `${pair.label} may no longer be null.`);
  else {
    const widened = gone.length === 0 || gone.every((type) => type === "integer" && now.has("number"));
    const narrowed = come.length === 0 || come.every((type) => type === "integer" && old.has("number"));
    const [rule, verdict] = widened
      ? (["type.widened", VERDICTS.wider] as const)
      : narrowed
        ? (["type.narrowed", VERDICTS.narrower] as const)
        : (["type.replaced", VERDICTS.replaced] as const);
    say(rule, verdict, `${pair.label} was ${named(old)} and is ${named(now)} now.`);
  }
  return [...old].some(
    (type) => type !== "null" && (takes(now, type) || (type === "number" && now.has("integer"))),
  );
}

const hasNullBeside = ({ parts }: Site): boolean => parts.some(({ orNull }) => orNull);

const WORDS: Readonly<Record<string, string>> = {
  integer: "a whole number",
  object: "an object",
  array: "a list",
  string: "a text",
  boolean: "true or false",
  number: "a number",
};

const named = (types: ReadonlySet<string> | undefined): string =>
  types === undefined
    ? "anything"
    : [...types]
        .sort()
        .map((type) => WORDS[type] ?? type)
        .join(" or ");

/** Listed values, one change for each that came or went. */
export function compareListed(pair: SitePair): void {
  const old = listedIn(pair.old);
  const now = listedIn(pair.new);
  const { label } = pair;
  const place = placeOf(pair, now?.part !== undefined && "const" in now.part.node ? "const" : "enum", {
    old: old?.part,
    new: now?.part,
  });
  if (old === undefined || now === undefined) {
    if (old !== undefined)
      note(
        pair,
        "values.opened",
        VERDICTS.looser,
        `${label} takes other values than the ${old.values.length} listed ones now.`,
        place,
      );
    else if (now !== undefined)
      note(
        pair,
        "values.listed",
        VERDICTS.narrower,
        `${label} takes the listed values alone now: ${list(now.values)}.`,
        place,
      );
    return;
  }
  const has = (values: readonly unknown[], value: unknown): boolean =>
    values.some((one) => sameJson(one, value));
  // That null came or went is said of the types.
  if (old.values.length > 0 && now.values.length > 0 && !old.values.some((value) => has(now.values, value))) {
    const message = `${label} was ${list(old.values)} and is ${list(now.values)} now: no value is the same.`;
    note(pair, "values.replaced", VERDICTS.replaced, message, place);
    return;
  }
  const besides = (values: readonly unknown[], others: readonly unknown[]): readonly unknown[] =>
    values.filter((value) => value !== null && !has(others, value));
  for (const value of besides(old.values, now.values))
    note(pair, "value.removed", VERDICTS.narrower, `${label} no longer takes ${shown(value)}.`, place);
  for (const value of besides(now.values, old.values))
    note(pair, "value.added", VERDICTS.looser, `${label} may be ${shown(value)} now.`, place);
}

const list = (values: readonly unknown[]): string =>
  values.length <= 8
    ? values.map(shown).join(", ")
    : `${values.slice(0, 8).map(shown).join(", ")} and ${values.length - 8} more`;

/** Formats that validators check; others are words for people and their tools. */
const CHECKED = new Set([
  "date-time",
  "date",
  "time",
  "duration",
  "email",
  "hostname",
  "ipv4",
  "ipv6",
  "uri",
  "uri-reference",
  "uuid",
  "json-pointer",
  "regex",
  "byte",
  "int32",
  "int64",
  "float",
  "double",
]);
const WITHIN: Readonly<Record<string, string>> = { int32: "int64", float: "double", uri: "uri-reference" };

export function compareFormat(pair: SitePair): void {
  const old = formatIn(pair.old);
  const now = formatIn(pair.new);
  const [was, is] = [old?.value, now?.value];
  if (was === is) return;
  const place = placeOf(pair, (now ?? old)?.keyword ?? "format", { old: old?.part, new: now?.part });
  note(
    pair,
    "format.changed",
    formatVerdict(was, is),
    `The format of ${pair.label} was ${formatName(was)} and is ${formatName(is)} now.`,
    place,
  );
}

/** What OpenAPI 3.0 says as a format and 3.1 as a keyword of its own. */
const FORMATS_AS_KEYWORDS = [
  { keyword: "contentEncoding", value: "base64", format: "byte" },
  { keyword: "contentMediaType", value: "application/octet-stream", format: "binary" },
] as const;

/** Whether a keyword is another way of writing a format. */
export const standsForFormat = (keyword: string, value: unknown): boolean =>
  FORMATS_AS_KEYWORDS.some((one) => one.keyword === keyword && one.value === value);

function formatIn(site: Site) {
  const own = keywordIn(site, "format");
  if (own !== undefined) return { ...own, keyword: "format" };
  for (const { keyword, value, format } of FORMATS_AS_KEYWORDS) {
    const found = keywordIn(site, keyword);
    if (found?.value === value) return { value: format, part: found.part, keyword };
  }
  return undefined;
}

const formatName = (format: unknown): string => (typeof format === "string" ? format : "free");

function formatVerdict(was: unknown, is: unknown): Verdict {
  const checked = (format: unknown): format is string => typeof format === "string" && CHECKED.has(format);
  if (!checked(was) && !checked(is)) return VERDICTS.harmless;
  if (!checked(was)) return VERDICTS.narrower;
  if (!checked(is)) return VERDICTS.looser;
  if (WITHIN[was] === is) return VERDICTS.wider;
  return WITHIN[is] === was ? VERDICTS.narrower : VERDICTS.replaced;
}

/** A pattern that came narrows, one that went widens; of one that changed nobody can tell. */
export function comparePatterns(pair: SitePair): void {
  const patterns = (site: Site): readonly string[] =>
    site.parts
      .flatMap(({ node }) => ["pattern", "x-eco-pattern-ignored"].map((key) => node[key]))
      .filter((one): one is string => typeof one === "string")
      .filter((one) => !/^\^?(?:\.\*)?\$?$/.test(one));
  const old = patterns(pair.old);
  const now = patterns(pair.new);
  const gone = old.filter((one) => !now.includes(one));
  const come = now.filter((one) => !old.includes(one));
  if (gone.length + come.length === 0) return;
  const part = keywordIn(pair.new, "pattern")?.part;
  const place =
    part === undefined ? newPlace(pair, pair.new.pointer) : placeOf(pair, "pattern", { new: part });
  const { label } = pair;
  if (gone.length === 0)
    note(pair, "pattern.added", VERDICTS.narrower, `${label} has to match ${come.join(" and ")} now.`, place);
  else if (come.length === 0)
    note(
      pair,
      "pattern.removed",
      VERDICTS.looser,
      `${label} no longer has to match ${gone.join(" and ")}.`,
      place,
    );
  else
    note(
      pair,
      "pattern.changed",
      VERDICTS.unjudged,
      `The pattern of ${label} was ${gone.join(" and ")} and is ${come.join(" and ")} now; whether it takes all that it took can't be judged.`,
      place,
    );
}

/** What a value is where it is left out: a request that is sent as before means something else then. */
export function compareDefaults(pair: SitePair): void {
  const old = keywordIn(pair.old, "default");
  const now = keywordIn(pair.new, "default");
  if (old === undefined && now === undefined) return;
  if (old !== undefined && now !== undefined && sameJson(old.value, now.value)) return;
  const place = placeOf(pair, "default", { old: old?.part, new: now?.part });
  const changed = old !== undefined && now !== undefined;
  const message = changed
    ? `The default of ${pair.label} was ${shown(old.value)} and is ${shown(now.value)} now.`
    : old === undefined
      ? `${pair.label} is ${shown(now?.value)} where it is left out now.`
      : `${pair.label} has no default any more; it was ${shown(old.value)}.`;
  note(
    pair,
    "default.changed",
    { writer: changed ? "breaking" : "possibly-breaking", reader: "compatible" },
    message,
    place,
  );
}
