import type { RateCardContent } from "../documents.ts";
import type { RatingDocument, RatingFinding } from "../outcome.ts";

/** Where findings go: knows the document, so that a check names only the clause. */
export interface Report {
  error(code: string, pointer: string, message: string, fix: string): void;
  warn(code: string, pointer: string, message: string, fix: string): void;
}

export function reportInto(findings: RatingFinding[], document: string): Report {
  const add =
    (severity: RatingFinding["severity"]) =>
    (code: string, pointer: string, message: string, fix: string): void => {
      findings.push({ severity, code, document, pointer, message, fix });
    };
  return { error: add("error"), warn: add("warning") };
}

/** A rate card under check: its own content, and with what it takes from the one that it extends. */
export interface CardUnderCheck {
  readonly document: RatingDocument;
  readonly own: RateCardContent;
  readonly content: RateCardContent;
}
