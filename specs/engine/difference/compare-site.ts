import { escapeToken } from "../catalog/pointer.ts";
import { ASSERTIONS, COMPARED_ASSERTIONS } from "./assertions.ts";
import { VERDICTS } from "./change.ts";
import { compareChoices } from "./choices.ts";
import { compareCompanions, compareConditions } from "./conditions.ts";
import { compareFields, itemSteps, type Step } from "./fields.ts";
import { compareLimits } from "./limits.ts";
import { isFlag, newPlace, note, noteRule, placeOf, type SitePair, saysSomething } from "./schema-pair.ts";
import { keywordIn, type Site } from "./site.ts";
import { pairedOff, type Said, saidOnce, sameJson, saysTheSame } from "./substance.ts";
import {
  compareDefaults,
  compareFormat,
  compareListed,
  comparePatterns,
  compareTypes,
  standsForFormat,
} from "./values.ts";

/** Notes what changed between two sites themselves; returns the pairs inside that have to be compared. */
export function compareSites(pair: SitePair): Step[] {
  compareWords(pair);
  compareDefaults(pair);
  compareDeprecation(pair);
  if (compareExtent(pair)) return [];
  const choices = compareChoices(pair);
  if (choices.whole) return choices.steps;
  if (!compareTypes(pair)) return [];
  compareListed(pair);
  compareFormat(pair);
  comparePatterns(pair);
  compareLimits(pair);
  compareConditions(pair);
  compareCompanions(pair);
  compareRest(pair);
  return [...choices.steps, ...compareFields(pair), ...itemSteps(pair)];
}

/** Everything, something, nothing: true where that says it all. */
function compareExtent(pair: SitePair): boolean {
  const { label } = pair;
  const place = newPlace(pair, pair.new.parts[0]?.pointer ?? pair.new.pointer);
  if (pair.old.never || pair.new.never) {
    if (!pair.old.never)
      note(pair, "value.refused", VERDICTS.narrower, `${label} may no longer be there.`, place);
    if (!pair.new.never) note(pair, "value.allowed", VERDICTS.wider, `${label} may be there now.`, place);
    return true;
  }
  const said = saysSomething(pair.old);
  const says = saysSomething(pair.new);
  if (said && says) return false;
  if (says)
    note(
      pair,
      "value.described",
      VERDICTS.narrower,
      `${label} could be anything and is described now.`,
      place,
    );
  if (said) note(pair, "value.anything", VERDICTS.wider, `${label} may be anything now.`, place);
  return true;
}

const WORDS = ["title", "description", "example", "examples", "externalDocs", "$comment", "xml"] as const;

function compareWords(pair: SitePair): void {
  const changed = WORDS.filter(
    (keyword) => !sameJson(keywordIn(pair.old, keyword)?.value, keywordIn(pair.new, keyword)?.value),
  ).filter((keyword) => keyword !== "xml");
  if (changed.length === 0) return;
  const place = newPlace(pair, pair.new.parts[0]?.pointer ?? pair.new.pointer);
  note(pair, "words.changed", VERDICTS.text, `${changed.join(", ")} of ${pair.label} changed.`, place);
}

function compareDeprecation(pair: SitePair): void {
  const was = isFlag(pair.old, "deprecated");
  const is = isFlag(pair.new, "deprecated");
  if (was === is) return;
  const place = placeOf(pair, "deprecated", {
    old: keywordIn(pair.old, "deprecated")?.part,
    new: keywordIn(pair.new, "deprecated")?.part,
  });
  note(
    pair,
    is ? "deprecated" : "deprecation.withdrawn",
    VERDICTS.text,
    `${pair.label} is ${is ? "deprecated" : "no longer deprecated"}.`,
    place,
  );
}

/** Keywords that rules of their own compare. */
const JUDGED: ReadonlySet<string> = new Set([
  ...COMPARED_ASSERTIONS,
  "x-eco-pattern-ignored",
  "default",
  "deprecated",
  "readOnly",
  "writeOnly",
  "nullable",
  ...WORDS,
]);

/** Keywords that only place a schema. */
const PLACING = new Set([
  "$id",
  "$anchor",
  "$dynamicAnchor",
  "$schema",
  "$defs",
  "definitions",
  "$ref",
  "$dynamicRef",
]);

/** Whatever else a schema says: that it came or went can be judged where it decides over values; how it changed can't. */
function compareRest(pair: SitePair): void {
  const keywords = new Set([...pair.old.parts, ...pair.new.parts].flatMap(({ node }) => Object.keys(node)));
  for (const keyword of keywords) {
    if (JUDGED.has(keyword) || PLACING.has(keyword)) continue;
    const said = (site: Site, document: unknown): Said[] =>
      saidOnce(
        site.parts
          .filter(({ node }) => Object.hasOwn(node, keyword) && !standsForFormat(keyword, node[keyword]))
          .map(({ node }) => ({ value: node[keyword], document })),
      );
    const was = said(pair.old, pair.documents.old.content);
    const is = said(pair.new, pair.documents.new.content);
    if (pairedOff(was, is, saysTheSame)) continue;
    // What stands for a format is told as one, yet here it is replaced.
    const replaced = [pair.old, pair.new].every((site) => keywordIn(site, keyword) !== undefined);
    restChanged(pair, keyword, was.length === 0 && !replaced, is.length === 0 && !replaced);
  }
}

function restChanged(pair: SitePair, keyword: string, isNew: boolean, isGone: boolean): void {
  const { label } = pair;
  const place = placeOf(pair, escapeToken(keyword), {
    old: keywordIn(pair.old, keyword)?.part,
    new: keywordIn(pair.new, keyword)?.part,
  });
  if (keyword.startsWith("x-") && !keyword.startsWith("x-eco-"))
    note(
      pair,
      "extension.changed",
      VERDICTS.text,
      `\`${keyword}\` of ${label} changed; nothing here reads it.`,
      place,
    );
  else if (ASSERTIONS.has(keyword) && isNew) noteRule(pair, keyword, "new", place);
  else if (ASSERTIONS.has(keyword) && isGone) noteRule(pair, keyword, "gone", place);
  else if (keyword === "contentEncoding" || keyword === "contentMediaType")
    note(
      pair,
      "content.changed",
      VERDICTS.replaced,
      `${label} is written as another \`${keyword}\` now.`,
      place,
    );
  else noteRule(pair, keyword, "changed", place);
}
