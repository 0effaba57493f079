import { ownKey } from "../access.ts";
import type { Capability } from "../capability.ts";
import { answer, define, listAt, notFound, optional, pageFields, pick, required, text } from "../define.ts";
import { listPage } from "../page.ts";
import { refuseLeaver } from "../parties/records.ts";
import { collections } from "../records.ts";
import { jobOf, notDriven, refuseEndpoint } from "./jobs.ts";
import {
  type CertificationRecord,
  type CertificationRunRecord,
  certificationEvent,
  certificationWrite,
  viewCertification,
} from "./records.ts";
import { certificationInput, visibleCertification } from "./review.ts";
import { isObserved, openWindow } from "./windows.ts";

const submit = define({
  name: "certifications.submit",
  summary: "Asks the orchestrator to certify an integration; the sandbox chooses the seed of the run.",
  input: {
    parts: required("list", "In what: client, provider, receiver, journeys, money, governance."),
    level: required("text", "How much is to be proved."),
    build: optional("text", "Which build is tested."),
    submittedBy: optional("text", "Which person submits it; it is reviewed by others."),
    targetUrl: optional("text", "Where the partner's own API answers."),
    credentials: optional("object", "Tokens of that API: `{token, expiredToken, limitedToken, otherToken}`."),
    endpointId: optional("text", "The webhook endpoint that is tested as the receiver."),
    manifest: optional("object", "What the partner implements."),
    report: optional("object", "The report of a self-test; kept, and not what is judged."),
  },
  events: ["certification.submitted"],
  async decide(input, context) {
    const refused =
      (await refuseLeaver(context, "is certified for nothing more")) ??
      (await refuseEndpoint(input, context));
    if (refused !== undefined) return refused;
    const lacking = notDriven(input);
    const driven = lacking.length === 0;
    const id = context.newId("crt");
    const window = driven && isObserved(input) ? await openWindow(id, context) : undefined;
    if (window?.kind === "refused") return window;
    const certification: CertificationRecord = {
      ...pick(input, ["build", "report", "submittedBy"]),
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
  decide: (input, context) =>
    listPage<CertificationRecord>({
      context,
      input,
      collection: collections.certifications,
      key: ownKey(context),
      filters: ["status"],
      view: viewCertification,
    }),
});

const get = define({
  name: "certifications.get",
  summary: "A certification and, once issued, its certificate.",
  input: certificationInput,
  async decide(input, context) {
    const stored = await visibleCertification(input, context);
    return "kind" in stored ? stored : answer(viewCertification(stored.value));
  },
});

const run = define({
  name: "certifications.run",
  summary: "The evidence: the report of the run that the sandbox drove.",
  input: certificationInput,
  async decide(input, context) {
    const stored = await visibleCertification(input, context);
    if ("kind" in stored) return stored;
    const kept = await context.read.get<CertificationRunRecord>(collections.certificationRuns, stored.id);
    return kept === undefined ? notFound("run of the certification", stored.id) : answer(kept.value);
  },
});

export const certificationCapabilities: readonly Capability[] = [submit, list, get, run];
