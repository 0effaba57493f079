import { isPlainObject, type PlainObject, pointerOf } from "../catalog/pointer.ts";
import { ASSERTIONS } from "./assertions.ts";
import { type Found, type Place, VERDICTS, type Verdict } from "./change.ts";
import { labelOf } from "./label.ts";
import type { Part, Site } from "./site.ts";

/** One document as two spec sets have it. */
export interface DocumentPair {
  readonly old: DocumentSide;
  readonly new: DocumentSide;
}

export interface DocumentSide {
  readonly path: string;
  readonly content: PlainObject;
}

/** A change of the values that a place takes. */
export interface ValueChange extends Found {
  readonly verdict: Verdict;
}

/** Two sites that are compared, and a hand for noting what is found. */
export interface SitePair {
  readonly documents: DocumentPair;
  readonly old: Site;
  readonly new: Site;
  /** What messages call the place. */
  readonly label: string;
  readonly changes: ValueChange[];
}

export function sitePair(documents: DocumentPair, old: Site, now: Site): SitePair {
  return { documents, old, new: now, label: labelOf(now.pointer), changes: [] };
}

export function note(pair: SitePair, rule: string, verdict: Verdict, message: string, place: Place): void {
  pair.changes.push({ rule, verdict, message: message.replace(/^the /, "The "), place });
}

/** What is asked of a value by a keyword that nobody here compares: new, gone, or something else now. */
export function noteRule(
  pair: SitePair,
  keyword: string,
  became: "new" | "gone" | "changed",
  place: Place,
): void {
  const { label } = pair;
  if (became === "new")
    note(pair, "rule.added", VERDICTS.narrower, `${label} has to meet \`${keyword}\` now.`, place);
  else if (became === "gone")
    note(pair, "rule.removed", VERDICTS.looser, `${label} no longer has to meet \`${keyword}\`.`, place);
  else
    note(
      pair,
      "rule.unjudged",
      VERDICTS.unjudged,
      `\`${keyword}\` of ${label} changed; what that means for a value can't be judged.`,
      place,
    );
}

/** The place of a keyword: where the new specs have it, else where the old ones had it, else the new site. */
export function placeOf(
  pair: SitePair,
  keyword: string,
  found: { readonly old?: Part | undefined; readonly new?: Part | undefined },
): Place {
  if (found.new !== undefined) return newPlace(pair, found.new.pointer + pointerOf(keyword));
  if (found.old !== undefined) return oldPlace(pair, found.old.pointer + pointerOf(keyword));
  return newPlace(pair, pair.new.pointer);
}

export const newPlace = ({ documents }: SitePair, pointer: string): Place => ({
  side: "new",
  document: documents.new.path,
  pointer,
});

export const oldPlace = ({ documents }: SitePair, pointer: string): Place => ({
  side: "old",
  document: documents.old.path,
  pointer,
});

/** Whether a site says anything about values. */
export const saysSomething = (site: Site): boolean =>
  site.never || site.parts.some(({ node }) => Object.keys(node).some((key) => ASSERTIONS.has(key)));

export const isFlag = (part: Site | undefined, keyword: string): boolean =>
  part?.parts.some(({ node }) => isPlainObject(node) && node[keyword] === true) ?? false;
