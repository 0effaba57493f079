import type { RatingFinding } from "../outcome.ts";
import { type CardUnderCheck, reportInto } from "./finding.ts";

/** Versions of one rate card: none twice, and none in force together. */
export function checkVersions(cards: readonly CardUnderCheck[], findings: RatingFinding[]): void {
  for (const [id, versions] of Map.groupBy(cards, ({ own }) => own.id)) {
    versions.forEach((card, i) => {
      const report = reportInto(findings, card.document.path);
      const earlier = versions.slice(0, i);
      const twin = earlier.find(({ own }) => own.version === card.own.version);
      if (twin !== undefined) {
        report.error(
          "ECO_VERSION_TWICE",
          "/version",
          `The rate card ${id} ${card.own.version} is there twice (also ${twin.document.path}).`,
          "Give every change a version of its own.",
        );
        return;
      }
      const rival = earlier.find(({ own }) => overlap(own.validFor, card.own.validFor));
      if (rival === undefined) return;
      report.warn(
        "ECO_VERSION_OVERLAP",
        "/validFor",
        `Versions ${rival.own.version} and ${card.own.version} of ${id} are in force on the same days; the one that started later wins there.`,
        "End the former the day before the newer begins.",
      );
    });
  }
}

interface Span {
  readonly start?: string;
  readonly end?: string;
}

function overlap(a: Span | undefined, b: Span | undefined): boolean {
  const startsBeforeEnd = (x: Span | undefined, y: Span | undefined): boolean =>
    x?.start === undefined || y?.end === undefined || x.start <= y.end;
  return startsBeforeEnd(a, b) && startsBeforeEnd(b, a);
}
