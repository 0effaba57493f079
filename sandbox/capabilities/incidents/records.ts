import type { JsonObject, RecordWrite, StoredRecord } from "../../store/store.ts";
import { isOrchestrator, maySee } from "../access.ts";
import type { DecisionContext, DomainEvent, Refusal } from "../capability.ts";
import { pick, refuse } from "../define.ts";
import { collections, partyKey } from "../records.ts";
import { finderOf } from "../visible.ts";

export type IncidentStatus = "open" | "acknowledged" | "resolved";

/** `incidents/INCIDENTID`: something went wrong that concerns more than one company. */
export interface IncidentRecord extends JsonObject {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly status: IncidentStatus;
  readonly reportedBy: string;
  /** To whom it belongs: who acknowledges and resolves it. */
  readonly owner: string;
  /** What is affected; an empty list narrows nothing, and one of the two is not empty. */
  readonly products: readonly string[];
  readonly parties: readonly string[];
  /** When it began to have an effect, and when that ended. */
  readonly since: string;
  readonly until?: string;
  readonly openedAt: string;
  readonly acknowledgeBy?: string;
  readonly resolveBy?: string;
  readonly reviewBy?: string;
  readonly acknowledgedAt?: string;
  readonly resolvedAt?: string;
  readonly cause?: string;
  /** Deadlines that it missed. */
  readonly overdue: readonly Deadline[];
  readonly updates: readonly { readonly at: string; readonly by: string; readonly note: string }[];
  /** Everybody that it concerns, as far as is known: who may see it, and is told. */
  readonly affected: readonly string[];
  /** The last delivery that was looked at for who is affected; never shown. */
  readonly lookedUpTo: number;
}

export type Deadline = "acknowledge" | "resolve" | "review";
export type StoredIncident = StoredRecord<IncidentRecord>;

/** Whom else it affects is shown to those who deal with it; others see themselves. */
export function viewIncident(incident: IncidentRecord, context: DecisionContext): JsonObject {
  const { lookedUpTo: _looked, ...view } = incident;
  if (maySee(context, [incident.owner, incident.reportedBy])) return view;
  return { ...view, affected: view.affected.filter((party) => party === context.caller?.party) };
}

/** Who may see it: whom it affects, who reported it and to whom it belongs. */
export const incidentParties = ({ affected, reportedBy, owner }: IncidentRecord): string[] => [
  ...new Set([reportedBy, owner, ...affected]),
];

/** Keys under which the incidents that may touch a delivery are found. */
export const scopeKeys = (products: readonly string[], parties: readonly string[]): string[] => [
  ...products.map((product) => `product:${product}`),
  ...parties.map((party) => `hit:${party}`),
];

export function incidentWrite(incident: IncidentRecord, expectedVersion: number): RecordWrite {
  const { products, parties } = incident;
  return {
    collection: collections.incidents,
    id: incident.id,
    value: incident,
    expectedVersion,
    keys: [...incidentParties(incident).map(partyKey), ...scopeKeys(products, parties)],
  };
}

export function incidentEvent(
  name: string,
  incident: IncidentRecord,
  { catalog }: DecisionContext,
  more: JsonObject = {},
): DomainEvent {
  return {
    name: `incident.${name}`,
    subject: incident.id,
    audience: [...new Set([...incidentParties(incident), catalog.ecosystem.orchestrator])],
    data: {
      incidentId: incident.id,
      ...pick(incident, SHOWN_IN_EVENTS),
      ...more,
    },
  };
}

const SHOWN_IN_EVENTS = [
  "title",
  "severity",
  "status",
  "reportedBy",
  "owner",
  "products",
  "parties",
  "since",
  "until",
  "acknowledgeBy",
  "resolveBy",
  "cause",
];

export const visibleIncident = finderOf<IncidentRecord>({
  collection: collections.incidents,
  what: "incident",
  field: "incidentId",
  parties: incidentParties,
});

/** An incident that the caller may move on: it belongs to it, or the caller runs the ecosystem. @param others who may too */
export async function workableIncident(
  input: JsonObject,
  context: DecisionContext,
  others: (incident: IncidentRecord) => readonly string[] = () => [],
): Promise<StoredIncident | Refusal> {
  const stored = await visibleIncident(input, context);
  if ("kind" in stored) return stored;
  const { caller, catalog } = context;
  const mayMove = [stored.value.owner, ...others(stored.value)].includes(caller?.party ?? "");
  return mayMove || isOrchestrator(catalog, caller)
    ? stored
    : refuse("ECO_FORBIDDEN", `${stored.id} is with ${stored.value.owner}.`);
}

export const refuseResolved = ({ id, value }: StoredIncident): Refusal | undefined =>
  value.status === "resolved" ? refuse("ECO_STATE_TRANSITION", `${id} is resolved.`) : undefined;
