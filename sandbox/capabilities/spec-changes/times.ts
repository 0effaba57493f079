import { documentsOf } from "../../../specs/engine/catalog/lookup.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import type { SpecChange } from "../../../specs/engine/difference/change.ts";
import { type PromisedNotice, promisedNotice } from "../../../specs/engine/difference/promised-notice.ts";
import type { DecisionContext, Refusal } from "../capability.ts";
import { refuse } from "../define.ts";
import { type ChangeTimes, changeRules } from "../manifest.ts";
import { plusDuration } from "../time.ts";
import type { SubmittedDifference } from "./submitted.ts";

/** What has to pass before a change may hold. */
export interface Notice {
  /** The rule's, ISO 8601. */
  readonly duration: string;
  /** The longest that an agreement promises whose terms or prices change. */
  readonly promised?: PromisedNotice;
}

export const timesOf = ({ level }: Pick<SubmittedDifference, "level">, catalog: Catalog): ChangeTimes =>
  changeRules(catalog).times[level];

/** The notice that a change needs: what the rules ask for its level, and what agreements promise whose terms it changes. */
export function noticeFor(
  difference: Pick<SubmittedDifference, "level" | "changes">,
  catalog: Catalog,
): Notice {
  const duration = timesOf(difference, catalog).notice;
  const [promised] = promisesTouched(difference.changes, catalog).toSorted(
    (one, other) => other.days - one.days,
  );
  return promised === undefined ? { duration } : { duration, promised };
}

function promisesTouched(changes: readonly SpecChange[], catalog: Catalog): PromisedNotice[] {
  const touched = new Set(
    changes.flatMap(({ reaches }) =>
      reaches
        .filter(({ level }) => level === "breaking" || level === "possibly-breaking")
        .map(({ kind, id }) => `${kind} ${id}`),
    ),
  );
  return (["agreement", "rate-card"] as const).flatMap((kind) =>
    documentsOf(catalog, kind)
      .filter(({ content }) => touched.has(`${kind} ${String(content["id"])}`))
      .flatMap((document) => promisedNotice(document, catalog) ?? []),
  );
}

/** The first instant at which a change may hold that is announced at `from`; undefined where a rule is no duration. */
export function earliestAfter(
  from: string,
  notice: Notice,
  { catalog }: DecisionContext,
): string | undefined {
  const { timeZone } = catalog.ecosystem;
  const ruled = plusDuration(from, notice.duration, timeZone);
  if (notice.promised === undefined || ruled === undefined) return ruled;
  const promised = plusDuration(from, `P${notice.promised.days}D`, timeZone);
  return promised !== undefined && promised > ruled ? promised : ruled;
}

/** Refuses a day that comes before partners could be ready for it. */
export function refuseShortNotice(
  effectiveAt: string,
  earliest: string,
  { duration, promised }: Notice,
): Refusal | undefined {
  if (effectiveAt >= earliest) return undefined;
  const why =
    promised === undefined
      ? `The rules ask for ${duration} of notice`
      : `The rules ask for ${duration} of notice, and the agreement ${promised.id} promises ${promised.days} days`;
  return refuse(
    "ECO_NOTICE_TOO_SHORT",
    `${why}: the change can hold from ${earliest} on, not from ${effectiveAt}.`,
    [{ pointer: "#/effectiveAt", detail: `must be ${earliest} or later` }],
  );
}

export const noInstant = (): Refusal =>
  refuse("ECO_REQUEST_INVALID", "The change can't hold from then on.", [
    { pointer: "#/effectiveAt", detail: "must be an instant" },
  ]);

export const ruleIsNoDuration = (): Refusal =>
  refuse("ECO_UNSATISFIABLE", "The manifest's participation.changes holds something that is no duration.");
