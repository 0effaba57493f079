import type { UnplacedFinding } from "../finding.ts";
import { documentsOf } from "../lookup.ts";
import { resolvePointer } from "../pointer.ts";
import { createReport } from "../report.ts";
import type { Catalog, DocumentKind } from "../types.ts";

/** Where documents of ours name a currency. */
const PLACES: readonly (readonly [DocumentKind, string])[] = [
  ["ecosystem", "/currency"],
  ["rate-card", "/currency"],
  ["agreement", "/terms/commercial/payment/currency"],
];

/** Currencies that nobody knows: their amounts would be rounded to two decimals, whatever was meant. */
export function checkCurrencies(catalog: Catalog, findings: UnplacedFinding[]): void {
  const known = Intl.supportedValuesOf("currency");
  for (const [kind, pointer] of PLACES) {
    for (const { path, content } of documentsOf(catalog, kind)) {
      const currency = resolvePointer(content, pointer);
      // What has another shape, the schema refuses.
      if (typeof currency !== "string" || !/^[A-Z]{3}$/.test(currency) || known.includes(currency)) continue;
      createReport(path, findings).warning(
        pointer,
        "spec.currency.unknown",
        `There is no currency ${currency}: its amounts would have two decimals.`,
        "Use a code of ISO 4217, such as EUR.",
      );
    }
  }
}
