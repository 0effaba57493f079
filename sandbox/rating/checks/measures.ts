import type { Condition, EntryContent } from "../documents.ts";
import { compare, isExact, parseExact } from "../exact.ts";
import type { Report } from "./finding.ts";
import { pricesOf } from "./prices.ts";

/** Measures that nothing can satisfy, and those that a price or a condition asks for though the entry declares no such. */
export function checkMeasures(entry: EntryContent, pointer: string, report: Report): void {
  for (const [name, { minimum, maximum }] of Object.entries(entry.measures ?? {})) {
    if (!isExact(minimum) || !isExact(maximum) || compare(parseExact(minimum), parseExact(maximum)) <= 0)
      continue;
    report.error(
      "ECO_BOUNDS_CROSSED",
      `${pointer}/measures/${name}/minimum`,
      `\`${name}\` is to be at least ${minimum} and at most ${maximum}: every delivery would be refused.`,
      "Let the minimum be at most the maximum.",
    );
  }
  // An entry that declares none at all leaves it to the API to say what is measured.
  const { measures } = entry;
  if (measures !== undefined) checkDeclared({ ...entry, measures }, pointer, report);
}

function checkDeclared(
  entry: EntryContent & { readonly measures: object },
  pointer: string,
  report: Report,
): void {
  const declared = Object.keys(entry.measures);
  const check = (name: unknown, at: string, asks: string): void => {
    if (typeof name !== "string" || declared.includes(name)) return;
    report.warn(
      "ECO_MEASURE_UNDECLARED",
      at,
      `${asks} \`${name}\`, which the entry for ${entry.product} doesn't declare among its measures.`,
      `Correct the name (declared are ${declared.join(", ") || "none"}), or declare \`${name}\` under \`measures\`.`,
    );
  };
  const checkWhen = (when: readonly Condition[] | undefined, at: string): void => {
    when?.forEach(({ measure }, i) => {
      check(measure, `${at}/${i}/measure`, "The condition looks at");
    });
  };
  for (const { price, pointer: at } of pricesOf(entry, pointer)) {
    check(price.measure, `${at}/measure`, "The price is by");
    if ("when" in price) checkWhen(price.when, `${at}/when`);
  }
  checkWhen(entry.when, `${pointer}/when`);
  entry.discounts?.forEach(({ when }, i) => {
    checkWhen(when, `${pointer}/discounts/${i}/when`);
  });
}
