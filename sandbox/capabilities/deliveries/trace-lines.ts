import type { Json, JsonObject } from "../../store/store.ts";
import { isObject, objectsIn } from "../define.ts";
import { indent, type Money, netLines, periodName, text } from "./price-lines.ts";

/** The trace of one charge in words: who pays whom by which clause, step by step, to the cent. */
export function chargeLines(charge: JsonObject, currency: string, scale: number): string[] {
  const money: Money = (value) => `${decimal(value, scale)} ${currency}`;
  const { bundle, list: listed, split, recourseMinor } = charge;
  const isPart = isObject(bundle) && isObject(listed);
  return [
    `${text(charge, "payer")} pays ${text(charge, "payee")} for ${text(charge, "product")}, by ${clause(charge["rateCard"])} under ${clause(charge["agreement"])}.`,
    ...[
      ...(isPart ? bundleLines(bundle, listed, charge, money) : netLines(charge, money)),
      ...(isObject(split) ? shareLines(split["shares"], text(split, "remainder"), money) : []),
      ...objectsIn(charge["serviceLevels"]).flatMap((level) => serviceLevelLines(level, money)),
      ...(recourseMinor === undefined ? [] : [`Recourse takes ${money(recourseMinor)} off it.`]),
      ...taxLines(charge["tax"], money),
      `Payable: ${money(charge["payableMinor"])}.`,
    ].map(indent),
  ];
}

/** Minor units as a decimal of the currency: 14431 at scale 2 is `144.31`. */
export function decimal(value: Json | undefined, scale: number): string {
  const minor = BigInt(typeof value === "number" ? value : 0);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(scale + 1, "0");
  const sign = minor < 0n ? "-" : "";
  if (scale === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function clause(cited: Json | undefined): string {
  return isObject(cited)
    ? `${text(cited, "id")} ${text(cited, "version")} (${text(cited, "clause")})`
    : "no document";
}

/** What the part would cost alone, what the bundle costs, and what of that is the part's. */
function bundleLines(
  bundle: JsonObject,
  listed: JsonObject,
  { netMinor, netOfTaxMinor }: JsonObject,
  money: Money,
): string[] {
  const isInclusive = netOfTaxMinor !== undefined;
  return [
    "By its own list price:",
    ...netLines(listed, money).map(indent),
    `In the bundle ${text(bundle, "product")}, by ${clause(bundle["rateCard"])}:`,
    ...netLines(bundle, money).map(indent),
    `Its part of ${money(bundle["netMinor"])}, by the list price of ${money(listed["netMinor"])}: ${money(netMinor)}${isInclusive ? ", tax within" : " net"}.`,
    ...(isInclusive ? [`Without the tax: ${money(netOfTaxMinor)} net.`] : []),
  ];
}

/** Shares, each followed by what it passes on in turn; who funds a discount takes that off its own. */
function shareLines(shares: Json | undefined, remainder: string | undefined, money: Money): string[] {
  return objectsIn(shares).flatMap((share) => {
    const { leftOverMinor, flooredMinor, amountMinor } = share;
    // What was not divided off is no share: it bears what a promotion took off the others.
    if (flooredMinor === undefined)
      return [`${text(share, "party")} ${text(share, "rule")}: ${money(amountMinor)}.`];
    const policy = remainder === undefined ? "" : ` (${remainder})`;
    const leftOver =
      typeof leftOverMinor === "number" && leftOverMinor !== 0
        ? `, ${money(leftOverMinor)} of it left over${policy}`
        : "";
    const deeper = shareLines(share["split"], undefined, money);
    return [
      `Share of ${text(share, "party")}, ${text(share, "rule")}: ${money(amountMinor)}${leftOver}${deeper.length === 0 ? "." : ", of which:"}`,
      ...deeper.map(indent),
    ];
  });
}

function serviceLevelLines(level: JsonObject, money: Money): string[] {
  const { step, beforeCapMinor } = level;
  const measured = `${text(level, "measure")} ${text(level, "value")}`;
  if (level["breached"] !== true) return [`Service level ${text(level, "serviceLevel")} kept: ${measured}.`];
  if (level["excused"] !== undefined)
    return [
      `Service level ${text(level, "serviceLevel")} missed: ${measured}, excused by incident ${text(level, "excused")}: no service credit.`,
    ];
  const by = isObject(step) ? ` (${stepWords(step)})` : "";
  return [
    `Service level ${text(level, "serviceLevel")} missed: ${measured}, service credit ${money(level["creditMinor"])}${by}${capped(beforeCapMinor, money)}.`,
    ...objectsIn(level["recourse"]).flatMap((recourse) => recourseLines(recourse, money)),
  ];
}

/** `above 30, up to 60: 5 %` */
function stepWords(step: JsonObject): string {
  const { percent, amount, ...edges } = step;
  const range = Object.entries(edges).map(
    ([name, value]) => `${name.replaceAll(/([A-Z])/g, " $1").toLowerCase()} ${String(value)}`,
  );
  return `${range.join(", ")}: ${percent === undefined ? String(amount ?? "") : `${String(percent)} %`}`;
}

function recourseLines(recourse: JsonObject, money: Money): string[] {
  return [
    `Recourse: ${text(recourse, "party")} owes ${text(recourse, "to")} ${text(recourse, "percent")} %, ${money(recourse["amountMinor"])}${capped(recourse["beforeCapMinor"], money)}.`,
    ...objectsIn(recourse["recourse"])
      .flatMap((deeper) => recourseLines(deeper, money))
      .map(indent),
  ];
}

const capped = (beforeCapMinor: Json | undefined, money: Money): string =>
  beforeCapMinor === undefined ? "" : `, capped from ${money(beforeCapMinor)}`;

function taxLines(tax: Json | undefined, money: Money): string[] {
  if (!isObject(tax)) return [];
  const sums = objectsIn(tax["running"]).map(
    (running) =>
      `${taxWords(running)} is rounded on the running sum of ${periodName(running)}, which held ${text(running, "before")} before.`,
  );
  return [
    ...sums,
    `Tax ${text(tax, "code")} ${text(tax, "percent")} % on ${money(tax["baseMinor"])}: ${money(tax["taxMinor"])}.`,
  ];
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ["on", "The tax on charges"],
  ["within", "The tax within charges"],
  ["credit", "The tax within service credits"],
]);

/** Its counter says of what it is the tax: `tax/within/EUR/standard/reader/2025-04`. */
const taxWords = (running: JsonObject): string =>
  KINDS.get(text(running, "period").split("/")[1] ?? "") ?? "The tax";
