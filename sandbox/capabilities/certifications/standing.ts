import type { RecordWrite } from "../../store/store.ts";
import type { Capability, DecisionContext } from "../capability.ts";
import { answer, define, refuse, required, text } from "../define.ts";
import { reportOf, signCertificate, standingWrites } from "./certificate-issuing.ts";
import {
  type CertificationRecord,
  certificationEvent,
  certificationWrite,
  viewCertification,
} from "./records.ts";
import { certificationInput, underDecision } from "./review.ts";

/** From where to where a certification may be taken after its review. */
const STANDINGS: Readonly<Record<string, readonly string[]>> = {
  issued: ["suspended", "revoked"],
  suspended: ["issued", "revoked"],
};

const EVENT_OF = { issued: "reinstated", suspended: "suspended", revoked: "revoked" } as const;

const setStanding = define({
  name: "certifications.set-standing",
  summary: "The orchestrator suspends, revokes or reinstates what it issued; the status list says so.",
  input: {
    ...certificationInput,
    status: required("text", "`suspended`, `revoked`, or `issued` to reinstate."),
    reason: required("text", "Why."),
  },
  events: ["certification.suspended", "certification.reinstated", "certification.revoked"],
  async decide(input, context) {
    const stored = await underDecision(input, context);
    if ("kind" in stored) return stored;
    const [former, status] = [stored.value.status, text(input, "status")];
    if (status !== "issued" && status !== "suspended" && status !== "revoked") {
      return refuse("ECO_REQUEST_INVALID", "A certification can't stand so.", [
        { pointer: "#/status", detail: "must be issued, suspended or revoked" },
      ]);
    }
    if (STANDINGS[former]?.includes(status) !== true) {
      return refuse("ECO_STATE_TRANSITION", `${stored.id} is ${former}: it can't become ${status}.`);
    }
    const missed = status === "issued" ? missedCondition(stored.value, context) : undefined;
    if (missed !== undefined) {
      return refuse("ECO_STATE_TRANSITION", `${stored.id} can't be reinstated: not met is "${missed}".`);
    }
    const reason = text(input, "reason");
    const ended = status === "revoked" ? { endedAt: context.now } : {};
    const changed: CertificationRecord = { ...stored.value, status, reason, ...ended };
    return answer(viewCertification(changed), {
      writes: [
        certificationWrite(changed, stored.version),
        ...(await standingWrites(changed, status, context)),
      ],
      events: [certificationEvent(EVENT_OF[status], changed, context, { reason })],
    });
  },
});

const missedCondition = (
  { conditions = [] }: CertificationRecord,
  { now }: DecisionContext,
): string | undefined => conditions.find(({ status, until }) => status === "open" && until <= now)?.text;

const meetCondition = define({
  name: "certifications.meet-condition",
  summary: "The orchestrator says that a condition is met; the certificate is issued anew, without it.",
  input: {
    ...certificationInput,
    condition: required("number", "Which one: its place in the list, from 0."),
    reason: required("text", "How it was met."),
  },
  async decide(input, context) {
    const stored = await underDecision(input, context);
    if ("kind" in stored) return stored;
    const { value, version, id } = stored;
    const { conditions = [], status } = value;
    const place = Number(input["condition"]);
    const condition = conditions[place];
    if (condition === undefined) {
      return refuse("ECO_REQUEST_INVALID", `${id} has no such condition.`, [
        { pointer: "#/condition", detail: `must be from 0 to ${conditions.length - 1}` },
      ]);
    }
    if (condition.status === "met" || (status !== "issued" && status !== "suspended")) {
      return refuse("ECO_STATE_TRANSITION", `${id} is ${status}, the condition ${condition.status}.`);
    }
    const met: CertificationRecord = {
      ...value,
      conditions: conditions.with(place, { ...condition, status: "met", metAt: context.now }),
      reason: text(input, "reason"),
    };
    const { certification, writes } = await signedAnew(met, context);
    return answer(viewCertification(certification), {
      writes: [certificationWrite(certification, version), ...writes],
    });
  },
});

/**
 * The same certification with a certificate that says what it says now. The former one keeps its place in the status
 * list, and ends by itself with the condition that it names.
 */
async function signedAnew(
  certification: CertificationRecord,
  context: DecisionContext,
): Promise<{ readonly certification: CertificationRecord; readonly writes: readonly RecordWrite[] }> {
  const { certificate, expiresAt, id } = certification;
  if (certificate === undefined || expiresAt === undefined) return { certification, writes: [] };
  const signed = await signCertificate(certification, expiresAt, await reportOf(id, context), context);
  const { write, ...made } = signed;
  return { certification: { ...certification, ...made }, writes: [write] };
}

export const certificationStandings: readonly Capability[] = [setStanding, meetCondition];
