import type { RecordWrite } from "../../store/store.ts";
import type { Capability, DecisionContext } from "../capability.ts";
import { answer, define, required, text } from "../define.ts";
import { collections } from "../records.ts";
import { plusDuration } from "../time.ts";
import { type Deadline, type IncidentRecord, incidentEvent, incidentWrite } from "./records.ts";

const DEADLINE_TIMER = "incidents.deadline";
const timerId = (incidentId: string, deadline: Deadline): string => `${incidentId}/${deadline}`;

/** Which field of an incident holds a deadline. */
const DUE = { acknowledge: "acknowledgeBy", resolve: "resolveBy", review: "reviewBy" } as const;

/** A deadline after an instant; nothing where the manifest sets none. */
export function deadlineAfter(
  from: string,
  within: string | undefined,
  { catalog }: DecisionContext,
): string | undefined {
  return within === undefined ? undefined : plusDuration(from, within, catalog.ecosystem.timeZone);
}

/** Whether an incident still waits for what a deadline is about. */
const isPending = (incident: IncidentRecord, deadline: Deadline): boolean =>
  deadline === "acknowledge"
    ? incident.status === "open"
    : deadline === "resolve"
      ? incident.status !== "resolved"
      : incident["review"] === undefined;

/** Sets the timers of an incident as its deadlines stand: those that it waits for, anew where they moved; the others go. */
export async function timerWrites(
  incident: IncidentRecord,
  { read }: DecisionContext,
): Promise<RecordWrite[]> {
  const writes: RecordWrite[] = [];
  for (const deadline of Object.keys(DUE) as Deadline[]) {
    const id = timerId(incident.id, deadline);
    const known = await read.get(collections.timers, id);
    const dueAt = incident[DUE[deadline]];
    const wanted = isPending(incident, deadline) && !incident.overdue.includes(deadline) ? dueAt : undefined;
    if (wanted === known?.value["dueAt"]) continue;
    const input = { incidentId: incident.id, deadline };
    writes.push({
      collection: collections.timers,
      id,
      value: wanted === undefined ? null : { dueAt: wanted, capability: DEADLINE_TIMER, input },
      expectedVersion: known?.version ?? 0,
    });
  }
  return writes;
}

/** Called by the virtual clock: nobody has done what was due. Whom it concerns is told, once. */
const missDeadline = define({
  name: DEADLINE_TIMER,
  summary: "A deadline of an incident is over.",
  input: { incidentId: required("text", "The incident."), deadline: required("text", "Which deadline.") },
  events: ["incident.overdue"],
  async decide(input, context) {
    const id = text(input, "incidentId");
    const deadline = text(input, "deadline") as Deadline;
    const stored = await context.read.get<IncidentRecord>(collections.incidents, id);
    if (stored === undefined || !isPending(stored.value, deadline)) return answer({});
    const overdue: IncidentRecord = { ...stored.value, overdue: [...stored.value.overdue, deadline] };
    return answer(
      {},
      {
        writes: [incidentWrite(overdue, stored.version)],
        events: [incidentEvent("overdue", overdue, context, { deadline })],
      },
    );
  },
});

export const incidentTimers: readonly Capability[] = [missDeadline];
