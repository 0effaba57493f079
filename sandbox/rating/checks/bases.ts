import type { RatingFinding } from "../outcome.ts";
import { type CardUnderCheck, reportInto } from "./finding.ts";

/** What a rate card extends: one other, of which there is one version, and which stands by itself. */
export function checkBases(cards: readonly CardUnderCheck[], findings: RatingFinding[]): void {
  for (const { document, own } of cards) {
    const { extends: base } = own;
    if (base === undefined) continue;
    const refuse = (message: string, fix: string): void =>
      reportInto(findings, document.path).error("ECO_RATE_CARD_BASE", "/extends", message, fix);
    const versions = cards.filter(({ own: { id } }) => id === base);
    const [further] = versions.flatMap(({ own: { extends: next } }) => next ?? []);
    if (base === own.id) {
      refuse(
        `The rate card ${own.id} extends itself.`,
        "Leave `extends` out, and write what is missing into the rate card.",
      );
    } else if (further === own.id) {
      refuse(
        `The rate cards ${own.id} and ${base} extend each other.`,
        "Let one of them stand by itself, with currency, time zone and tax of its own.",
      );
    } else if (further !== undefined) {
      refuse(
        `${base} itself extends ${further}: what it takes from there doesn't reach further down.`,
        `Extend ${further}, or write what is missing into ${base}.`,
      );
    } else if (new Set(versions.map(({ own: { version } }) => version)).size > 1) {
      const known = versions.map(({ own: { version } }) => version).join(", ");
      refuse(
        `There are several versions of ${base} (${known}), and nothing says which of them this rate card extends.`,
        "Keep one version of the base, or give each its own id.",
      );
    }
  }
}
