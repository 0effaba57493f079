import { textsOf } from "../../../specs/engine/catalog/untyped.ts";
import type { JsonObject } from "../../store/store.ts";
import type { Capability, DecisionContext, Refusal } from "../capability.ts";
import { define, listAt, optional, optionalText, pick, refuse, required, text } from "../define.ts";
import { incidentRules, type Severity } from "../manifest.ts";
import { isBefore, toUtc } from "../time.ts";
import { deadlineAfter } from "./deadlines.ts";
import { deadlinesOf, incidentInput, moved, refuseScope, scopeFields, severityIn } from "./incidents.ts";
import { type IncidentRecord, refuseResolved, workableIncident } from "./records.ts";
import { affectedBy } from "./scope.ts";

/** An incident that isn't resolved, which the caller may move on. */
async function unresolved(
  input: JsonObject,
  context: DecisionContext,
  others?: (incident: IncidentRecord) => readonly string[],
) {
  const stored = await workableIncident(input, context, others);
  if ("kind" in stored) return stored;
  return refuseResolved(stored) ?? stored;
}

/** What the caller has to say, behind what was said before. */
const noted = (incident: IncidentRecord, note: string | undefined, { now, caller }: DecisionContext) =>
  note === undefined ? incident.updates : [...incident.updates, { at: now, by: caller?.party ?? "", note }];

const acknowledge = define({
  name: "incidents.acknowledge",
  summary: "Its owner takes an incident on.",
  input: { ...incidentInput, note: optional("text", "What is done about it.") },
  events: ["incident.acknowledged"],
  async decide(input, context) {
    const stored = await unresolved(input, context);
    if ("kind" in stored) return stored;
    if (stored.value.status !== "open")
      return refuse("ECO_STATE_TRANSITION", `${stored.id} is acknowledged already.`);
    const incident: IncidentRecord = {
      ...stored.value,
      status: "acknowledged",
      acknowledgedAt: context.now,
      updates: noted(stored.value, optionalText(input, "note"), context),
    };
    return moved("acknowledged", incident, stored.version, context);
  },
});

const update = define({
  name: "incidents.update",
  summary: "What is known by now; whom the incident concerns is worked out anew, and who came to be is told.",
  input: {
    ...incidentInput,
    note: required("text", "What is new."),
    severity: optional("text", "Where it turns out to be better or worse."),
    ...scopeFields,
  },
  events: ["incident.updated"],
  async decide(input, context) {
    const stored = await unresolved(input, context, ({ reportedBy }) => [reportedBy]);
    if ("kind" in stored) return stored;
    const severity = optionalText(input, "severity") === undefined ? undefined : severityIn(input, context);
    if (severity !== undefined && "kind" in severity) return severity;
    const { value } = stored;
    const scope = {
      products: input["products"] === undefined ? value.products : textsOf(listAt(input, "products")),
      parties: input["parties"] === undefined ? value.parties : textsOf(listAt(input, "parties")),
    };
    const refused = await refuseScope(scope, context);
    if (refused !== undefined) return refused;
    const isWider = scope.products !== value.products || scope.parties !== value.parties;
    const known: IncidentRecord = {
      ...(severity === undefined ? value : asSevereAs(severity, value, context)),
      ...scope,
      updates: noted(value, text(input, "note"), context),
    };
    const affected = await affectedBy(isWider ? { ...known, lookedUpTo: 0 } : known, context);
    return moved("updated", { ...known, ...affected }, stored.version, context, pick(input, ["note"]));
  },
});

/** With the deadlines of another severity: where that sets none, there are none. */
function asSevereAs(
  severity: Severity,
  { acknowledgeBy: _acknowledge, resolveBy: _resolve, ...incident }: IncidentRecord,
  context: DecisionContext,
): IncidentRecord {
  return { ...incident, severity: severity.id, ...deadlinesOf(severity, incident.openedAt, context) };
}

const handOver = define({
  name: "incidents.hand-over",
  summary: "Hands an incident on to the party to whom it belongs.",
  input: { ...incidentInput, owner: required("text", "To whom."), note: optional("text", "Why.") },
  events: ["incident.handed-over"],
  async decide(input, context) {
    const stored = await unresolved(input, context);
    if ("kind" in stored) return stored;
    const owner = text(input, "owner");
    const refused = await refuseScope({ ...stored.value, owner }, context);
    if (refused !== undefined) return refused;
    const incident: IncidentRecord = {
      ...stored.value,
      owner,
      // Who had it goes on seeing what becomes of it.
      affected: [...new Set([...stored.value.affected, stored.value.owner, owner])].sort(),
      updates: noted(stored.value, optionalText(input, "note"), context),
    };
    return moved("handed-over", incident, stored.version, context);
  },
});

const resolve = define({
  name: "incidents.resolve",
  summary: "Ends an incident, with its cause.",
  input: {
    ...incidentInput,
    cause: required("text", "One of the ecosystem's causes, where it declares them."),
    summary: required("text", "What was wrong, and what was done."),
    until: optional("text", "When it had no effect any more; now where left out."),
  },
  events: ["incident.resolved"],
  async decide(input, context) {
    const stored = await unresolved(input, context);
    if ("kind" in stored) return stored;
    const { catalog, now } = context;
    const until = toUtc(optionalText(input, "until") ?? now, catalog.ecosystem.timeZone);
    const refused = refuseResolution(input, until, stored.value, context);
    if (refused !== undefined || until === undefined) return refused ?? refuse("ECO_REQUEST_INVALID", "");
    const reviewBy = deadlineAfter(now, incidentRules(catalog).reviewWithin, context);
    const { affected, lookedUpTo } = await affectedBy({ ...stored.value, until }, context);
    const incident: IncidentRecord = {
      ...stored.value,
      affected,
      lookedUpTo,
      status: "resolved",
      // Who resolves at once has acknowledged by it.
      acknowledgedAt: stored.value.acknowledgedAt ?? now,
      resolvedAt: now,
      until,
      ...pick(input, ["cause", "summary"]),
      ...(reviewBy === undefined ? {} : { reviewBy }),
    };
    return moved("resolved", incident, stored.version, context);
  },
});

function refuseResolution(
  input: JsonObject,
  until: string | undefined,
  { since }: IncidentRecord,
  { catalog, now }: DecisionContext,
): Refusal | undefined {
  const { causes } = incidentRules(catalog);
  const cause = text(input, "cause");
  if (causes.length > 0 && !causes.some(({ id }) => id === cause)) {
    const detail = `must be one of ${causes.map(({ id }) => id).join(", ")}`;
    return refuse("ECO_REQUEST_INVALID", `There is no cause ${JSON.stringify(cause)}.`, [
      { pointer: "#/cause", detail },
    ]);
  }
  return until === undefined || isBefore(until, since) || isBefore(now, until)
    ? refuse("ECO_REQUEST_INVALID", "The incident can't have ended then.", [
        {
          pointer: "#/until",
          detail: `must be RFC 3339, or a local time of the ecosystem, from ${since} to now`,
        },
      ])
    : undefined;
}

const review = define({
  name: "incidents.review",
  summary: "What is learnt from a resolved incident, for everybody whom it concerned.",
  input: {
    ...incidentInput,
    review: required("text", "Why it could happen, and why it took as long."),
    actions: optional("list", "What is done so that it doesn't happen again."),
  },
  events: ["incident.reviewed"],
  async decide(input, context) {
    const stored = await workableIncident(input, context);
    if ("kind" in stored) return stored;
    if (stored.value.status !== "resolved")
      return refuse("ECO_STATE_TRANSITION", `${stored.id} is ${stored.value.status}, not resolved yet.`);
    if (stored.value["review"] !== undefined)
      return refuse("ECO_STATE_TRANSITION", `${stored.id} is reviewed already.`);
    const incident: IncidentRecord = {
      ...stored.value,
      review: text(input, "review"),
      ...(input["actions"] === undefined ? {} : { actions: textsOf(listAt(input, "actions")) }),
      reviewedAt: context.now,
    };
    return moved("reviewed", incident, stored.version, context);
  },
});

export const moving: readonly Capability[] = [acknowledge, update, handOver, resolve, review];
