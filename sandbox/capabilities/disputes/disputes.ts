import { fingerprintOf } from "../../rating/index.ts";
import type { JsonObject } from "../../store/store.ts";
import { isOrchestrator, ownKey } from "../access.ts";
import type { Capability, DecisionContext, Refusal } from "../capability.ts";
import { type Changes, joinChanges, noChanges } from "../changes.ts";
import {
  answer,
  define,
  notFound,
  optional,
  optionalText,
  pageFields,
  refuse,
  required,
  text,
} from "../define.ts";
import { legsOf } from "../deliveries/bookings.ts";
import { visibleDelivery } from "../deliveries/deliveries.ts";
import { deliveryEvent } from "../deliveries/events.ts";
import {
  type DeliveryRecord,
  type DisputeCredit,
  deliveryWrite,
  type StoredDelivery,
} from "../deliveries/records.ts";
import { restate } from "../deliveries/restate.ts";
import { isRefusal, traceOf } from "../deliveries/trace.ts";
import { disputeRules } from "../manifest.ts";
import { chargeToJson, toMinor } from "../money.ts";
import { listPage } from "../page.ts";
import { collections } from "../records.ts";
import { isBefore, plusDuration } from "../time.ts";
import { finderOf } from "../visible.ts";
import { creditable, recourseOn } from "./credit.ts";
import { applyCredit, chargesOf, roundingOf, totalsOf } from "./money.ts";
import { type DisputeRecord, disputeEvent, disputeWrite, openDispute, viewDispute } from "./records.ts";

const open = define({
  name: "disputes.open",
  summary: "A party to a delivery objects to its charges.",
  input: {
    deliveryId: required("text", "The delivery."),
    reason: required("text", "What is wrong."),
    claimMinor: optional(
      "number",
      "How much is claimed back, net, in minor units; all of it where left out.",
    ),
  },
  events: ["dispute.opened"],
  async decide(input, context) {
    const stored = await visibleDelivery(input, context);
    if ("kind" in stored) return stored;
    const openedBy = context.caller?.party ?? "";
    const refused = refuseOpening(stored.value, openedBy, input["claimMinor"], context);
    if (refused !== undefined) return refused;
    const claimMinor = input["claimMinor"];
    const claim = { openedBy, reason: text(input, "reason") };
    const { dispute, changes } = openDispute(
      stored.value,
      stored.version,
      typeof claimMinor === "number" ? { ...claim, claimMinor } : claim,
      context,
    );
    return answer(viewDispute(dispute), { status: 201, ...changes });
  },
});

function refuseOpening(
  delivery: DeliveryRecord,
  openedBy: string,
  claimMinor: unknown,
  context: DecisionContext,
): Refusal | undefined {
  const { participants } = delivery.internal;
  if (!participants.includes(openedBy)) {
    return refuse("ECO_FORBIDDEN", `${openedBy} takes no part in ${delivery.id}.`);
  }
  if (delivery.status === "cancelled" || delivery.status === "disputed") {
    return refuse("ECO_STATE_TRANSITION", `${delivery.id} is ${delivery.status}.`);
  }
  const { openableFor } = disputeRules(context.catalog);
  const { timeZone } = context.catalog.ecosystem;
  const until = openableFor === undefined ? undefined : plusDuration(delivery.ratedAt, openableFor, timeZone);
  if (until !== undefined && isBefore(until, context.now)) {
    return refuse("ECO_STATE_TRANSITION", `${delivery.id} could be disputed until ${until}.`);
  }
  const most = atStake(delivery, openedBy);
  return typeof claimMinor === "number" && BigInt(claimMinor) > most
    ? refuse("ECO_REQUEST_INVALID", `At most ${most} minor units of ${delivery.id} can be claimed.`, [
        { pointer: "#/claimMinor", detail: `must be <= ${most}` },
      ])
    : undefined;
}

/** Whether the opener pays for the delivery; everybody else can only dispute the recourse that it bears. */
const pays = (delivery: DeliveryRecord, party: string): boolean =>
  delivery.charges.some((charge) => charge.side === "sale" && charge.payer === party);

/** What the opener can win, in minor units. */
function atStake(delivery: DeliveryRecord, party: string): bigint {
  const money = { charges: chargesOf(delivery) };
  return pays(delivery, party) ? creditable(money) : recourseOn(money, party);
}

const resolve = define({
  name: "disputes.resolve",
  summary: "Decides a dispute; a credit is booked leg by leg, back the way the money came.",
  input: {
    disputeId: required("text", "The dispute."),
    outcome: required("text", "`upheld`, `partly-upheld` or `rejected`."),
    creditMinor: optional("number", "What is given back, net, for `partly-upheld`."),
    reason: required("text", "Why."),
  },
  events: ["dispute.resolved", "delivery.corrected"],
  async decide(input, context) {
    const stored = await findDispute(input, context);
    if ("kind" in stored) return stored;
    if (!isOrchestrator(context.catalog, context.caller)) {
      return refuse("ECO_FORBIDDEN", "Disputes are decided by the orchestrator.");
    }
    if (stored.value.status === "resolved") {
      return refuse("ECO_STATE_TRANSITION", `The dispute ${stored.id} is decided already.`);
    }
    const delivery = await context.read.get<DeliveryRecord>(collections.deliveries, stored.value.deliveryId);
    if (delivery === undefined) return notFound("delivery", stored.value.deliveryId);
    const amount = awarded(input, stored.value, delivery.value);
    if (typeof amount !== "number") return amount;
    const resolved: DisputeRecord = {
      ...stored.value,
      status: "resolved",
      outcome: text(input, "outcome"),
      ...(amount === 0 ? {} : { creditMinor: amount }),
      resolution: text(input, "reason"),
      resolvedAt: context.now,
    };
    const booked = await bookOutcome(resolved, delivery, amount, context);
    if ("kind" in booked) return booked;
    const changes = joinChanges(
      {
        writes: [disputeWrite(resolved, stored.version)],
        events: [disputeEvent("resolved", resolved, delivery.value, context)],
      },
      booked,
    );
    return answer(viewDispute(resolved), { ...changes });
  },
});

/** What the outcome gives back, in minor units. */
function awarded(input: JsonObject, dispute: DisputeRecord, delivery: DeliveryRecord): number | Refusal {
  const most = toMinor(atStake(delivery, dispute.openedBy));
  const claim = typeof dispute["claimMinor"] === "number" ? Math.min(dispute["claimMinor"], most) : most;
  const credit = input["creditMinor"];
  const wrong = (detail: string) =>
    refuse("ECO_REQUEST_INVALID", "The dispute can't be decided so.", [{ pointer: "#/creditMinor", detail }]);
  switch (optionalText(input, "outcome")) {
    case "rejected":
      return credit === undefined ? 0 : wrong("goes with `partly-upheld` only");
    case "upheld":
      return credit === undefined || credit === claim ? claim : wrong(`is ${claim} when the claim is upheld`);
    case "partly-upheld":
      if (typeof credit !== "number") return wrong("is needed for `partly-upheld`");
      return credit > 0 && credit <= most ? credit : wrong(`must be from 1 to ${most}`);
    default:
      return refuse("ECO_REQUEST_INVALID", "The outcome is unknown.", [
        { pointer: "#/outcome", detail: "must be upheld, partly-upheld or rejected" },
      ]);
  }
}

async function bookOutcome(
  dispute: DisputeRecord,
  stored: StoredDelivery,
  amountMinor: number,
  context: DecisionContext,
): Promise<Changes | Refusal> {
  if (amountMinor === 0) {
    const settled: DeliveryRecord = { ...stored.value, status: dispute.formerStatus };
    return { ...noChanges, writes: [deliveryWrite(settled, stored.version)] };
  }
  const trace = await traceOf(stored.value, context);
  if (isRefusal(trace)) return trace;
  const credit: DisputeCredit = {
    disputeId: dispute.id,
    outcome: String(dispute["outcome"]),
    openedBy: dispute.openedBy,
    kind: pays(stored.value, dispute.openedBy) ? "customer" : "recourse",
    amountMinor,
  };
  const before = { charges: chargesOf(stored.value), legs: await legsOf(stored.value, context.read) };
  const money = applyCredit(before, credit, roundingOf(trace));
  const { internal } = stored.value;
  const { netMinor, serviceCreditMinor, taxMinor, payableMinor } = totalsOf(money.charges, {
    netMinor: BigInt(stored.value.netMinor),
    serviceCreditMinor: BigInt(stored.value.serviceCreditMinor),
    taxMinor: BigInt(stored.value.taxMinor),
    payableMinor: BigInt(stored.value.payableMinor),
  });
  const corrected: DeliveryRecord = {
    ...stored.value,
    status: "corrected",
    charges: money.charges.map(chargeToJson),
    netMinor: toMinor(netMinor),
    serviceCreditMinor: toMinor(serviceCreditMinor),
    taxMinor: toMinor(taxMinor),
    payableMinor: toMinor(payableMinor),
    fingerprint: fingerprintOf(money.legs, internal.secret),
    ratedAt: context.now,
    internal: { ...internal, credits: [...(internal.credits ?? []), credit] },
  };
  const { changes } = await restate(
    {
      stored,
      delivery: corrected,
      legs: money.legs,
      kind: "dispute",
      events: [deliveryEvent("delivery.corrected", corrected, context, `Dispute ${dispute.id}.`)],
    },
    context,
  );
  return changes;
}

const findDispute = finderOf<DisputeRecord>({
  collection: collections.disputes,
  what: "dispute",
  field: "disputeId",
  parties: ({ participants }) => participants,
});

const list = define({
  name: "disputes.list",
  summary: "The disputes about deliveries in which the caller takes part.",
  input: {
    ...pageFields,
    status: optional("text", "Only those that stand so."),
    deliveryId: optional("text", "Only those about this delivery."),
  },
  decide: (input, context) =>
    listPage<DisputeRecord>({
      context,
      input,
      collection: collections.disputes,
      key: ownKey(context),
      filters: ["status", "deliveryId"],
      view: viewDispute,
    }),
});

const get = define({
  name: "disputes.get",
  summary: "A dispute with its deadline and, once decided, its outcome.",
  input: { disputeId: required("text", "The dispute.") },
  async decide(input, context) {
    const stored = await findDispute(input, context);
    return "kind" in stored ? stored : answer(viewDispute(stored.value));
  },
});

export const disputeCapabilities: readonly Capability[] = [open, list, get, resolve];
