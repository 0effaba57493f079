import type { JsonObject, RecordWrite } from "../store/store.ts";
import { isOrchestrator, maySee, ownKey } from "./access.ts";
import type { Capability, DecisionContext, DomainEvent } from "./capability.ts";
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
import { collections, partyKey } from "./records.ts";
import { plusDuration } from "./time.ts";

/** `certifications/CERTIFICATIONID` */
export interface CertificationRecord extends JsonObject {
  readonly id: string;
  readonly party: string;
  readonly status: "submitted" | "issued" | "refused" | "suspended" | "revoked";
  readonly submittedAt: string;
}

function viewCertification(certification: CertificationRecord): JsonObject {
  const { report: _report, ...view } = certification;
  return view;
}

const certificationWrite = (certification: CertificationRecord, expectedVersion: number): RecordWrite => ({
  collection: collections.certifications,
  id: certification.id,
  value: certification,
  expectedVersion,
  keys: [partyKey(certification.party)],
});

/** To the party and to the orchestrator. */
function certificationEvent(
  name: string,
  certification: CertificationRecord,
  { catalog }: DecisionContext,
): DomainEvent {
  const { id, party } = certification;
  return {
    name: `certification.${name}`,
    subject: id,
    audience: [...new Set([party, catalog.ecosystem.orchestrator])],
    data: { certificationId: id, party, ...pick(certification, ["level", "status", "expiresAt"]) },
  };
}

const submit = define({
  name: "certifications.submit",
  summary: "Asks the orchestrator to certify an integration; the sandbox chooses the seed of the run.",
  input: {
    parts: required("list", "In what: client, provider, receiver, journeys, money, governance."),
    level: required("text", "How much is to be proved."),
    build: optional("text", "Which build is tested."),
    targetUrl: optional("text", "Where the partner's own API answers."),
    report: optional("object", "The report of a self-test; kept, and not what is judged."),
  },
  events: ["certification.submitted"],
  async decide(input, context) {
    const party = context.caller?.party ?? "";
    const certification: CertificationRecord = {
      ...pick(input, ["level", "build", "targetUrl", "report"]),
      parts: listAt(input, "parts"),
      id: context.newId("crt"),
      party,
      status: "submitted",
      seed: context.newId("seed"),
      submittedAt: context.now,
    };
    return answer(viewCertification(certification), {
      status: 201,
      writes: [certificationWrite(certification, 0)],
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

const get = define({
  name: "certifications.get",
  summary: "A certification and, once issued, its certificate.",
  input: { certificationId: required("text", "The certification.") },
  async decide(input, context) {
    const id = text(input, "certificationId");
    const stored = await context.read.get<CertificationRecord>(collections.certifications, id);
    return stored === undefined || !maySee(context, [stored.value.party])
      ? notFound("certification", id)
      : answer(viewCertification(stored.value));
  },
});

const review = define({
  name: "certifications.review",
  summary: "The orchestrator issues or refuses what was submitted; nobody reviews its own.",
  input: {
    certificationId: required("text", "The certification."),
    decision: required("text", "`issued` or `refused`."),
    reason: required("text", "Why."),
  },
  events: ["certification.issued"],
  async decide(input, context) {
    const { catalog, caller, now } = context;
    const id = text(input, "certificationId");
    const stored = await context.read.get<CertificationRecord>(collections.certifications, id);
    if (stored === undefined || !maySee(context, [stored.value.party])) return notFound("certification", id);
    const { party, status: former } = stored.value;
    if (!isOrchestrator(catalog, caller) || caller?.party === party) {
      return refuse("ECO_FORBIDDEN", "A certification is reviewed by the orchestrator, and never its own.");
    }
    if (former !== "submitted") {
      return refuse("ECO_STATE_TRANSITION", `The certification ${id} is ${former} already.`);
    }
    const decision = text(input, "decision");
    if (decision !== "issued" && decision !== "refused") {
      return refuse("ECO_REQUEST_INVALID", "The certification can't be decided so.", [
        { pointer: "#/decision", detail: "must be issued or refused" },
      ]);
    }
    const expiresAt = plusDuration(now, certificationValidity(catalog), catalog.ecosystem.timeZone);
    const decided: CertificationRecord = {
      ...stored.value,
      ...pick(input, ["reason"]),
      status: decision,
      ...(decision === "issued" ? { issuedAt: now, ...(expiresAt === undefined ? {} : { expiresAt }) } : {}),
    };
    return answer(viewCertification(decided), {
      writes: [certificationWrite(decided, stored.version)],
      events: decision === "issued" ? [certificationEvent("issued", decided, context)] : [],
    });
  },
});

export const certificationCapabilities: readonly Capability[] = [submit, list, get, review];
