import { isPlainObject, pointerOf } from "../catalog/pointer.ts";
import { textsOf } from "../catalog/untyped.ts";
import { type Direction, VERDICTS, type Verdict } from "./change.ts";
import { labelOf, under } from "./label.ts";
import { isFlag, newPlace, note, oldPlace, placeOf, type SitePair } from "./schema-pair.ts";
import { anywhere, type Part, type Site, siteUnder, together } from "./site.ts";

/** A pair of sites inside a pair, and how one gets there. */
export interface Step {
  readonly old: Site;
  readonly new: Site;
  /** What is added to the path: `.price`, `[]`. */
  readonly path: string;
  /** Only in what partners write, or read: a field that is `readOnly` doesn't count in requests. */
  readonly only?: Exclude<Direction, "either">;
}

/** The fields of objects; returns the fields that both have. */
export function compareFields(pair: SitePair): Step[] {
  const names = new Set([...fieldNames(pair.old), ...fieldNames(pair.new)]);
  const steps = [...names].flatMap((name) => compareField(pair, name));
  return [...steps, ...compareOthers(pair)];
}

function* fieldNames(site: Site): Generator<string> {
  for (const { node } of site.parts) {
    if (isPlainObject(node["properties"])) yield* Object.keys(node["properties"]);
    yield* textsOf(node["required"]);
  }
}

/** A field of one side. */
interface Field {
  readonly site: Site | undefined;
  /** The part that demands it. */
  readonly demandedBy: Part | undefined;
}

function compareField(pair: SitePair, name: string): Step[] {
  const old = fieldOf(pair.documents.old.content, pair.old, name);
  const now = fieldOf(pair.documents.new.content, pair.new, name);
  const label = under(pair.label === "the value" ? "" : pair.label, name);
  if (old.site === undefined && now.site !== undefined) fieldAdded(pair, name, now);
  else if (old.site !== undefined && now.site === undefined) fieldRemoved(pair, name, old);
  else {
    if ((old.demandedBy === undefined) !== (now.demandedBy === undefined))
      demandChanged(pair, label, old, now);
    if (old.site !== undefined && now.site !== undefined) {
      compareAccess(pair, label, old.site, now.site, now.demandedBy !== undefined);
      return [{ old: old.site, new: now.site, path: `.${name}`, ...onlyIn(old.site, now.site) }];
    }
  }
  return [];
}

const fieldOf = (document: unknown, site: Site, name: string): Field => ({
  site: siteUnder(document, site, "properties", name),
  demandedBy: site.parts.find(({ node }) => textsOf(node["required"]).includes(name)),
});

function fieldAdded(pair: SitePair, name: string, field: Field): void {
  const at = newPlace(pair, declaredAt(pair.new, name));
  const label = labelOf(at.pointer);
  if (field.demandedBy !== undefined) {
    const verdict = {
      writer: isFlag(field.site, "readOnly") ? "compatible" : "breaking",
      reader: "compatible",
    } as const;
    note(pair, "field.demanded", verdict, `${label} is new and required.`, at);
    return;
  }
  // Who was told that nothing else comes may refuse it.
  const verdict =
    isClosed(pair.old) && !isFlag(field.site, "writeOnly") ? VERDICTS.looser : VERDICTS.harmless;
  note(pair, "field.added", verdict, `${label} is new.`, at);
}

function fieldRemoved(pair: SitePair, name: string, field: Field): void {
  const refused = isClosed(pair.new);
  const verdict: Verdict = {
    writer: isFlag(field.site, "readOnly") ? "compatible" : refused ? "breaking" : "possibly-breaking",
    reader: isFlag(field.site, "writeOnly")
      ? "compatible"
      : field.demandedBy === undefined
        ? "possibly-breaking"
        : "breaking",
  };
  const place = oldPlace(pair, declaredAt(pair.old, name));
  const label = labelOf(place.pointer);
  note(
    pair,
    "field.removed",
    verdict,
    `${label} is no longer there${refused ? ", and what isn't declared is refused" : ""}.`,
    place,
  );
}

/** Where a field is declared; its schema may stand elsewhere. */
function declaredAt(site: Site, name: string): string {
  const part = site.parts.find(
    ({ node }) => isPlainObject(node["properties"]) && Object.hasOwn(node["properties"], name),
  );
  return part === undefined ? site.pointer : part.pointer + pointerOf("properties", name);
}

function demandChanged(pair: SitePair, label: string, old: Field, now: Field): void {
  const place = placeOf(pair, "required", { old: old.demandedBy, new: now.demandedBy });
  if (now.demandedBy === undefined) {
    const reader = isFlag(now.site, "writeOnly") ? "compatible" : "breaking";
    note(pair, "field.optional", { writer: "compatible", reader }, `${label} is optional now.`, place);
  } else {
    const writer = isFlag(now.site, "readOnly") ? "compatible" : "breaking";
    note(pair, "field.required", { writer, reader: "compatible" }, `${label} is required now.`, place);
  }
}

/** `readOnly` and `writeOnly`: a field that leaves, or enters, what is written or what is read. */
function compareAccess(pair: SitePair, label: string, old: Site, now: Site, required: boolean): void {
  for (const flag of ["readOnly", "writeOnly"] as const) {
    const was = isFlag(old, flag);
    const is = isFlag(now, flag);
    if (was === is) continue;
    const side = flag === "readOnly" ? "writer" : "reader";
    const leaves = side === "reader" && required ? "breaking" : "possibly-breaking";
    const enters = side === "writer" && required ? "breaking" : "compatible";
    const verdict: Verdict = { ...VERDICTS.harmless, [side]: is ? leaves : enters };
    const place = newPlace(pair, now.parts[0]?.pointer ?? now.pointer);
    const where = side === "writer" ? "requests" : "answers";
    note(pair, `field.${flag}`, verdict, `${label} is ${is ? "no longer" : "now"} part of ${where}.`, place);
  }
}

function onlyIn(old: Site, now: Site): Pick<Step, "only"> {
  const both = (flag: string): boolean => isFlag(old, flag) && isFlag(now, flag);
  if (both("readOnly")) return { only: "reader" };
  return both("writeOnly") ? { only: "writer" } : {};
}

const CLOSING = ["additionalProperties", "unevaluatedProperties"] as const;

const closingPart = (site: Site): Part | undefined =>
  site.parts.find(({ node }) => CLOSING.some((keyword) => node[keyword] === false));

const isClosed = (site: Site): boolean => closingPart(site) !== undefined;

/** What is said of the fields that aren't declared. */
function compareOthers(pair: SitePair): Step[] {
  const { label } = pair;
  const old = closingPart(pair.old);
  const now = closingPart(pair.new);
  const place = placeOf(pair, "additionalProperties", { old, new: now });
  if (old === undefined && now !== undefined)
    note(
      pair,
      "fields.closed",
      VERDICTS.narrower,
      `${label} takes no field besides the declared ones now.`,
      place,
    );
  if (old !== undefined && now === undefined)
    note(
      pair,
      "fields.opened",
      VERDICTS.looser,
      `${label} may have fields besides the declared ones now.`,
      place,
    );
  if (old !== undefined || now !== undefined) return [];
  const others = CLOSING.map((keyword) => ({
    was: siteUnder(pair.documents.old.content, pair.old, keyword),
    is: siteUnder(pair.documents.new.content, pair.new, keyword),
  }));
  return others.flatMap(({ was, is }) => stepBetween(pair, was, is, "{*}"));
}

/** A step into what either side describes; a side that doesn't takes everything. */
function stepBetween(pair: SitePair, was: Site | undefined, is: Site | undefined, path: string): Step[] {
  if (was === undefined && is === undefined) return [];
  return [{ old: was ?? anywhere(pair.old.pointer), new: is ?? anywhere(pair.new.pointer), path }];
}

/** The items of lists. */
export function itemSteps(pair: SitePair): Step[] {
  const { old, new: now } = pair.documents;
  const under = (...tokens: readonly string[]): Step[] =>
    stepBetween(
      pair,
      siteUnder(old.content, pair.old, ...tokens),
      siteUnder(now.content, pair.new, ...tokens),
      itemPath(tokens[1]),
    );
  const places = Math.max(prefixLength(pair.old), prefixLength(pair.new));
  // Items in a place of their own, where only one side has it, are held against what the other says of all items.
  const first = Array.from({ length: places }, (_, index) => prefixStep(pair, String(index)));
  return [...under("items"), ...first.flat()];
}

const itemPath = (index: string | undefined): string => (index === undefined ? "[]" : `[${index}]`);

const prefixLength = ({ parts }: Site): number =>
  Math.max(
    0,
    ...parts.map(({ node }) => (Array.isArray(node["prefixItems"]) ? node["prefixItems"].length : 0)),
  );

function prefixStep(pair: SitePair, index: string): Step[] {
  const side = (document: unknown, site: Site): Site | undefined =>
    together(
      site.parts.flatMap((part) => {
        const alone = { ...site, parts: [part] };
        const own = siteUnder(document, alone, "prefixItems", index) ?? siteUnder(document, alone, "items");
        return own ?? [];
      }),
    );
  const { old, new: now } = pair.documents;
  return stepBetween(pair, side(old.content, pair.old), side(now.content, pair.new), itemPath(index));
}
