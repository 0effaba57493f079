import { operationById } from "../../../specs/engine/catalog/lookup.ts";
import { ENDPOINTS } from "../../events/endpoint.ts";
import type { JsonObject, ListQuery } from "../../store/store.ts";
import { maySee } from "../access.ts";
import type { Capability, DecisionContext } from "../capability.ts";
import { answer, define, notFound, required, text } from "../define.ts";
import { type OnboardingStepDefinition, onboardingOf } from "../manifest.ts";
import { collections, type PartyRecord, partyKey } from "../records.ts";
import { plusDuration } from "../time.ts";
import { acceptancesOf, openAgreements } from "./agreements.ts";
import { findParty } from "./records.ts";

/** Steps of an ecosystem whose manifest lists none: what joining can't do without. */
const USUAL_STEPS: readonly OnboardingStepDefinition[] = [
  { id: "register", title: "Register the company", turn: "partner", operation: "", required: true },
];

/**
 * Whether a step is done, by the capability of the operation that does it: the manifest may call its steps and
 * operations as it likes. A step that nobody can tell is done stays open.
 */
async function isDone(
  step: OnboardingStepDefinition,
  party: PartyRecord,
  context: DecisionContext,
): Promise<boolean> {
  const capability = operationById(context.catalog, step.operation)?.capability?.name ?? "parties.register";
  switch (capability) {
    case "parties.register":
      return true;
    case "agreements.accept":
      return (
        party.status === "stand-in" ||
        openAgreements(party, await acceptancesOf(party.id, context), context).length === 0
      );
    case "webhooks.create":
      return hasAny({ collection: ENDPOINTS, key: partyKey(party.id) }, context);
    case "certifications.submit":
      return hasAny({ collection: collections.certifications, key: partyKey(party.id) }, context);
    case "deliveries.submit":
      return hasAny({ collection: collections.deliveries, party: party.id }, context);
    default:
      return false;
  }
}

async function hasAny(query: Omit<ListQuery, "limit">, context: DecisionContext): Promise<boolean> {
  const found = await context.read.list({ ...query, limit: 1 });
  return found.length > 0;
}

/** Every step of a party's onboarding as it is shown. */
export async function stepsOf(party: PartyRecord, context: DecisionContext): Promise<JsonObject[]> {
  const { catalog } = context;
  const { dueWithin, steps: declared } = onboardingOf(catalog);
  const dueAt =
    dueWithin === undefined
      ? undefined
      : plusDuration(party.createdAt, dueWithin, catalog.ecosystem.timeZone);
  const steps: JsonObject[] = [];
  for (const step of declared.length === 0 ? USUAL_STEPS : declared) {
    const done = await isDone(step, party, context);
    const state = done ? "done" : step.required ? "open" : "optional";
    steps.push({
      id: step.id,
      title: step.title,
      state,
      turn: step.turn,
      ...(state === "open" && dueAt !== undefined ? { dueAt } : {}),
      ...(step.operation === "" ? {} : { operation: step.operation }),
    });
  }
  return steps;
}

const get = define({
  name: "onboarding.get",
  summary: "Every step of joining: how it stands, whose turn it is, by when, and the operation that does it.",
  input: { partyId: required("text", "The party.") },
  async decide(input, context) {
    const partyId = text(input, "partyId");
    const party = await findParty(context.read, partyId);
    if (party === undefined || !maySee(context, [partyId])) return notFound("onboarding of party", partyId);
    const steps = await stepsOf(party.value, context);
    const next = steps.find((step) => step["state"] === "open")?.["id"];
    return answer({
      partyId,
      status: party.value.status,
      steps,
      ...(typeof next === "string" ? { next } : {}),
    });
  },
});

export const onboardingCapabilities: readonly Capability[] = [get];
