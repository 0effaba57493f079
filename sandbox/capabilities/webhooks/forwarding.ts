import { operationsByCapability } from "../../../specs/engine/catalog/lookup.ts";
import { isPlainHttpUrl } from "../../../specs/engine/http-url.ts";
import type { JsonObject, RecordWrite } from "../../store/store.ts";
import type { Answer, Capability, Decision, DecisionContext, Refusal } from "../capability.ts";
import { joinChanges } from "../changes.ts";
import { answer, define, notFound, optional, optionalText, refuse, required, text } from "../define.ts";
import { findParty } from "../parties/records.ts";
import { collections } from "../records.ts";
import { plusMilliseconds } from "../time.ts";
import { OFFER } from "../work-orders/fulfilment-calls.ts";
import { explainAttempt, standInAnswer } from "../work-orders/offers.ts";
import { settleOffering } from "../work-orders/outcomes.ts";
import { type StoredWorkOrder, type WorkOrderRecord, workOrderWrite } from "../work-orders/records.ts";
import { accept, complete, decline } from "../work-orders/steps.ts";
import { heldByBuild } from "./build-notices.ts";
import {
  type ForwardedOffer,
  type ForwardRecord,
  forwardOf,
  rewritten,
  type StoredForwardedOffer,
  waitsFor,
} from "./forward-records.ts";
import { tellingCapabilities } from "./telling-builds.ts";

const AGAIN = "forwarding.ask-again";
/** Seconds of virtual time between two times that a build is asked; the last one repeats until the order's deadline. */
const WAITS_S = [1, 2, 5, 10, 30] as const;
const LONGEST_WAIT_S = 60;

const partyInput = { partyId: required("text", "The party that the sandbox plays.") };

const getForward = define({
  name: "forwarding.get",
  summary: "Which build answers in a stand-in's place.",
  input: partyInput,
  async decide(input, context) {
    const partyId = text(input, "partyId");
    if ((await findParty(context.read, partyId)) === undefined) return notFound("party", partyId);
    const forward = await forwardOf(partyId, context.read);
    return answer(forward ?? { partyId });
  },
});

const setForward = define({
  name: "forwarding.set",
  summary: "Has a build of one's own answer in a stand-in's place, or the sandbox again.",
  input: { ...partyInput, url: optional("text", "Base URL of its fulfilment API; nothing ends it.") },
  async decide(input, context) {
    const partyId = text(input, "partyId");
    const url = optionalText(input, "url");
    const refused = await refuseForward(partyId, url, context);
    if (refused !== undefined) return refused;
    const former = await context.read.get<ForwardRecord>(collections.forwards, partyId);
    if (url === undefined && former === undefined) return answer({ partyId });
    const value: ForwardRecord | null = url === undefined ? null : { partyId, url };
    const write = {
      collection: collections.forwards,
      id: partyId,
      value,
      expectedVersion: former?.version ?? 0,
    };
    return answer(value ?? { partyId }, { writes: [write] });
  },
});

async function refuseForward(
  partyId: string,
  url: string | undefined,
  { read, catalog }: DecisionContext,
): Promise<Refusal | undefined> {
  const party = await findParty(read, partyId);
  if (party === undefined) return notFound("party", partyId);
  if (url === undefined) return undefined;
  if (party.value.status !== "stand-in") {
    return refuse("ECO_STATE_TRANSITION", `${partyId} acts for itself: only stand-ins are forwarded.`);
  }
  if (operationsByCapability(catalog, OFFER).length === 0) {
    return refuse(
      "ECO_FORWARD_UNSUPPORTED",
      `No operation of the spec set is bound to ${OFFER}: nothing says how a build is offered an order.`,
    );
  }
  if (isPlainHttpUrl(url)) return undefined;
  return refuse("ECO_REQUEST_INVALID", `${partyId} can't be forwarded there.`, [
    { pointer: "#/forward", detail: "must be an http or https URL without credentials" },
  ]);
}

const settle = define({
  name: "forwarding.settle",
  summary: "What a build answered to an offer, decided as its party.",
  input: {
    offerId: required("text", "The forwarded offer."),
    verdict: required(
      "text",
      "`accepted`, `declined`, `waiting` (not decided yet), or `failed` (no answer that counts).",
    ),
    reason: optional("text", "Why it declines, or why its answer doesn't count."),
  },
  events: [...accept.events, ...decline.events],
  async decide(input, context) {
    const id = text(input, "offerId");
    const offer = await context.read.get<ForwardedOffer>(collections.forwardedOffers, id);
    if (offer === undefined) return notFound("forwarded offer", id);
    const order = await context.read.get<WorkOrderRecord>(collections.workOrders, offer.value.workOrderId);
    // Called off, answered by the partner itself, or too late.
    if (order === undefined || !waitsFor(order.value, offer.value))
      return answer({}, { writes: [rewritten(offer, null)] });
    const verdict = text(input, "verdict");
    const reason = optionalText(input, "reason");
    if (verdict === "accepted") {
      const decision = await decided(accept, {}, offer, context);
      if (decision.kind === "refused") return decision;
      const held = await heldByBuild(offer.value, context.read);
      return { ...decision, writes: [...(decision.writes ?? []), ...held] };
    }
    if (verdict === "declined")
      return decided(decline, { reason: reason ?? "The build declines." }, offer, context);
    return later(offer, order, verdict === "waiting" ? undefined : reason, context);
  },
});

/** As if the party itself had called the step. */
async function decided(
  step: Capability,
  input: JsonObject,
  offer: StoredForwardedOffer,
  context: DecisionContext,
): Promise<Decision> {
  const { workOrderId, provider } = offer.value;
  const caller = { party: provider, role: "", scopes: [] };
  const decision = await step.decide({ workOrderId, ...input }, { ...context, caller });
  if (decision.kind === "refused") return decision;
  return { ...decision, writes: [...(decision.writes ?? []), rewritten(offer, null)] };
}

/** Asked again after a while; what went wrong stands on the order meanwhile. */
async function later(
  offer: StoredForwardedOffer,
  order: StoredWorkOrder,
  failure: string | undefined,
  context: DecisionContext,
): Promise<Answer> {
  const tries = offer.value.tries + 1;
  const next: ForwardedOffer = { ...offer.value, takenIn: failure === undefined, tries, state: "waiting" };
  const waitS = WAITS_S[tries - 1] ?? LONGEST_WAIT_S;
  const timer: RecordWrite = {
    collection: collections.timers,
    id: `${offer.id}/again/${tries}`,
    value: {
      dueAt: plusMilliseconds(context.now, waitS * 1000),
      capability: AGAIN,
      input: { offerId: offer.id },
    },
    expectedVersion: 0,
  };
  const told =
    failure === undefined
      ? []
      : [
          workOrderWrite(
            explainAttempt(
              order.value,
              tries === 1 ? failure : `${failure} Asked ${tries} times.`,
              context.now,
            ),
            order.version,
          ),
        ];
  const held = next.takenIn ? await heldByBuild(next, context.read) : [];
  return answer({}, { writes: [rewritten(offer, next), timer, ...told, ...held] });
}

/** Called by the virtual clock. */
const askAgain = define({
  name: AGAIN,
  summary:
    "A build that didn't answer an offer is asked again; where it answers no longer, the stand-in does.",
  input: { offerId: required("text", "The forwarded offer.") },
  events: [...accept.events, ...decline.events, ...complete.events],
  async decide(input, context) {
    const { read } = context;
    const offer = await read.get<ForwardedOffer>(collections.forwardedOffers, text(input, "offerId"));
    if (offer === undefined) return answer({});
    // The build may have moved in the meantime.
    const forward = await forwardOf(offer.value.provider, read);
    if (forward === undefined) return playedAgain(offer, context);
    const due: ForwardedOffer = { ...offer.value, url: forward.url, state: "due", leasedUntilMs: 0 };
    return answer({}, { writes: [rewritten(offer, due)] });
  },
});

/** The sandbox answers what the build left open; a partner that took the stand-in's place answers for itself. */
async function playedAgain(offer: StoredForwardedOffer, context: DecisionContext): Promise<Decision> {
  const { workOrderId } = offer.value;
  const held = await context.read.get(collections.heldByBuilds, offer.id);
  const ended = [
    rewritten(offer, null),
    ...(held === undefined
      ? []
      : [{ collection: collections.heldByBuilds, id: offer.id, value: null, expectedVersion: held.version }]),
  ];
  const order = await context.read.get<WorkOrderRecord>(collections.workOrders, workOrderId);
  const offering =
    order !== undefined && waitsFor(order.value, offer.value)
      ? await standInAnswer(order.value, context)
      : undefined;
  if (order === undefined || offering === undefined) return answer({}, { writes: ended });
  const { changes } = await settleOffering(offering, order.version, context);
  return answer({}, { ...joinChanges(changes, { writes: ended }) });
}

export const forwardingCapabilities: readonly Capability[] = [
  getForward,
  setForward,
  settle,
  askAgain,
  ...tellingCapabilities,
];
