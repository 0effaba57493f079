import { isPlainObject } from "../catalog/pointer.ts";
import { ASSERTIONS } from "./assertions.ts";
import { VERDICTS, type Verdict } from "./change.ts";
import type { Step } from "./fields.ts";
import { newPlace, note, oldPlace, type SitePair } from "./schema-pair.ts";
import { type Alternatives, alternativesIn, type Branch, type Site, siteKey, typesIn } from "./site.ts";
import { PROSE, pairedOff, type Said, saidOnce, saysTheSame } from "./substance.ts";

export interface ComparedChoices {
  readonly steps: Step[];
  /** Set where a schema became a choice, or a choice a schema: then nothing else is to be compared. */
  readonly whole: boolean;
}

/** `oneOf` and `anyOf`: which alternatives came, went and stayed. */
export function compareChoices(pair: SitePair): ComparedChoices {
  const old = alternativesIn(pair.documents.old.content, pair.old);
  const now = alternativesIn(pair.documents.new.content, pair.new);
  const [was, is] = [old[0], now[0]];
  if (was === undefined && is === undefined) return { steps: [], whole: false };
  if (old.length > 1 || now.length > 1) {
    compareUnjudged(pair, old, now);
    return { steps: [], whole: false };
  }
  if (was !== undefined && is !== undefined) {
    if (was.keyword !== is.keyword)
      note(
        pair,
        "choice.changed",
        VERDICTS.unjudged,
        `${pair.label} was ${KINDS[was.keyword]} and is ${KINDS[is.keyword]} now; what that means for a value can't be judged.`,
        newPlace(pair, is.pointer),
      );
    return { steps: compareBranches(pair, was, is), whole: false };
  }
  return becameChoice(pair, was, is);
}

const KINDS = { oneOf: "one of several alternatives", anyOf: "any of several alternatives" } as const;

/** A schema without a choice is a choice of one, where the choice is all that the other side says. */
function becameChoice(
  pair: SitePair,
  was: Alternatives | undefined,
  is: Alternatives | undefined,
): ComparedChoices {
  const [plain, choosing] = was === undefined ? [pair.old, pair.new] : [pair.new, pair.old];
  const choice = was ?? is;
  const bare = choosing.parts.every(({ node }) =>
    Object.keys(node).every((key) => !ASSERTIONS.has(key) || key === choice?.keyword),
  );
  if (choice !== undefined && bare && plain.parts.length > 0) {
    const only: Alternatives = {
      ...choice,
      branches: [{ site: plain, name: pair.label }],
      pointer: plain.pointer,
    };
    const steps =
      was === undefined ? compareBranches(pair, only, choice) : compareBranches(pair, choice, only);
    return { steps, whole: true };
  }
  if (is !== undefined)
    note(
      pair,
      "choice.added",
      VERDICTS.narrower,
      `${pair.label} has to be ${KINDS[is.keyword]} besides now.`,
      newPlace(pair, is.pointer),
    );
  else if (was !== undefined)
    note(
      pair,
      "choice.removed",
      VERDICTS.looser,
      `${pair.label} no longer has to be ${KINDS[was.keyword]}.`,
      oldPlace(pair, was.pointer),
    );
  return { steps: [], whole: false };
}

function compareUnjudged(pair: SitePair, old: readonly Alternatives[], now: readonly Alternatives[]): void {
  const alike = (one: Alternatives, other: Alternatives): boolean =>
    one.keyword === other.keyword &&
    pairedOff(one.branches, other.branches, (was, is) => sameSites(pair, was.site, is.site));
  if (pairedOff(old, now, alike)) return;
  note(
    pair,
    "choice.unjudged",
    VERDICTS.unjudged,
    `The alternatives of ${pair.label} changed; what that means for a value can't be judged.`,
    newPlace(pair, now[0]?.pointer ?? pair.new.pointer),
  );
}

/** Whether two sites say the same; parts with words for people alone say nothing. */
function sameSites({ documents }: SitePair, was: Site, is: Site): boolean {
  const said = ({ parts }: Site, orNull: boolean, document: unknown): Said[] =>
    saidOnce(
      parts
        .filter((part) => part.orNull === orNull && Object.keys(part.node).some((key) => !PROSE.has(key)))
        .map(({ node }) => ({ value: node, document })),
    );
  return (
    was.never === is.never &&
    [true, false].every((orNull) =>
      pairedOff(
        said(was, orNull, documents.old.content),
        said(is, orNull, documents.new.content),
        saysTheSame,
      ),
    )
  );
}

function compareBranches(pair: SitePair, was: Alternatives, is: Alternatives): Step[] {
  const { matched, gone, come } = matchBranches(pair, was.branches, is.branches);
  const say = (
    rule: string,
    verdict: Verdict,
    message: string,
    branch: Branch,
    side: typeof newPlace,
  ): void =>
    note(pair, rule, verdict, message, side(pair, branch.site.parts[0]?.pointer ?? branch.site.pointer));
  for (const branch of gone)
    say(
      "alternative.removed",
      VERDICTS.narrower,
      `${pair.label} is no longer ${branch.name}.`,
      branch,
      oldPlace,
    );
  for (const branch of come)
    say("alternative.added", VERDICTS.looser, `${pair.label} may be ${branch.name} now.`, branch, newPlace);
  return matched.map(([old, now]) => ({ old: old.site, new: now.site, path: `(${now.name})` }));
}

type Match = (old: Branch, now: Branch) => boolean;

/** Finds for each branch what it was: by its component, what it says, what tells it from the others, and its kind at last. */
function matchBranches(pair: SitePair, was: readonly Branch[], is: readonly Branch[]) {
  const gone = new Set(was);
  const come = new Set(is);
  const matched: (readonly [Branch, Branch])[] = [];
  const match = (fits: Match): void => {
    for (const one of gone) {
      const other = [...come].find((candidate) => fits(one, candidate));
      if (other === undefined) continue;
      gone.delete(one);
      come.delete(other);
      matched.push([one, other]);
    }
  };
  // A component is itself whatever became of it, and known without being read.
  match((one, other) => component(one) !== undefined && component(one) === component(other));
  match((one, other) => sameSites(pair, one.site, other.site));
  match((one, other) => tagOf(one.site) !== "" && tagOf(one.site) === tagOf(other.site));
  match(
    (one, other) =>
      component(one) === undefined && component(other) === undefined && alike(one.site, other.site),
  );
  if (gone.size === 1 && come.size === 1) match((one, other) => alike(one.site, other.site));
  return { matched, gone: [...gone], come: [...come] };
}

const component = ({ site }: Branch): string | undefined =>
  /^\/components\/schemas\/[^/]+$/.test(site.pointer) ? site.pointer : undefined;

/** The constants that a branch is told from the others by. */
function tagOf(site: Site): string {
  const tags = site.parts.flatMap(({ node }) =>
    Object.entries(isPlainObject(node["properties"]) ? node["properties"] : {}).flatMap(([name, schema]) => {
      if (!isPlainObject(schema)) return [];
      const listed =
        Array.isArray(schema["enum"]) && schema["enum"].length === 1 ? schema["enum"][0] : undefined;
      const value = schema["const"] ?? listed;
      return value === undefined ? [] : [`${name}=${JSON.stringify(value)}`];
    }),
  );
  return tags.sort().join();
}

/** Of the same types and, of objects, with a field in common. */
function alike(one: Site, other: Site): boolean {
  const types = (site: Site): string => [...(typesIn(site) ?? [])].sort().join();
  if (types(one) !== types(other) || siteKey(one) === "") return false;
  const names = (site: Site): readonly string[] =>
    site.parts.flatMap(({ node }) =>
      Object.keys(isPlainObject(node["properties"]) ? node["properties"] : {}),
    );
  const mine = names(one);
  const theirs = names(other);
  return (mine.length === 0 && theirs.length === 0) || mine.some((name) => theirs.includes(name));
}
