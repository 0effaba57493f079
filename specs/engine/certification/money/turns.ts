import { isPlainObject, type PlainObject } from "../../catalog/pointer.ts";
import type { Catalog } from "../../catalog/types.ts";
import { objectsOf } from "../../catalog/untyped.ts";

/** A measure by its name, or the time from start to end in a unit. */
export type Measure = string | { readonly elapsed: string };

/** A quantity at which the price of a product turns, with the step to the quantities next to it. Exact decimals. */
export interface Turn {
  readonly measure: Measure;
  readonly before: string;
  readonly at: string;
  readonly after: string;
}

/** Every object in a value, itself included. */
export function* objectsIn(value: unknown): Generator<PlainObject> {
  if (Array.isArray(value)) for (const item of value) yield* objectsIn(item);
  if (!isPlainObject(value)) return;
  yield value;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

/** The decimal with `steps` added in its last written place; undefined for what is no decimal. */
export function stepped(decimal: string, steps: bigint): string | undefined {
  const found = /^(-?\d+)(?:\.(\d+))?$/.exec(decimal);
  if (found === null) return undefined;
  const [, whole = "", fraction = ""] = found;
  const moved = BigInt(whole + fraction) + steps;
  const digits = String(moved < 0n ? -moved : moved).padStart(fraction.length + 1, "0");
  const cut = digits.length - fraction.length;
  const text = fraction === "" ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return moved < 0n ? `-${text}` : text;
}

function turnAt(measure: Measure, value: unknown): Turn[] {
  const at = String(value);
  const [before, after] = [stepped(at, -1n), stepped(at, 1n)];
  return before === undefined || after === undefined ? [] : [{ measure, before, at, after }];
}

function measureOf(price: PlainObject, inherited: Measure | undefined): Measure | undefined {
  const { measure } = price;
  if (typeof measure === "string") return measure;
  return isPlainObject(measure) ? { elapsed: String(measure["elapsed"]) } : inherited;
}

/** The tiers of a price; a quantity that is converted first has them elsewhere, and its turns aren't known. */
function turnsOfPrice(price: unknown, inherited?: Measure): Turn[] {
  if (!isPlainObject(price) || price["conversion"] !== undefined) return [];
  const measure = measureOf(price, inherited);
  const tiers = objectsOf(price["tiers"]).filter(
    (tier) => tier["upTo"] !== null && tier["upTo"] !== undefined,
  );
  return [
    ...(measure === undefined ? [] : tiers.flatMap((tier) => turnAt(measure, tier["upTo"]))),
    ...objectsOf(price["components"]).flatMap((component) => turnsOfPrice(component, measure)),
  ];
}

function turnsOfEntry(entry: PlainObject): Turn[] {
  const { price, timing } = entry;
  const own = isPlainObject(price) ? measureOf(price, undefined) : undefined;
  const windows = isPlainObject(timing) ? objectsOf(timing["windows"]) : [];
  return [...turnsOfPrice(price), ...windows.flatMap((window) => turnsOfPrice(window["price"], own))];
}

/** The steps of a service level's credit. */
function turnsOfLevel(level: PlainObject): Turn[] {
  const { measure, credit } = level;
  if (typeof measure !== "string" || !isPlainObject(credit)) return [];
  const bounds = objectsOf(credit["steps"]).flatMap((step) => [step["above"], step["upTo"]]);
  return bounds.filter((one) => one !== undefined && one !== null).flatMap((one) => turnAt(measure, one));
}

const entriesFor = (card: PlainObject, product: string): PlainObject[] =>
  objectsOf(card["entries"]).filter((entry) => entry["product"] === product);

function contents(catalog: Catalog, kind: "rate-card" | "agreement"): PlainObject[] {
  return catalog.documents.filter((one) => one.kind === kind).map((one) => one.content);
}

/** Each quantity at which the rate cards' tiers and the agreements' service levels turn for a product, once. */
export function turnsOf(product: string, catalog: Catalog): Turn[] {
  const entries = contents(catalog, "rate-card").flatMap((card) => entriesFor(card, product));
  const levels = contents(catalog, "agreement")
    .flatMap((agreement) => [...objectsIn(agreement)])
    .flatMap((one) => objectsOf(one["serviceLevels"]))
    .filter(({ products }) => !Array.isArray(products) || products.includes(product));
  const all = [...entries.flatMap(turnsOfEntry), ...levels.flatMap(turnsOfLevel)];
  return [...new Map(all.map((one) => [JSON.stringify([one.measure, one.at]), one])).values()];
}

/** A time of day, `06:30` to `09:00`, on days of the week; on all where none is named. */
export interface TimeOfDay {
  readonly days: readonly string[];
  readonly from: string;
  readonly to: string;
}

/** The times of day that have a price of their own. */
export function windowsOf(product: string, catalog: Catalog): TimeOfDay[] {
  const entries = contents(catalog, "rate-card").flatMap((card) => entriesFor(card, product));
  const windows = entries.flatMap(({ timing }) =>
    isPlainObject(timing) ? objectsOf(timing["windows"]) : [],
  );
  return windows.flatMap(({ days, times }) =>
    objectsOf(times).map(({ from, to }) => ({
      days: Array.isArray(days) ? days.map(String) : [],
      from: String(from ?? "00:00"),
      to: String(to ?? "24:00"),
    })),
  );
}

const DAY_MS = 86_400_000;

/** `2025-12-31` → `2026-01-01`. */
function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** Cards with the product and those that they extend. */
function cardsFor(product: string, catalog: Catalog): PlainObject[] {
  const all = contents(catalog, "rate-card");
  const found = new Set(all.filter((card) => entriesFor(card, product).length > 0));
  // A set takes in what is added while it is walked: the whole chain.
  for (const card of found)
    for (const base of all) if (base["id"] !== undefined && base["id"] === card["extends"]) found.add(base);
  return [...found];
}

/** The days whose first moment changes what is in force for a product: price, agreement, tax rate or discount. */
export function changesOf(product: string, catalog: Catalog): string[] {
  const documents = [...cardsFor(product, catalog), ...contents(catalog, "agreement")];
  const days = documents
    .flatMap((one) => [...objectsIn(one)])
    .flatMap(({ validFor, rates }) => {
      const spans = isPlainObject(validFor) ? [validFor] : [];
      const bounds = [...spans, ...objectsOf(rates)];
      return bounds.flatMap((span) => [
        ...[span["start"], span["from"]].filter((one) => typeof one === "string"),
        ...[span["end"], span["to"]].filter((one) => typeof one === "string").map(dayAfter),
      ]);
    });
  return [...new Set(days)].sort();
}
