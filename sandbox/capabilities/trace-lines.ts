import type { Json, JsonObject } from "../store/store.ts";
import { isObject } from "./define.ts";

/** The trace of one charge in words: who pays whom by which clause, step by step, to the cent. */
export function chargeLines(charge: JsonObject, currency: string, scale: number): string[] {
  const money = (value: Json | undefined): string => `${decimal(value, scale)} ${currency}`;
  return [
    `${text(charge, "payer")} pays ${text(charge, "payee")} for ${text(charge, "product")}, by ${clause(charge["rateCard"])} under ${clause(charge["agreement"])}.`,
    ...bundleLines(charge, money),
    ...priceLines(charge["price"]).map(indent),
    ...(charge["exact"] === undefined
      ? []
      : [indent(`Rounded ${text(charge, "rounding")}: ${money(charge["netMinor"])} net.`)]),
    ...splitLines(charge["split"], money).map(indent),
    ...list(charge["serviceLevels"])
      .flatMap((level) => serviceLevelLines(level, money))
      .map(indent),
    ...(charge["recourseMinor"] === undefined
      ? []
      : [indent(`Recourse takes ${money(charge["recourseMinor"])} off it.`)]),
    ...taxLines(charge["tax"], money).map(indent),
    indent(`Payable: ${money(charge["payableMinor"])}.`),
  ];
}

const indent = (line: string): string => `  ${line}`;
const text = (value: JsonObject, name: string): string => String(value[name] ?? "");
const list = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

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

function bundleLines(charge: JsonObject, money: (value: Json | undefined) => string): string[] {
  const { bundle, list: listed } = charge;
  if (!isObject(bundle) || !isObject(listed)) return [];
  return [
    ...priceLines(listed["price"]).map(indent),
    indent(`List price ${money(listed["netMinor"])}.`),
    indent(
      `Part of ${text(bundle, "product")} at ${money(bundle["netMinor"])}: ${money(charge["netMinor"])} net.`,
    ),
  ];
}

function priceLines(price: Json | undefined): string[] {
  if (!isObject(price)) return [];
  const parts = [...list(price["components"]), ...list(price["pieces"])];
  const quantity = quantityLine(price["quantity"]);
  const window = price["window"] === undefined ? [] : [`In the window ${text(price, "window")}:`];
  const total = price["amount"] === undefined ? [] : [`Together ${text(price, "amount")}.`];
  return [
    ...window,
    ...(quantity === undefined ? [] : [quantity]),
    ...list(price["steps"]).map(stepLine),
    ...parts.flatMap(priceLines),
    ...(parts.length + list(price["steps"]).length > 1 ? total : []),
  ];
}

function quantityLine(quantity: Json | undefined): string | undefined {
  if (!isObject(quantity)) return undefined;
  const { measure, measured, ...steps } = quantity;
  const worked = Object.entries(steps).map(([name, value]) => `${words(name)} ${plain(value)}`);
  const value = measured === undefined ? "" : ` ${plain(measured)}`;
  return `Measured ${plain(measure ?? "quantity")}${value}${worked.length === 0 ? "" : `, ${worked.join(", ")}`}.`;
}

function stepLine(step: JsonObject): string {
  const { above, upTo, quantity, unitAmount, flatAmount, amount, ...others } = step;
  const range =
    above === undefined
      ? ""
      : upTo === null
        ? `above ${plain(above)}: `
        : `above ${plain(above)} to ${plain(upTo ?? "")}: `;
  const flat = flatAmount === undefined ? "" : `${plain(flatAmount)} + `;
  const product =
    quantity === undefined || unitAmount === undefined ? "" : `${plain(quantity)} × ${plain(unitAmount)}`;
  const rest = Object.entries(others).map(([name, value]) => `${words(name)} ${plain(value)}`);
  const sum = [`${flat}${product}`, ...rest].filter((part) => part !== "").join(", ");
  return `${range}${sum}${sum === "" ? "" : " = "}${plain(amount ?? "")}`;
}

function splitLines(split: Json | undefined, money: (value: Json | undefined) => string): string[] {
  if (!isObject(split)) return [];
  return list(split["shares"]).map((share) => {
    const extra = share["leftOverMinor"];
    const leftOver =
      typeof extra === "number" && extra !== 0
        ? `, ${extra} of it left over (${text(split, "remainder")})`
        : "";
    return `Share of ${text(share, "party")}, ${text(share, "rule")}: ${money(share["amountMinor"])}${leftOver}.`;
  });
}

function serviceLevelLines(level: JsonObject, money: (value: Json | undefined) => string): string[] {
  const measured = `${text(level, "measure")} ${text(level, "value")}`;
  if (level["breached"] !== true) return [`Service level ${text(level, "serviceLevel")} kept: ${measured}.`];
  return [
    `Service level ${text(level, "serviceLevel")} missed: ${measured}, service credit ${money(level["creditMinor"])}.`,
    ...list(level["recourse"]).flatMap((recourse) => recourseLines(recourse, money)),
  ];
}

function recourseLines(recourse: JsonObject, money: (value: Json | undefined) => string): string[] {
  const cap =
    recourse["beforeCapMinor"] === undefined ? "" : `, capped from ${money(recourse["beforeCapMinor"])}`;
  return [
    `Recourse: ${text(recourse, "party")} owes ${text(recourse, "to")} ${text(recourse, "percent")} %, ${money(recourse["amountMinor"])}${cap}.`,
    ...list(recourse["recourse"]).flatMap((deeper) => recourseLines(deeper, money)),
  ];
}

function taxLines(tax: Json | undefined, money: (value: Json | undefined) => string): string[] {
  if (!isObject(tax)) return [];
  return [
    `Tax ${text(tax, "code")} ${text(tax, "percent")} % on ${money(tax["baseMinor"])}: ${money(tax["taxMinor"])}.`,
  ];
}

const words = (name: string): string => name.replaceAll(/([A-Z])/g, " $1").toLowerCase();
const plain = (value: Json): string => (typeof value === "object" ? JSON.stringify(value) : String(value));
