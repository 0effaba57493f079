import type { JsonObject, StoredRecord } from "../store/store.ts";
import { isOrchestrator, maySee, ownKey } from "./access.ts";
import type { Capability, DecisionContext, Refusal } from "./capability.ts";
import { signCertificate, standingWrites } from "./certificate-issuing.ts";
import { endJob, jobOf, notDriven, refuseEndpoint } from "./certification-jobs.ts";
import {
  type CertificationRecord,
  type CertificationRunRecord,
  certificationEvent,
  certificationWrite,
  viewCertification,
} from "./certification-records.ts";
import { isObserved, openWindow } from "./certification-windows.ts";
import {
  answer,
  define,
  listAt,
  notFound,
  optional,
  optionalText,
  pageFields,
  pick,
  refuse,
  required,
  text,
} from "./define.ts";
import { certificationValidity } from "./manifest.ts";
import { listPage } from "./page.ts";
import { collections } from "./records.ts";
import { plusDuration } from "./time.ts";

const submit = define({
  name: "certifications.submit",
  summary: "Asks the orchestrator to certify an integration; the sandbox chooses the seed of the run.",
  input: {
    parts: required("list", "In what: client, provider, receiver, journeys, money, governance."),
    level: required("text", "How much is to be proved."),
    build: optional("text", "Which build is tested."),
    targetUrl: optional("text", "Where the partner's own API answers."),
    credentials: optional("object", "Tokens of that API: `{token, expiredToken, limitedToken, otherToken}`."),
    endpointId: optional("text", "The webhook endpoint that is tested as the receiver."),
    manifest: optional("object", "What the partner implements."),
    report: optional("object", "The report of a self-test; kept, and not what is judged."),
  },
  events: ["certification.submitted"],
  async decide(input, context) {
    const refused = await refuseEndpoint(input, context);
    if (refused !== undefined) return refused;
    const lacking = notDriven(input);
    const driven = lacking.length === 0;
    const id = context.newId("crt");
    const window = driven && isObserved(input) ? await openWindow(id, context) : undefined;
    if (window?.kind === "refused") return window;
    const certification: CertificationRecord = {
      ...pick(input, ["build", "report"]),
      id,
      party: context.caller?.party ?? "",
      parts: listAt(input, "parts"),
      level: text(input, "level"),
      status: "submitted",
      evidence: window === undefined ? (driven ? "waiting" : "none") : "observing",
      proven: false,
      ...(driven ? {} : { notDriven: lacking }),
      ...(window === undefined ? {} : { observation: { opensAt: context.now, closesAt: window.closesAt } }),
      submittedAt: context.now,
    };
    const job = { collection: collections.certificationJobs, id, expectedVersion: 0 };
    return answer(viewCertification(certification), {
      status: 201,
      writes: [
        certificationWrite(certification, 0),
        ...(driven ? [{ ...job, value: jobOf(input, id, context) }] : []),
        ...(window?.writes ?? []),
      ],
      events: [certificationEvent("submitted", certification, context)],
    });
  },
});

const list = define({
  name: "certifications.list",
  summary: "The certifications of the caller; those who oversee see all.",
  input: { ...pageFields, status: optional("text", "Only those that stand so.") },
  decide(input, context) {
    const status = optionalText(input, "status");
    return listPage<CertificationRecord>({
      read: context.read,
      input,
      collection: collections.certifications,
      key: ownKey(context),
      keep: (certification) => status === undefined || certification.status === status,
      view: viewCertification,
    });
  },
});

const certificationInput = { certificationId: required("text", "The certification.") };

async function visible(
  input: JsonObject,
  context: DecisionContext,
): Promise<StoredRecord<CertificationRecord> | Refusal> {
  const id = text(input, "certificationId");
  const stored = await context.read.get<CertificationRecord>(collections.certifications, id);
  return stored === undefined || !maySee(context, [stored.value.party])
    ? notFound("certification", id)
    : stored;
}

const get = define({
  name: "certifications.get",
  summary: "A certification and, once issued, its certificate.",
  input: certificationInput,
  async decide(input, context) {
    const stored = await visible(input, context);
    return "kind" in stored ? stored : answer(viewCertification(stored.value));
  },
});

const run = define({
  name: "certifications.run",
  summary: "The evidence: the report of the run that the sandbox drove.",
  input: certificationInput,
  async decide(input, context) {
    const stored = await visible(input, context);
    if ("kind" in stored) return stored;
    const kept = await context.read.get<CertificationRunRecord>(collections.certificationRuns, stored.id);
    return kept === undefined ? notFound("run of the certification", stored.id) : answer(kept.value);
  },
});

/** The certification, for the one who may decide on it: the orchestrator, and never on its own. */
async function underDecision(
  input: JsonObject,
  context: DecisionContext,
): Promise<StoredRecord<CertificationRecord> | Refusal> {
  const stored = await visible(input, context);
  if ("kind" in stored) return stored;
  const { catalog, caller } = context;
  if (isOrchestrator(catalog, caller) && caller?.party !== stored.value.party) return stored;
  return refuse("ECO_FORBIDDEN", "A certification is reviewed by the orchestrator, and never its own.");
}

const review = define({
  name: "certifications.review",
  summary: "The orchestrator issues or refuses what was submitted; nobody reviews its own.",
  input: {
    ...certificationInput,
    decision: required("text", "`issued` or `refused`."),
    reason: required("text", "Why."),
  },
  events: ["certification.issued"],
  async decide(input, context) {
    const stored = await underDecision(input, context);
    if ("kind" in stored) return stored;
    const { id, status: former } = stored.value;
    if (former !== "submitted") {
      return refuse("ECO_STATE_TRANSITION", `The certification ${id} is ${former} already.`);
    }
    const decision = text(input, "decision");
    if (decision === "issued") return issue(stored, text(input, "reason"), context);
    if (decision !== "refused") {
      return refuse("ECO_REQUEST_INVALID", "The certification can't be decided so.", [
        { pointer: "#/decision", detail: "must be issued or refused" },
      ]);
    }
    const refused: CertificationRecord = {
      ...stored.value,
      status: "refused",
      reason: text(input, "reason"),
    };
    return answer(viewCertification(refused), {
      writes: [certificationWrite(refused, stored.version), ...(await endJob(refused, context))],
    });
  },
});

/** A proven run gives a signed certificate; the judgement of the orchestrator alone gives none. */
async function issue(
  { value, version }: StoredRecord<CertificationRecord>,
  reason: string,
  context: DecisionContext,
) {
  const { catalog, now } = context;
  if (value.evidence !== "none" && !value.proven) {
    const why = value.evidence === "waiting" ? "has not ended yet" : `${value.evidence} at ${value.level}`;
    return refuse("ECO_CERTIFICATION_UNPROVEN", `The run of ${value.id} ${why}: it can't be issued.`);
  }
  const expiresAt = plusDuration(now, certificationValidity(catalog), catalog.ecosystem.timeZone);
  if (expiresAt === undefined) {
    return refuse("ECO_UNSATISFIABLE", "The manifest's participation.certification.validFor is no duration.");
  }
  const issued: CertificationRecord = { ...value, status: "issued", reason, issuedAt: now, expiresAt };
  const signed = value.proven ? await signCertificate(issued, expiresAt, context) : undefined;
  const { certificate, statusIndex } = signed ?? {};
  const whole: CertificationRecord = {
    ...issued,
    ...(certificate === undefined || statusIndex === undefined ? {} : { certificate, statusIndex }),
  };
  return answer(viewCertification(whole), {
    writes: [certificationWrite(whole, version), ...(signed === undefined ? [] : [signed.write])],
    events: [certificationEvent("issued", whole, context)],
  });
}

/** From where to where a certification may be taken after its review. */
const standings: Readonly<Record<string, readonly string[]>> = {
  issued: ["suspended", "revoked"],
  suspended: ["issued", "revoked"],
};

const setStanding = define({
  name: "certifications.set-standing",
  summary: "The orchestrator suspends, revokes or reinstates what it issued; the status list says so.",
  input: {
    ...certificationInput,
    status: required("text", "`suspended`, `revoked`, or `issued` to reinstate."),
    reason: required("text", "Why."),
  },
  async decide(input, context) {
    const stored = await underDecision(input, context);
    if ("kind" in stored) return stored;
    const [former, status] = [stored.value.status, text(input, "status")];
    if (status !== "issued" && status !== "suspended" && status !== "revoked") {
      return refuse("ECO_REQUEST_INVALID", "A certification can't stand so.", [
        { pointer: "#/status", detail: "must be issued, suspended or revoked" },
      ]);
    }
    if (standings[former]?.includes(status) !== true) {
      return refuse("ECO_STATE_TRANSITION", `${stored.id} is ${former}: it can't become ${status}.`);
    }
    const changed: CertificationRecord = { ...stored.value, status, reason: text(input, "reason") };
    return answer(viewCertification(changed), {
      writes: [
        certificationWrite(changed, stored.version),
        ...(await standingWrites(changed, status, context)),
      ],
    });
  },
});

export const certificationCapabilities: readonly Capability[] = [submit, list, get, run, review, setStanding];
