import { textsOf } from "../../../specs/engine/catalog/untyped.ts";
import type { JsonObject } from "../../store/store.ts";
import { ownKey } from "../access.ts";
import type { Answer, Capability, DecisionContext, FieldProblem, Refusal } from "../capability.ts";
import {
  answer,
  define,
  listAt,
  optional,
  optionalText,
  pageFields,
  refuse,
  required,
  text,
} from "../define.ts";
import { visibleDelivery } from "../deliveries/deliveries.ts";
import { ratingOf } from "../deliveries/rating-of.ts";
import { incidentRules, type Severity } from "../manifest.ts";
import { listPage } from "../page.ts";
import { findParty, takesPart } from "../parties/records.ts";
import { collections } from "../records.ts";
import { isBefore, toUtc } from "../time.ts";
import { deadlineAfter, timerWrites } from "./deadlines.ts";
import {
  type IncidentRecord,
  incidentEvent,
  incidentWrite,
  viewIncident,
  visibleIncident,
} from "./records.ts";
import { affectedBy, isHit } from "./scope.ts";

export const incidentInput = { incidentId: required("text", "The incident.") };

export const scopeFields = {
  products: optional("list", "Products that are affected; all of the parties' where left out."),
  parties: optional("list", "Parties whose services are affected; everybody's where left out."),
};

/** The incident as it stands now, written with its deadlines and told to whom it concerns. */
export async function moved(
  name: string,
  incident: IncidentRecord,
  version: number,
  context: DecisionContext,
  more: JsonObject = {},
): Promise<Answer> {
  return answer(viewIncident(incident, context), {
    writes: [incidentWrite(incident, version), ...(await timerWrites(incident, context))],
    events: [incidentEvent(name, incident, context, more)],
  });
}

const open = define({
  name: "incidents.open",
  summary:
    "A party reports that something went wrong which concerns others too; whom it concerns is worked out and told.",
  input: {
    title: required("text", "What is wrong, in a few words."),
    severity: required("text", "One of the ecosystem's severities."),
    ...scopeFields,
    since: optional("text", "When it began to have an effect; now where left out."),
    owner: optional("text", "To whom it belongs; where left out the one party named, else the orchestrator."),
    note: optional("text", "What is known so far."),
  },
  events: ["incident.opened"],
  async decide(input, context) {
    const { caller, catalog, now } = context;
    const severity = severityIn(input, context);
    if ("kind" in severity) return severity;
    const reportedBy = caller?.party ?? "";
    const [products, parties] = [textsOf(listAt(input, "products")), textsOf(listAt(input, "parties"))];
    const owner =
      optionalText(input, "owner") ??
      (parties.length === 1 ? parties[0] : undefined) ??
      catalog.ecosystem.orchestrator;
    const refused = await refuseScope({ products, parties, owner }, context);
    if (refused !== undefined) return refused;
    const since = toUtc(optionalText(input, "since") ?? now, catalog.ecosystem.timeZone);
    if (since === undefined || isBefore(now, since)) {
      return refuse("ECO_REQUEST_INVALID", "An incident has begun when it is reported.", [
        {
          pointer: "#/since",
          detail: "must be RFC 3339, or a local time of the ecosystem, and not in the future",
        },
      ]);
    }
    const note = optionalText(input, "note");
    const reported = {
      id: context.newId("inc"),
      title: text(input, "title"),
      severity: severity.id,
      status: "open",
      reportedBy,
      owner,
      products,
      parties,
      since,
      openedAt: now,
      ...deadlinesOf(severity, now, context),
      overdue: [],
      updates: note === undefined ? [] : [{ at: now, by: reportedBy, note }],
      affected: [],
      lookedUpTo: 0,
    } as const;
    const incident: IncidentRecord = { ...reported, ...(await affectedBy(reported, context)) };
    return { ...(await moved("opened", incident, 0, context)), status: 201 };
  },
});

export function severityIn(input: JsonObject, { catalog }: DecisionContext): Severity | Refusal {
  const { severities } = incidentRules(catalog);
  const named = text(input, "severity");
  const severity = severities.find(({ id }) => id === named);
  if (severity !== undefined) return severity;
  const detail =
    severities.length === 0
      ? "the ecosystem's manifest declares none: it needs `incidents.severities`"
      : `must be one of ${severities.map(({ id }) => id).join(", ")}`;
  return refuse("ECO_REQUEST_INVALID", `There is no severity ${JSON.stringify(named)}.`, [
    { pointer: "#/severity", detail },
  ]);
}

/** Counted from when it was reported: what nobody knew of, nobody could have acknowledged. */
export function deadlinesOf(severity: Severity, openedAt: string, context: DecisionContext) {
  const acknowledgeBy = deadlineAfter(openedAt, severity.acknowledgeWithin, context);
  const resolveBy = deadlineAfter(openedAt, severity.resolveWithin, context);
  return {
    ...(acknowledgeBy === undefined ? {} : { acknowledgeBy }),
    ...(resolveBy === undefined ? {} : { resolveBy }),
  };
}

export async function refuseScope(
  { products, parties, owner }: Pick<IncidentRecord, "products" | "parties"> & { readonly owner?: string },
  { catalog, read }: DecisionContext,
): Promise<Refusal | undefined> {
  const errors: FieldProblem[] = [];
  if (products.length + parties.length === 0)
    errors.push({ pointer: "#/products", detail: "name the products or the parties that are affected" });
  const rating = ratingOf(catalog);
  if (!("kind" in rating))
    for (const [index, product] of products.entries())
      if (rating.describe(product) === undefined)
        errors.push({
          pointer: `#/products/${index}`,
          detail: `must be one of ${rating.products.join(", ")}`,
        });
  for (const [index, party] of parties.entries())
    if ((await findParty(read, party)) === undefined)
      errors.push({ pointer: `#/parties/${index}`, detail: "is not a party of this ecosystem" });
  const holder = owner === undefined ? undefined : await findParty(read, owner);
  if (owner !== undefined && (holder === undefined || !takesPart(holder.value)))
    errors.push({ pointer: "#/owner", detail: `${owner} takes no part in this ecosystem` });
  return errors.length === 0
    ? undefined
    : refuse("ECO_REQUEST_INVALID", "It can't be told whom this concerns.", errors);
}

const list = define({
  name: "incidents.list",
  summary: "The incidents that concern the caller.",
  input: {
    ...pageFields,
    status: optional("text", "Only those that stand so."),
    severity: optional("text", "Only those of this severity."),
    owner: optional("text", "Only those of this party."),
    deliveryId: optional("text", "Only those into which this delivery fell."),
  },
  async decide(input, context) {
    const about = optionalText(input, "deliveryId");
    const delivery = about === undefined ? undefined : await visibleDelivery(input, context);
    if (delivery !== undefined && "kind" in delivery) return delivery;
    return listPage<IncidentRecord>({
      context,
      input,
      collection: collections.incidents,
      key: ownKey(context),
      filters: ["status", "severity", "owner"],
      keep: (incident) => delivery === undefined || isHit(incident, delivery.value),
      view: (incident) => viewIncident(incident, context),
    });
  },
});

const get = define({
  name: "incidents.get",
  summary: "An incident with its deadlines, its updates and, once resolved, its cause and review.",
  input: incidentInput,
  async decide(input, context) {
    const stored = await visibleIncident(input, context);
    return "kind" in stored ? stored : answer(viewIncident(stored.value, context));
  },
});

export const reporting: readonly Capability[] = [open, list, get];
