import type { RatingDocument } from "../outcome.ts";
import type { Report } from "./finding.ts";

/** The least that the other checks and the engine stand on; everything else is the JSON Schema's business. */
export function checkCardShape({ content }: RatingDocument, report: Report): boolean {
  const entries = content["entries"];
  const named = typeof content["id"] === "string" && typeof content["version"] === "string";
  if (!named || !Array.isArray(entries)) {
    report.error(
      "ECO_RATE_CARD_INVALID",
      "",
      "A rate card has an id, a version and a list of entries.",
      SCHEMA_FIX("rate-card"),
    );
    return false;
  }
  const broken = entries.findIndex(
    (entry: unknown) => !isObject(entry) || typeof entry["product"] !== "string" || !isObject(entry["price"]),
  );
  if (broken < 0) return true;
  report.error(
    "ECO_RATE_CARD_INVALID",
    `/entries/${broken}`,
    "An entry has a product and a price.",
    SCHEMA_FIX("rate-card"),
  );
  return false;
}

export function checkAgreementShape({ content }: RatingDocument, report: Report): boolean {
  const named = typeof content["id"] === "string" && typeof content["version"] === "string";
  if (named && Array.isArray(content["engagedParty"]) && isObject(content["terms"])) return true;
  const message = "An agreement has an id, a version, the engaged parties and its terms.";
  report.error("ECO_AGREEMENT_INVALID", "", message, SCHEMA_FIX("agreement"));
  return false;
}

const SCHEMA_FIX = (kind: string): string => `\`specs/schemas/${kind}.schema.json\` describes every field.`;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
