import type { JsonObject } from "../store/store.ts";
import { maySee, ownKey } from "./access.ts";
import type { Capability } from "./capability.ts";
import {
  answer,
  define,
  listAt,
  notFound,
  optional,
  optionalText,
  pageFields,
  pick,
  required,
  text,
} from "./define.ts";
import { listPage } from "./page.ts";
import { collections, partyKey } from "./records.ts";

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
      writes: [
        {
          collection: collections.certifications,
          id: certification.id,
          value: certification,
          expectedVersion: 0,
          keys: [partyKey(party)],
        },
      ],
      events: [
        {
          name: "certification.submitted",
          subject: certification.id,
          audience: [...new Set([party, context.catalog.ecosystem.orchestrator])],
          data: {
            certificationId: certification.id,
            party,
            level: text(input, "level"),
            status: certification.status,
          },
        },
      ],
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

export const certificationCapabilities: readonly Capability[] = [submit, list, get];
