import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { levelDefinitions, type Report } from "../../../specs/engine/certification/issuing.ts";
import type { JsonObject, StoredRecord } from "../../store/store.ts";
import { isOrchestrator } from "../access.ts";
import type { Answer, Capability, Decision, DecisionContext, FieldProblem, Refusal } from "../capability.ts";
import {
  answer,
  define,
  isObject,
  listAt,
  optional,
  optionalText,
  refuse,
  required,
  text,
} from "../define.ts";
import { certificationValidity } from "../manifest.ts";
import { collections } from "../records.ts";
import { plusDuration, toUtc } from "../time.ts";
import { finderOf } from "../visible.ts";
import { reportOf, signCertificate } from "./certificate-issuing.ts";
import { endJob } from "./jobs.ts";
import {
  type CertificationCondition,
  type CertificationRecord,
  type CertificationReview,
  certificationEvent,
  certificationWrite,
  viewCertification,
} from "./records.ts";
import { watchTimer } from "./watch.ts";

export const certificationInput = { certificationId: required("text", "The certification.") };

export const visibleCertification = finderOf<CertificationRecord>({
  collection: collections.certifications,
  what: "certification",
  field: "certificationId",
  parties: ({ party }) => [party],
});

/** The certification, for the one who may decide on it: the orchestrator, and never on its own. */
export async function underDecision(
  input: JsonObject,
  context: DecisionContext,
): Promise<StoredRecord<CertificationRecord> | Refusal> {
  const stored = await visibleCertification(input, context);
  if ("kind" in stored) return stored;
  const { catalog, caller } = context;
  if (isOrchestrator(catalog, caller) && caller?.party !== stored.value.party) return stored;
  return refuse("ECO_FORBIDDEN", "A certification is reviewed by the orchestrator, and never its own.");
}

/** How many persons have to agree to a level; undefined where its rule doesn't say. */
export const personsFor = (level: string, catalog: Catalog): number | undefined =>
  levelDefinitions(catalog).find(({ id }) => id === level)?.review?.persons;

const review = define({
  name: "certifications.review",
  summary: "The orchestrator issues or refuses what was submitted; nobody reviews its own.",
  input: {
    ...certificationInput,
    decision: required("text", "`issued` or `refused`."),
    reason: required("text", "Why."),
    reviewer: optional("text", "Which person decides; needed where the level asks for persons."),
    conditions: optional("list", "What must be met afterwards, and by when: `{text, until}`."),
  },
  events: ["certification.issued", "certification.refused"],
  async decide(input, context) {
    const stored = await underDecision(input, context);
    if ("kind" in stored) return stored;
    const { id, status: former } = stored.value;
    if (former !== "submitted") {
      return refuse("ECO_STATE_TRANSITION", `The certification ${id} is ${former} already.`);
    }
    const decision = text(input, "decision");
    if (decision !== "issued" && decision !== "refused") {
      return invalid("The certification can't be decided so.", "#/decision", "must be issued or refused");
    }
    const added = addReview(stored.value, input, context);
    if (added.kind === "refused") return added;
    const reviewed = { ...stored, value: added.reviewed };
    return decision === "refused"
      ? refuseCertification(reviewed, text(input, "reason"), context)
      : agree(reviewed, text(input, "reason"), context);
  },
});

const invalid = (detail: string, pointer: string, what: string): Refusal =>
  refuse("ECO_REQUEST_INVALID", detail, [{ pointer, detail: what }]);

const samePerson = (one: string, other: string | undefined): boolean =>
  one.trim().toLowerCase() === other?.trim().toLowerCase();

/** The certification with one review more; four eyes are four eyes of different people. */
function addReview(
  certification: CertificationRecord,
  input: JsonObject,
  context: DecisionContext,
): { readonly kind: "reviewed"; readonly reviewed: CertificationRecord } | Refusal {
  const { level, reviews = [], submittedBy } = certification;
  const reviewer = optionalText(input, "reviewer");
  const persons = personsFor(level, context.catalog) ?? 0;
  if (persons > 0 && reviewer === undefined) {
    const detail = `is required: ${level} is reviewed by ${persons === 1 ? "a person" : `${persons} persons`}`;
    return invalid("The review names nobody.", "#/reviewer", detail);
  }
  if (reviewer !== undefined && samePerson(reviewer, submittedBy)) {
    return refuse("ECO_FOUR_EYES", `${reviewer} submitted ${certification.id}: somebody else decides.`);
  }
  if (reviewer !== undefined && reviews.some((one) => samePerson(reviewer, one.reviewer))) {
    return refuse(
      "ECO_FOUR_EYES",
      `${reviewer} has decided on ${certification.id} already: somebody else is next.`,
    );
  }
  const conditions = readConditions(input, context);
  if ("errors" in conditions)
    return refuse("ECO_REQUEST_INVALID", "A condition can't be set so.", conditions.errors);
  const made: CertificationReview = {
    decision: text(input, "decision"),
    reason: text(input, "reason"),
    at: context.now,
    ...(reviewer === undefined ? {} : { reviewer }),
  };
  const all = [...(certification.conditions ?? []), ...conditions.conditions];
  const reviewed = { ...certification, reviews: [...reviews, made] };
  return { kind: "reviewed", reviewed: all.length === 0 ? reviewed : { ...reviewed, conditions: all } };
}

function readConditions(
  input: JsonObject,
  { catalog, now }: DecisionContext,
): { readonly conditions: CertificationCondition[] } | { readonly errors: FieldProblem[] } {
  const errors: FieldProblem[] = [];
  const conditions = listAt(input, "conditions").flatMap((one, index): CertificationCondition[] => {
    const given = isObject(one) ? one : {};
    const until = toUtc(text(given, "until"), catalog.ecosystem.timeZone);
    if (text(given, "text") === "")
      errors.push({ pointer: `#/conditions/${index}/text`, detail: "is required" });
    if (until === undefined || until <= now) {
      errors.push({ pointer: `#/conditions/${index}/until`, detail: "must be an instant in the future" });
      return [];
    }
    return [{ text: text(given, "text"), until, status: "open" }];
  });
  return errors.length > 0 ? { errors } : { conditions };
}

async function refuseCertification(
  { value, version }: StoredRecord<CertificationRecord>,
  reason: string,
  context: DecisionContext,
): Promise<Decision> {
  const refused: CertificationRecord = { ...value, status: "refused", reason, endedAt: context.now };
  return answer(viewCertification(refused), {
    writes: [certificationWrite(refused, version), ...(await endJob(refused, context))],
    events: [certificationEvent("refused", refused, context, { reason })],
  });
}

/** Issues it when enough persons agree; until then it stays submitted. */
async function agree(
  stored: StoredRecord<CertificationRecord>,
  reason: string,
  context: DecisionContext,
): Promise<Decision> {
  const { value, version } = stored;
  if (value.evidence !== "none" && !value.proven) {
    const under = value.evidence === "waiting" || value.evidence === "observing";
    const why = under ? "has not ended yet" : `${value.evidence} at ${value.level}`;
    return refuse("ECO_CERTIFICATION_UNPROVEN", `The run of ${value.id} ${why}: it can't be issued.`);
  }
  const agreed = (value.reviews ?? []).filter(({ decision }) => decision === "issued").length;
  if (agreed < (personsFor(value.level, context.catalog) ?? 0)) {
    return answer(viewCertification(value), { writes: [certificationWrite(value, version)] });
  }
  return issue(stored, reason, context, value.proven ? await reportOf(value.id, context) : undefined);
}

/** A proven run gives a signed certificate; the judgement of the orchestrator alone gives none. */
export async function issue(
  { value, version }: StoredRecord<CertificationRecord>,
  reason: string,
  context: DecisionContext,
  report: Report | undefined,
): Promise<Answer | Refusal> {
  const { catalog, now } = context;
  const expiresAt = plusDuration(now, certificationValidity(catalog), catalog.ecosystem.timeZone);
  if (expiresAt === undefined) {
    return refuse("ECO_UNSATISFIABLE", "The manifest's participation.certification.validFor is no duration.");
  }
  const issued: CertificationRecord = { ...value, status: "issued", reason, issuedAt: now, expiresAt };
  const signed = report && (await signCertificate(issued, expiresAt, report, context));
  const whole: CertificationRecord = signed
    ? { ...issued, certificate: signed.certificate, statusIndexes: signed.statusIndexes }
    : issued;
  return answer(viewCertification(whole), {
    writes: [
      certificationWrite(whole, version),
      watchTimer(whole, context),
      ...(signed === undefined ? [] : [signed.write]),
    ],
    events: [certificationEvent("issued", whole, context)],
  });
}

export const certificationReviews: readonly Capability[] = [review];
