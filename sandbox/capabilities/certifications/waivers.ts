import { checkDefinitions } from "../../../specs/engine/certification/issuing.ts";
import type { Capability, DecisionContext } from "../capability.ts";
import { answer, define, optional, optionalText, refuse, required, text } from "../define.ts";
import { longestWaiver } from "../manifest.ts";
import { collections } from "../records.ts";
import { plusDuration, toUtc } from "../time.ts";
import {
  type CertificationRecord,
  type CertificationRunRecord,
  type CertificationWaiver,
  certificationEvent,
  certificationWrite,
  viewCertification,
} from "./records.ts";
import { certificationInput, underDecision, visibleCertification } from "./review.ts";
import { judged } from "./verdict.ts";

/** The end of a waiver: an instant in the future, no later than the rules allow; else why it can't be that. */
function endOf(
  until: string,
  { catalog, now }: DecisionContext,
): { readonly until: string } | { readonly detail: string } {
  const { timeZone } = catalog.ecosystem;
  const instant = toUtc(until, timeZone);
  if (instant === undefined || instant <= now) return { detail: "must be an instant in the future" };
  const latest = plusDuration(now, longestWaiver(catalog), timeZone);
  return latest !== undefined && instant > latest
    ? { detail: `must be ${latest} at the latest` }
    : { until: instant };
}

const requestWaiver = define({
  name: "certifications.request-waiver",
  summary: "The party asks that a check need not hold for a while.",
  input: {
    ...certificationInput,
    check: required("text", "The check, by its id."),
    reason: required("text", "Why it can't hold yet."),
    until: required("text", "Until when it need not."),
  },
  events: ["certification.waiver-requested"],
  async decide(input, context) {
    const stored = await visibleCertification(input, context);
    if ("kind" in stored) return stored;
    const { value, version, id } = stored;
    if (value.status !== "submitted") {
      return refuse(
        "ECO_STATE_TRANSITION",
        `${id} is ${value.status}: waivers are asked for before the review.`,
      );
    }
    const check = text(input, "check");
    const known = checkDefinitions(context.catalog);
    if (known.length > 0 && !known.some((one) => one.id === check)) {
      return refuse("ECO_REQUEST_INVALID", "The waiver names no check.", [
        { pointer: "#/check", detail: `no check is called ${check}` },
      ]);
    }
    const end = endOf(text(input, "until"), context);
    if ("detail" in end) {
      return refuse("ECO_REQUEST_INVALID", "The waiver can't last so long.", [
        { pointer: "#/until", detail: end.detail },
      ]);
    }
    const waiver: CertificationWaiver = {
      check,
      reason: text(input, "reason"),
      until: end.until,
      status: "requested",
      requestedAt: context.now,
    };
    const others = (value.waivers ?? []).filter((one) => one.check !== check);
    const changed: CertificationRecord = { ...value, waivers: [...others, waiver] };
    return answer(viewCertification(changed), {
      writes: [certificationWrite(changed, version)],
      events: [certificationEvent("waiver-requested", changed, context, { check, until: end.until })],
    });
  },
});

const decideWaiver = define({
  name: "certifications.decide-waiver",
  summary: "The orchestrator grants or refuses a waiver; what the run proves is judged anew.",
  input: {
    ...certificationInput,
    check: required("text", "The check, by its id."),
    decision: required("text", "`granted` or `refused`."),
    reason: required("text", "Why."),
    until: optional("text", "An earlier end than was asked for."),
  },
  async decide(input, context) {
    const stored = await underDecision(input, context);
    if ("kind" in stored) return stored;
    const { value, version, id } = stored;
    const check = text(input, "check");
    const asked = (value.waivers ?? []).find((one) => one.check === check);
    if (value.status !== "submitted" || asked?.status !== "requested") {
      const how = asked === undefined ? "nobody asked for it" : `it is ${asked.status}`;
      return refuse("ECO_STATE_TRANSITION", `${id} is ${value.status}, and of a waiver of ${check} ${how}.`);
    }
    const decision = text(input, "decision");
    if (decision !== "granted" && decision !== "refused") {
      return refuse("ECO_REQUEST_INVALID", "The waiver can't be decided so.", [
        { pointer: "#/decision", detail: "must be granted or refused" },
      ]);
    }
    const end = endOf(optionalText(input, "until") ?? asked.until, context);
    if ("detail" in end) {
      return refuse("ECO_REQUEST_INVALID", "The waiver can't last so long.", [
        { pointer: "#/until", detail: end.detail },
      ]);
    }
    const until = end.until < asked.until ? end.until : asked.until;
    const status: CertificationWaiver["status"] = decision;
    const waivers = (value.waivers ?? []).map((one) =>
      one.check === check
        ? { ...one, until, status, decidedAt: context.now, because: text(input, "reason") }
        : one,
    );
    const changed = await judgedAnew({ ...value, waivers }, context);
    return answer(viewCertification(changed), { writes: [certificationWrite(changed, version)] });
  },
});

/** The certification as its run proves it with the waivers that it has now; as it is where no run has ended. */
async function judgedAnew(
  certification: CertificationRecord,
  context: DecisionContext,
): Promise<CertificationRecord> {
  const run = await context.read.get<CertificationRunRecord>(collections.certificationRuns, certification.id);
  return run === undefined
    ? certification
    : { ...certification, ...judged(certification, run.value, context) };
}

export const certificationWaivers: readonly Capability[] = [requestWaiver, decideWaiver];
