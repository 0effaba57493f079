import type { JsonObject, RecordWrite } from "../../store/store.ts";
import { isOrchestrator } from "../access.ts";
import type { Answer, Capability, Decision, DecisionContext } from "../capability.ts";
import { answer, define, listAt, notFound, refuse, required, text } from "../define.ts";
import { observationLength } from "../manifest.ts";
import { collections } from "../records.ts";
import { plusDuration } from "../time.ts";
import {
  type CertificationJob,
  type CertificationRecord,
  type CertificationWindow,
  certificationWrite,
  viewCertification,
} from "./records.ts";

/** Parts that are seen in what the party's own client does. */
const OBSERVED_PARTS = ["client", "money", "journeys"];
const CLOSE_TIMER = "certifications.observation-closes";

export const isObserved = (input: JsonObject): boolean =>
  listAt(input, "parts").some((part) => OBSERVED_PARTS.includes(String(part)));

/** Opens the window in which the party's client is watched. A party has one at a time. */
export async function openWindow(
  certificationId: string,
  { read, catalog, caller, now }: DecisionContext,
): Promise<
  | { readonly kind: "opened"; readonly closesAt: string; readonly writes: readonly RecordWrite[] }
  | Extract<Decision, { kind: "refused" }>
> {
  const party = caller?.party ?? "";
  const open = await read.get<CertificationWindow>(collections.certificationWindows, party);
  if (open !== undefined) {
    const { certificationId: other, closesAt } = open.value;
    return refuse(
      "ECO_CERTIFICATION_OBSERVED",
      `Your client is being observed for ${other} until ${closesAt}: one at a time.`,
    );
  }
  const closesAt = plusDuration(now, observationLength(catalog), catalog.ecosystem.timeZone);
  if (closesAt === undefined) {
    return refuse(
      "ECO_UNSATISFIABLE",
      "The manifest's participation.certification.observeFor is no duration.",
    );
  }
  const window: CertificationWindow = { certificationId, party, opensAt: now, closesAt };
  const timer = { dueAt: closesAt, capability: CLOSE_TIMER, input: { certificationId } };
  return {
    kind: "opened",
    closesAt,
    writes: [
      { collection: collections.certificationWindows, id: party, value: window, expectedVersion: 0 },
      { collection: collections.timers, id: timerId(certificationId), value: timer, expectedVersion: 0 },
    ],
  };
}

const timerId = (certificationId: string): string => `${certificationId}/observation`;

/** What takes a window away; nothing where another certification's is open, or none. */
export async function closeWindow(
  { id, party }: Pick<CertificationRecord, "id" | "party">,
  { read }: Pick<DecisionContext, "read">,
): Promise<RecordWrite[]> {
  const window = await read.get<CertificationWindow>(collections.certificationWindows, party);
  const timer = await read.get(collections.timers, timerId(id));
  return [window?.value.certificationId === id ? window : undefined, timer]
    .filter((record) => record !== undefined)
    .map((record) => ({
      collection: record.collection,
      id: record.id,
      value: null,
      expectedVersion: record.version,
    }));
}

/** Closes the window of a certification: its run can begin. Undefined where none is open. */
async function endObservation(
  certificationId: string,
  context: DecisionContext,
): Promise<Answer | undefined> {
  const { read } = context;
  const certification = await read.get<CertificationRecord>(collections.certifications, certificationId);
  const job = await read.get<CertificationJob>(collections.certificationJobs, certificationId);
  if (certification === undefined || job?.value.observation !== "open") return undefined;
  const observation = certification.value["observation"];
  const ended: CertificationRecord = {
    ...certification.value,
    evidence: "waiting",
    observation: { ...(typeof observation === "object" ? observation : {}), closedAt: context.now },
  };
  return answer(viewCertification(ended), {
    writes: [
      certificationWrite(ended, certification.version),
      {
        collection: job.collection,
        id: job.id,
        value: { ...job.value, observation: "closed" },
        expectedVersion: job.version,
      },
      ...(await closeWindow(ended, context)),
    ],
  });
}

const end = define({
  name: "certifications.end-observation",
  summary: "The party's client has shown what it does: the window closes, and the run begins.",
  input: { certificationId: required("text", "The certification.") },
  async decide(input, context) {
    const id = text(input, "certificationId");
    const stored = await context.read.get<CertificationRecord>(collections.certifications, id);
    const { caller, catalog } = context;
    const may = caller?.party === stored?.value.party || isOrchestrator(catalog, caller);
    if (stored === undefined || !may) return notFound("certification", id);
    return (
      (await endObservation(id, context)) ??
      refuse("ECO_STATE_TRANSITION", `No client is being observed for ${id}: it is ${stored.value.evidence}.`)
    );
  },
});

/** Called by the virtual clock. */
const closes = define({
  name: CLOSE_TIMER,
  summary: "The time in which a party's client is observed is over.",
  input: { certificationId: required("text", "The certification.") },
  async decide(input, context) {
    return (await endObservation(text(input, "certificationId"), context)) ?? answer({});
  },
});

export const certificationWindows: readonly Capability[] = [end, closes];
