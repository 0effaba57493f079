import { isPlainObject, type PlainObject } from "../catalog/pointer.ts";
import { textsOf } from "../catalog/untyped.ts";
import { VERDICTS } from "./change.ts";
import { newPlace, note, noteRule, oldPlace, type SitePair } from "./schema-pair.ts";
import type { Part, Site } from "./site.ts";
import { type Said, saysTheSame } from "./substance.ts";

/** A condition on a value: `if` with what holds then, or else. Without either it asks nothing. */
interface Condition {
  readonly part: Part;
  readonly document: unknown;
}

/** `if`, `then` and `else`, which mean something together. */
export function compareConditions(pair: SitePair): void {
  const { old: before, new: after } = pair.documents;
  const old = conditionsIn(pair.old, before.content);
  const now = conditionsIn(pair.new, after.content);
  const [gone, come] = [besides(old, now), besides(now, old)];
  const [was, is] = [gone[0], come[0]];
  if (was !== undefined && is !== undefined && gone.length === 1 && come.length === 1) {
    conditionChanged(pair, was, is);
    return;
  }
  const place =
    is === undefined ? oldPlace(pair, `${was?.part.pointer}/if`) : newPlace(pair, `${is.part.pointer}/if`);
  const { label } = pair;
  if (gone.length > 0 && come.length > 0)
    note(
      pair,
      "rule.unjudged",
      VERDICTS.unjudged,
      `The conditions of ${label} changed; what that means for a value can't be judged.`,
      place,
    );
  else if (come.length > 0)
    note(pair, "rule.added", VERDICTS.narrower, `${label} has to meet another condition now.`, place);
  else if (gone.length > 0)
    note(pair, "rule.removed", VERDICTS.looser, `${label} has to meet one condition less now.`, place);
}

const conditionsIn = ({ parts }: Site, document: unknown): Condition[] =>
  parts
    .filter(({ node }) => "if" in node && ("then" in node || "else" in node))
    .map((part) => ({ part, document }));

const besides = (some: readonly Condition[], others: readonly Condition[]): Condition[] =>
  some.filter((one) => !others.some((other) => saysTheSame(said(one), said(other))));

const picked = (node: PlainObject, keys: readonly string[]): PlainObject =>
  Object.fromEntries(keys.filter((key) => key in node).map((key) => [key, node[key]]));

const said = ({ part, document }: Condition, keys: readonly string[] = ["if", "then", "else"]): Said => ({
  value: picked(part.node, keys),
  document,
});

/** Of one condition what follows may have come or gone; of two nobody can tell. */
function conditionChanged(pair: SitePair, was: Condition, is: Condition): void {
  const same = (keyword: string): boolean => saysTheSame(said(was, [keyword]), said(is, [keyword]));
  for (const keyword of same("if") ? (["then", "else"] as const) : (["if"] as const)) {
    if (same(keyword) && keyword !== "if") continue;
    const [had, has] = [keyword in was.part.node, keyword in is.part.node];
    const place = has
      ? newPlace(pair, `${is.part.pointer}/${keyword}`)
      : oldPlace(pair, `${was.part.pointer}/${keyword}`);
    noteRule(pair, keyword, had ? (has ? "changed" : "gone") : "new", place);
  }
}

/** `dependentRequired`: which fields have to come with which. */
export function compareCompanions(pair: SitePair): void {
  const old = companionsIn(pair.old);
  const now = companionsIn(pair.new);
  for (const [key, part] of now)
    if (!old.has(key))
      note(
        pair,
        "companion.demanded",
        VERDICTS.narrower,
        `In ${pair.label}, ${inWords(key)} now.`,
        newPlace(pair, `${part.pointer}/dependentRequired`),
      );
  for (const [key, part] of old)
    if (!now.has(key))
      note(
        pair,
        "companion.dropped",
        VERDICTS.looser,
        `In ${pair.label} it is no longer so that ${inWords(key)}.`,
        oldPlace(pair, `${part.pointer}/dependentRequired`),
      );
}

const SEPARATOR = "\n";

function companionsIn({ parts }: Site): Map<string, Part> {
  const found = new Map<string, Part>();
  for (const part of parts) {
    const { dependentRequired } = part.node;
    for (const [name, others] of Object.entries(isPlainObject(dependentRequired) ? dependentRequired : {}))
      for (const other of textsOf(others)) found.set(`${name}${SEPARATOR}${other}`, part);
  }
  return found;
}

function inWords(key: string): string {
  const [name, other] = key.split(SEPARATOR);
  return `${other} has to come with ${name}`;
}
