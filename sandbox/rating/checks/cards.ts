import { minorUnits } from "../currency.ts";
import type { EntryContent, PartySelector, SplitContent } from "../documents.ts";
import { measureRefOf } from "../price.ts";
import { isZone } from "../timing/zone.ts";
import { checkConditions, excludes } from "./conditions.ts";
import { checkDates } from "./dates.ts";
import type { CardUnderCheck, Report } from "./finding.ts";
import { checkMeasures } from "./measures.ts";
import { checkPrices } from "./prices.ts";
import { checkCircle, checkSplit } from "./splits.ts";
import { checkTaxes } from "./taxes.ts";
import { checkTiming } from "./timing.ts";

export function checkCard({ own, content }: CardUnderCheck, ids: ReadonlySet<string>, report: Report): void {
  if (own.extends !== undefined && !ids.has(own.extends)) {
    report.error(
      "ECO_RATE_CARD_UNKNOWN",
      "/extends",
      `There is no rate card "${own.extends}" to extend.`,
      "Correct the id, or write the fields into this rate card.",
    );
    return;
  }
  checkHead(content, own.entries.length > 0, report);
  checkTaxes(content, own.tax !== undefined, report);
  own.entries.forEach((entry, i) => {
    const pointer = `/entries/${i}`;
    checkPrices(entry, pointer, report);
    checkMeasures(entry, pointer, report);
    if (entry.timing !== undefined) checkTiming(entry.timing, `${pointer}/timing`, content, report);
    if (entry.split !== undefined) {
      const scale = content.scale ?? minorUnits(content.currency ?? "");
      checkSplit(entry.split, `${pointer}/split`, scale, report);
      checkCircle(entry.split, `${pointer}/split`, report);
    }
    checkConditions(entry, pointer, report);
    checkBetween(entry, pointer, report);
    checkRoles(entry, pointer, report);
    checkElapsed(entry, pointer, report);
  });
  checkTies(own.entries, report);
}

function checkHead(content: CardUnderCheck["content"], priced: boolean, report: Report): void {
  const { currency, scale, timeZone, validFor } = content;
  if (currency === undefined && priced) {
    report.error(
      "ECO_RATE_CARD_INVALID",
      "",
      "The rate card has no currency, and extends none that has.",
      "Add `currency`, such as EUR.",
    );
  } else if (currency !== undefined && scale !== undefined && scale > minorUnits(currency)) {
    report.error(
      "ECO_CURRENCY_SCALE",
      "/scale",
      `${currency} has ${minorUnits(currency)} decimals, not ${scale}: such a charge can't be paid.`,
      `Set \`scale: ${minorUnits(currency)}\`.`,
    );
  } else if (currency !== undefined && scale !== undefined && scale < minorUnits(currency)) {
    report.warn(
      "ECO_CURRENCY_SCALE",
      "/scale",
      `${currency} has ${minorUnits(currency)} decimals; with ${scale} its charges are rounded coarsely.`,
      "Leave `scale` out for the currency's own.",
    );
  }
  if (timeZone !== undefined && !isZone(timeZone)) {
    report.error(
      "ECO_TIME_ZONE_UNKNOWN",
      "/timeZone",
      `"${timeZone}" is no time zone.`,
      "Use an IANA name, such as Europe/Helsinki.",
    );
  }
  checkDates(validFor, report);
}

/** Two entries that can both hold, equally specific: nobody could say which price applies. */
function checkTies(entries: readonly EntryContent[], report: Report): void {
  entries.forEach((entry, i) => {
    const tied = entries.findIndex(
      (other, j) =>
        j < i &&
        other.product === entry.product &&
        (other.side ?? "sale") === (entry.side ?? "sale") &&
        (other.when?.length ?? 0) === (entry.when?.length ?? 0) &&
        !(other.when ?? []).some((a) => (entry.when ?? []).some((b) => excludes(a, b))),
    );
    if (tied < 0) return;
    report.error(
      "ECO_FILTER_TIE",
      `/entries/${i}`,
      `Entries ${tied + 1} and ${i + 1} of ${entry.product} are equally specific, and both can hold for one delivery.`,
      "Give one of them a further condition.",
    );
  });
}

/** Nobody owes itself anything: a charge is between two parties. */
function checkBetween(entry: EntryContent, pointer: string, report: Report): void {
  const isPurchase = entry.side === "purchase";
  const payer: PartySelector = entry.payer ?? { role: isPurchase ? "provider" : "customer" };
  const payee: PartySelector = entry.payee ?? { role: isPurchase ? "supplier" : "orchestrator" };
  const who = ({ party, role = "" }: PartySelector): string | undefined => party ?? entry.parties?.[role];
  const isOne = payer.party === undefined && payee.party === undefined && payer.role === payee.role;
  if (!isOne && (who(payer) === undefined || who(payer) !== who(payee))) return;
  // A stand-in gives way to whom the delivery names, so that only then it may come right.
  const isSure = isOne || (payer.party !== undefined && payee.party !== undefined);
  report[isSure ? "error" : "warn"](
    "ECO_PAYER_IS_PAYEE",
    `${pointer}/${entry.payee === undefined ? "payer" : "payee"}`,
    `${who(payer) ?? `The ${payer.role}`} would pay itself for ${entry.product}.`,
    "Name another `payer` or `payee`.",
  );
}

function checkRoles(entry: EntryContent, pointer: string, report: Report): void {
  const unfilled = (role: string | undefined): role is string =>
    role !== undefined &&
    !KNOWN_ROLES.has(role) &&
    entry.parties?.[role] === undefined &&
    entry.when?.some((condition) => condition.role === role && condition.present !== false) !== true;
  const checkShares = (split: SplitContent | undefined, at: string): void => {
    split?.shares.forEach(({ role, split: deeper }, i) => {
      checkShares(deeper, `${at}/shares/${i}/split`);
      if (!unfilled(role)) return;
      report.warn(
        "ECO_ROLE_UNFILLED",
        `${at}/shares/${i}/role`,
        `A delivery that names no ${role} can't be split.`,
        `Add a stand-in under \`parties.${role}\`, or a condition that the role is present.`,
      );
    });
  };
  checkShares(entry.split, `${pointer}/split`);
  entry.discounts?.forEach(({ id, fundedBy }, i) => {
    if (!unfilled(fundedBy?.role)) return;
    report.warn(
      "ECO_ROLE_UNFILLED",
      `${pointer}/discounts/${i}/fundedBy/role`,
      `Where a delivery names no ${fundedBy?.role}, nobody funds the discount ${id}, and all bear it.`,
      `Add a stand-in under \`parties.${fundedBy?.role}\`, or name the party.`,
    );
  });
}

/** Roles that a delivery or an agreement always has. */
const KNOWN_ROLES = new Set(["customer", "provider", "orchestrator"]);

function checkElapsed(entry: EntryContent, pointer: string, report: Report): void {
  if (entry.timing?.basis !== "elapsed") return;
  entry.timing.windows.forEach(({ id, price: { model } }, i) => {
    if (!["recurring", "bundle", "dynamic"].includes(model)) return;
    report.error(
      "ECO_TIMING_UNMEASURED",
      `${pointer}/timing/windows/${i}/price`,
      `A delivery is cut at the window ${id}, and a ${model} price doesn't price a piece of it.`,
      "Use a price by quantity there, or `basis: start`.",
    );
  });
  const price = entry.price;
  if (!("components" in price) && typeof measureRefOf(price) === "object") {
    const cumulative = [price, ...entry.timing.windows.map((window) => window.price)].some(
      (each) => each.cumulative !== undefined,
    );
    if (!cumulative) return;
    report.error(
      "ECO_TIMING_CUMULATIVE",
      `${pointer}/timing`,
      "A price that is cut into pieces can't fill tiers over a period.",
      "Use `basis: start`, or leave `cumulative` out.",
    );
    return;
  }
  report.error(
    "ECO_TIMING_UNMEASURED",
    `${pointer}/price`,
    "A price by elapsed time needs to measure it.",
    "Add `measure: {elapsed: hour}`.",
  );
}
