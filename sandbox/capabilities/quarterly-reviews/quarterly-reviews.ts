import { operationsByCapability } from "../../../specs/engine/catalog/lookup.ts";
import type { JsonObject } from "../../store/store.ts";
import { viewpoint } from "../access.ts";
import type { Capability } from "../capability.ts";
import { answer, define, notFound, optional, optionalText, refuse } from "../define.ts";
import { seesParty } from "../parties/records.ts";
import { metricsOf } from "../scorecards/measuring.ts";
import { mostUrgent } from "../triage/triage.ts";
import { weekAt } from "../triage/week.ts";
import {
  certifications,
  changes,
  disputes,
  exits,
  feedback,
  incidents,
  onboarding,
  type ReviewReading,
} from "./happened.ts";
import { scorecard } from "./measured.ts";
import { lastQuarter, quarterAfter, quarterOf } from "./quarter.ts";
import { value } from "./value.ts";

/** How much of what waits is shown. */
const WAITING = 20;

/** What is told of what happened, and the capability without which nothing of it can happen. */
const SECTIONS: Readonly<
  Record<string, { readonly needs: string; readonly tell: (reading: ReviewReading) => Promise<JsonObject> }>
> = {
  certifications: { needs: "certifications.submit", tell: certifications },
  disputes: { needs: "disputes.open", tell: disputes },
  incidents: { needs: "incidents.open", tell: incidents },
  feedback: { needs: "feedback.give", tell: feedback },
  changes: { needs: "changes.propose", tell: changes },
  onboarding: { needs: "parties.register", tell: onboarding },
  exits: { needs: "parties.exit", tell: exits },
};

const get = define({
  name: "quarterly-reviews.get",
  summary:
    "A quarter beside the one before: the scorecard, tiers, value exchanged, what happened, and what waits for whom; of what the caller takes part in, or of everything for those who oversee the ecosystem.",
  input: {
    quarter: optional("text", "The quarter, `2026-Q3`; the last one that has gone by where left out."),
    partyId: optional(
      "text",
      "Only what this party takes part in; the caller itself where it may see no other.",
    ),
  },
  async decide(input, context) {
    const { now, catalog } = context;
    const { timeZone } = catalog.ecosystem;
    const party = optionalText(input, "partyId") ?? viewpoint(context);
    if (party !== undefined && !(await seesParty(party, context))) return notFound("review of party", party);
    const named = optionalText(input, "quarter");
    const quarter = named === undefined ? lastQuarter(now, timeZone) : quarterOf(named, timeZone);
    if (quarter === undefined || quarter.from > now)
      return refuse(
        "ECO_REQUEST_INVALID",
        quarter === undefined ? `${JSON.stringify(named)} is no quarter.` : `${quarter.name} hasn't begun.`,
        [{ pointer: "#/quarter", detail: "must be a quarter that has begun, such as 2026-Q3" }],
      );
    const [before, next] = [quarterAfter(quarter, -1, timeZone), quarterAfter(quarter, 1, timeZone)];
    const reading: ReviewReading = { context, party, quarter, before, next };
    const measured = metricsOf(catalog).metrics.length > 0 ? await scorecard(reading) : {};
    const sections: { [name: string]: JsonObject } = {};
    for (const [name, { needs, tell }] of Object.entries(SECTIONS))
      if (operationsByCapability(catalog, needs).length > 0) sections[name] = await tell(reading);
    return answer({
      quarter: quarter.name,
      before: before.name,
      timeZone,
      from: quarter.from,
      until: quarter.until,
      complete: quarter.until <= now,
      computedAt: now,
      ...(party === undefined ? {} : { party }),
      ...measured,
      ...(await value(reading)),
      ...sections,
      waiting: await mostUrgent({ context, party }, weekAt(now, timeZone).until, WAITING),
    });
  },
});

export const quarterlyReviewCapabilities: readonly Capability[] = [get];
