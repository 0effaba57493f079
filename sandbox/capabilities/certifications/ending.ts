import { OverlayReader } from "../../store/overlay.ts";
import type { StoredRecord } from "../../store/store.ts";
import type { DecisionContext } from "../capability.ts";
import { type Changes, joinChanges } from "../changes.ts";
import { everyRecord } from "../page.ts";
import { collections, partyKey } from "../records.ts";
import { standingWrites } from "./certificate-issuing.ts";
import { endJob } from "./jobs.ts";
import { type CertificationRecord, certificationEvent, certificationWrite } from "./records.ts";
import { lapse } from "./watch.ts";

/** Ends all certifications of a party: what counts lapses, what is asked for is refused, runs that wait are given up. */
export async function endCertifications(
  party: string,
  reason: string,
  context: DecisionContext,
): Promise<Changes> {
  // All of them change the one list that says which certificates count.
  const read = new OverlayReader(context.read);
  const parts: Changes[] = [];
  const all = everyRecord<CertificationRecord>(context.read, collections.certifications, partyKey(party));
  for (const stored of await Array.fromAsync(all)) {
    const changes = await endCertification(stored, reason, { ...context, read });
    if (changes === undefined) continue;
    read.add(changes);
    parts.push(changes);
  }
  return joinChanges(...parts);
}

async function endCertification(
  { value, version }: StoredRecord<CertificationRecord>,
  reason: string,
  context: DecisionContext,
): Promise<Changes | undefined> {
  if (value.status === "issued" || value.status === "suspended") {
    const { certification, events } = lapse(value, reason, context);
    const listed = await standingWrites(certification, certification.status, context);
    return joinChanges({ writes: [certificationWrite(certification, version), ...listed], events });
  }
  if (value.status !== "submitted") return undefined;
  const refused: CertificationRecord = { ...value, status: "refused", reason, endedAt: context.now };
  const writes = [certificationWrite(refused, version), ...(await endJob(refused, context))];
  return joinChanges({ writes, events: [certificationEvent("refused", refused, context, { reason })] });
}
