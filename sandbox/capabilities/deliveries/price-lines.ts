import { add, formatExact, parseExact } from "../../rating/exact.ts";
import type { Json, JsonObject } from "../../store/store.ts";
import { isObject, objectsIn } from "../define.ts";

/** Minor units as money: 14431 is `144.31 EUR`. */
export type Money = (value: Json | undefined) => string;

export const indent = (line: string): string => `  ${line}`;
export const text = (value: JsonObject, name: string): string => String(value[name] ?? "");

/** From what was measured to the net charge: tier by tier, discounts, bounds, rounding. */
export function netLines(node: JsonObject, money: Money): string[] {
  return [
    ...priceLines(node["price"]),
    ...objectsIn(node["discounts"]).map(
      (discount) => `Discount ${text(discount, "id")}: ${text(discount, "percent")} % off.`,
    ),
    ...boundLines(node),
    ...roundingLines(node, money),
  ];
}

function roundingLines(node: JsonObject, money: Money): string[] {
  const { exact, running, netMinor, netOfTaxMinor } = node;
  if (exact === undefined) return [];
  const isInclusive = netOfTaxMinor !== undefined;
  const rounded = `${text(node, "rounding")}: ${money(netMinor)}${isInclusive ? ", tax within" : " net"}.`;
  return [
    isObject(running) ? `${runningText(running, exact)}. Rounded ${rounded}` : `Rounded ${rounded}`,
    ...(isInclusive ? [`Without the tax: ${money(netOfTaxMinor)} net.`] : []),
  ];
}

/** A sum that goes on through a period: what it held, and what it holds with this. */
function runningText(running: JsonObject, exact: Json): string {
  const before = text(running, "before");
  const after = formatExact(add(parseExact(before), parseExact(String(exact))));
  return `The sum of ${periodName(running)} goes from ${before} to ${after}`;
}

/** Periods are named last in the key of their counter: `tiers/calls/member/2025-05`. */
export const periodName = (running: JsonObject): string => text(running, "period").split("/").at(-1) ?? "";

function boundLines(node: JsonObject): string[] {
  const { maximum, minimum } = node;
  return [
    ...(maximum === undefined ? [] : [`At most ${plain(maximum)}: held to the maximum.`]),
    ...(minimum === undefined ? [] : [`At least ${plain(minimum)}: raised to the minimum.`]),
  ];
}

function priceLines(price: Json | undefined): string[] {
  if (!isObject(price)) return [];
  const steps = objectsIn(price["steps"]);
  const parts = [...objectsIn(price["components"]), ...objectsIn(price["pieces"])];
  const total = price["amount"] === undefined ? [] : [`Together ${text(price, "amount")}.`];
  const isBundle = price["model"] === "bundle" && steps.length === 0;
  return [
    ...windowLines(price["window"]),
    ...quantityLines(price["quantity"]),
    ...(price["model"] === "recurring" ? [`Charged in ${text(price, "charged")}, ${basisOf(price)}:`] : []),
    ...steps.map(stepLine),
    ...parts.flatMap(priceLines),
    ...(isBundle ? [`One price for the bundle: ${text(price, "amount")}.`] : []),
    ...(parts.length + steps.filter((step) => step["amount"] !== undefined).length > 1 ? total : []),
    ...boundLines(price),
  ];
}

function basisOf(price: JsonObject): string {
  const basis = text(price, "basis");
  return basis === "none" ? "whole periods" : `prorated by ${basis}`;
}

function windowLines(window: Json | undefined): string[] {
  if (window === undefined) return [];
  return [window === "otherwise" ? "Outside of the windows:" : `In the window ${plain(window)}:`];
}

function quantityLines(quantity: Json | undefined): string[] {
  if (!isObject(quantity)) return [];
  const { measure, measured, transactions, ...steps } = quantity;
  const worked = Object.entries(steps).map(([name, value]) => `${words(name)} ${plain(value)}`);
  // Who measures nothing is charged once a delivery.
  if (measure === undefined || (measure === "delivery" && worked.length === 0)) return [];
  if (Array.isArray(transactions))
    return [`Measured ${plain(measure)}: ${transactions.map(plain).join(", ")}.`];
  return [[`Measured ${plain(measure)} ${plain(measured ?? "")}`, ...worked].join(", ").concat(".")];
}

/** One step of a price model; what a model calls its own is told in the words of its fields. */
function stepLine(step: JsonObject): string {
  if (step["before"] !== undefined) return beforeLine(step);
  if (step["transaction"] !== undefined) return transactionLine(step);
  if (step["ratio"] !== undefined)
    return `${text(step, "from")} until ${text(step, "until")}, ${text(step, "ratio")} of a period = ${text(step, "amount")}`;
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
  return `${range}${sum === "" ? "Amount " : `${sum} = `}${plain(amount ?? "")}`;
}

/** What a period held before this delivery came. */
function beforeLine(step: JsonObject): string {
  const { events } = step;
  const counted = events === undefined ? "" : ` in ${plain(events)} transactions`;
  return `${periodName(step)} held ${text(step, "before")}${counted} before.`;
}

function transactionLine(step: JsonObject): string {
  const { transaction, free, bound, amount } = step;
  const allowed = free === undefined ? "" : `, ${free === transaction ? "all" : plain(free)} of it free`;
  const limit = bound === undefined ? "" : `, the ${plain(bound)}`;
  return `${plain(transaction ?? "")}${allowed} = ${plain(amount ?? "")}${limit}`;
}

const words = (name: string): string => name.replaceAll(/([A-Z])/g, " $1").toLowerCase();
const plain = (value: Json): string => (typeof value === "object" ? JSON.stringify(value) : String(value));
