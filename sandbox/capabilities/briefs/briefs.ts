import { type BriefRules, readBriefRules } from "../../../specs/engine/catalog/brief-rules.ts";
import { documentsOf } from "../../../specs/engine/catalog/lookup.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { oncePer } from "../../../specs/engine/once-per.ts";
import { DailyFigures, outOfTheOrdinary, type Unusual } from "../../measures/daily.ts";
import { viewpoint } from "../access.ts";
import type { Capability, DecisionContext } from "../capability.ts";
import { answer, define, notFound, optional, optionalText, refuse } from "../define.ts";
import { seesParty } from "../parties/records.ts";
import { collections, type PartyRecord } from "../records.ts";
import { dayBefore, daysUpTo } from "./days.ts";
import { readSightings } from "./sightings.ts";
import { dayInWords, viewAnomaly } from "./wording.ts";

const get = define({
  name: "briefs.get",
  summary:
    "What was out of the ordinary on a day, in demand, capacity and quality, against the same weekdays before it: of what the caller takes part in, or of everything for those who oversee the ecosystem.",
  input: {
    day: optional("text", "The day, `2025-03-11`; the last one that has gone by where left out."),
    partyId: optional(
      "text",
      "Only what this party takes part in; the caller itself where it may see no other.",
    ),
  },
  async decide(input, context) {
    const { catalog, now } = context;
    const { timeZone } = catalog.ecosystem;
    const party = optionalText(input, "partyId") ?? viewpoint(context);
    if (party !== undefined && !(await seesParty(party, context))) return notFound("brief of party", party);
    const rules = briefRulesOf(catalog);
    const day = optionalText(input, "day") ?? dayBefore(now, timeZone);
    const days = daysUpTo(day, 7 * rules.weeks + 1, timeZone, now);
    if (days === undefined || days.indexOf(now) < 7 * rules.weeks)
      return refuse(
        "ECO_REQUEST_INVALID",
        days === undefined ? `${JSON.stringify(day)} is no day.` : `${day} hasn't begun.`,
        [{ pointer: "#/day", detail: "must be a day that has begun, such as 2025-03-11" }],
      );
    const figures = new DailyFigures(rules);
    for await (const sighting of readSightings({ context, party }, days, rules.signals))
      figures.add(sighting);
    const { compared: all, tooNew } = figures.compared();
    // A day that isn't over may still bring what is missing.
    const compared = days.complete
      ? all
      : all.filter(({ signal, comparison }) => signal.kind !== "count" || comparison.score > 0);
    const { found, limit } = outOfTheOrdinary(compared, rules);
    const told = await withoutLeavers(found, context);
    return answer({
      day,
      timeZone,
      complete: days.complete,
      computedAt: now,
      ...(party === undefined ? {} : { party }),
      weeks: rules.weeks,
      minimumWeeks: rules.minimumWeeks,
      falseAlarms: rules.falseAlarms,
      compared: compared.length,
      tooNew,
      summary: dayInWords(told.length, compared.length, tooNew, days),
      anomalies: told.map((unusual) => viewAnomaly(unusual, limit, days)),
    });
  },
});

const briefRulesOf = oncePer(
  (catalog: Catalog): BriefRules =>
    readBriefRules(documentsOf(catalog, "metrics").map(({ content }) => content)),
);

/** That less comes from or for a party that is leaving or has left is what leaving means. */
async function withoutLeavers(
  found: readonly Unusual[],
  { read }: DecisionContext,
): Promise<readonly Unusual[]> {
  const ids = found.map(({ subject }) => subject.id);
  const parties = await read.getAll<PartyRecord>(collections.parties, ids);
  return found.filter(({ subject, signal, comparison }, index) => {
    const status = parties[index]?.value.status;
    const isParty = subject.kind !== "product" && subject.kind !== "all";
    const hasLeft = isParty && (status === "exiting" || status === "exited");
    return !(hasLeft && signal.kind === "count" && comparison.score < 0);
  });
}

export const briefCapabilities: readonly Capability[] = [get];
