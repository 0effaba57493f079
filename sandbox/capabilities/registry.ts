import type { Capability, Decider } from "./capability.ts";
import { type CapabilityModule, onDemand } from "./on-demand.ts";
import { finishing } from "./parties/finishing.ts";

/** Steps after which somebody on its way out may have nothing open any more. A close looks by itself, over all that it books. */
const FINISHING = new Set([
  "cases.route",
  "cases.resolve",
  "deliveries.cancel",
  "deliveries.correct",
  "disputes.resolve",
  "incidents.hand-over",
  "incidents.resolve",
  "forwarding.settle",
  "work-orders.cancel",
  "work-orders.complete",
  "work-orders.decline",
  "work-orders.respond-by",
  "work-orders.stand-in-completes",
]);

/** Each is loaded when one of its capabilities first decides: few sandboxes ever need them all, and a page not half of them. */
const modules: readonly CapabilityModule[] = [
  {
    names: ["credentials.list", "credentials.rotate", "credentials.revoke"],
    load: async () => (await import("./parties/credentials.ts")).credentialCapabilities,
  },
  {
    names: ["tokens.issue"],
    load: async () => (await import("./parties/tokens.ts")).tokenCapabilities,
  },
  {
    names: ["parties.register", "parties.list", "parties.get", "parties.update"],
    load: async () => (await import("./parties/parties.ts")).partyCapabilities,
  },
  {
    names: ["onboarding.get"],
    load: async () => (await import("./parties/onboarding.ts")).onboardingCapabilities,
  },
  {
    names: ["agreements.list", "agreements.get", "agreements.accept"],
    load: async () => (await import("./parties/agreements.ts")).agreementCapabilities,
  },
  {
    names: ["rate-cards.list", "rate-cards.get"],
    load: async () => (await import("./deliveries/rate-cards.ts")).rateCardCapabilities,
  },
  {
    names: ["quotes.create"],
    load: async () => (await import("./deliveries/quotes.ts")).quoteCapabilities,
  },
  {
    names: ["cases.open", "cases.list", "cases.get", "cases.route", "cases.resolve", "cases.notifications"],
    load: async () => (await import("./disputes/cases.ts")).caseCapabilities,
  },
  {
    names: [
      "work-orders.create",
      "work-orders.list",
      "work-orders.get",
      "work-orders.accept",
      "work-orders.decline",
      "work-orders.reschedule",
      "work-orders.cancel",
      "work-orders.report",
      "work-orders.complete",
      "work-orders.respond-by",
      "work-orders.stand-in-completes",
    ],
    load: async () => (await import("./work-orders/work-orders.ts")).workOrderCapabilities,
  },
  {
    names: [
      "deliveries.submit",
      "deliveries.list",
      "deliveries.get",
      "deliveries.explain",
      "deliveries.correct",
      "deliveries.cancel",
    ],
    load: async () => (await import("./deliveries/deliveries.ts")).deliveryCapabilities,
  },
  {
    names: ["deliveries.submit-batch"],
    load: async () => (await import("./deliveries/batch.ts")).deliveryBatchCapabilities,
  },
  {
    names: ["charges.list", "charges.get"],
    load: async () => (await import("./deliveries/charges.ts")).chargeCapabilities,
  },
  {
    names: ["ledger.balances", "ledger.postings"],
    load: async () => (await import("./settlements/ledger.ts")).ledgerCapabilities,
  },
  {
    names: ["settlements.close", "settlements.list", "settlements.get"],
    load: async () => (await import("./settlements/settlements.ts")).settlementCapabilities,
  },
  {
    names: ["statements.list", "statements.get", "statements.lines", "statements.open"],
    load: async () => (await import("./statements/statements.ts")).statementCapabilities,
  },
  {
    names: ["commitments.list", "commitments.get"],
    load: async () => (await import("./settlements/commitments.ts")).commitmentCapabilities,
  },
  {
    names: ["prepaid.list", "prepaid.top-up"],
    load: async () => (await import("./settlements/prepaid.ts")).prepaidCapabilities,
  },
  {
    names: ["disputes.open", "disputes.list", "disputes.get", "disputes.resolve"],
    load: async () => (await import("./disputes/disputes.ts")).disputeCapabilities,
  },
  {
    names: ["feedback.give", "feedback.list", "feedback.get", "feedback.change", "feedback.withdraw"],
    load: async () => (await import("./feedback/feedback.ts")).feedbackCapabilities,
  },
  {
    names: [
      "changes.propose",
      "changes.list",
      "changes.get",
      "changes.affected",
      "changes.comments",
      "changes.comment",
      "changes.object",
      "changes.decide",
      "changes.withdraw",
      "changes.take-effect",
    ],
    load: async () => (await import("./spec-changes/spec-changes.ts")).specChangeCapabilities,
  },
  {
    names: ["incidents.open", "incidents.list", "incidents.get"],
    load: async () => (await import("./incidents/incidents.ts")).reporting,
  },
  {
    names: [
      "incidents.acknowledge",
      "incidents.update",
      "incidents.hand-over",
      "incidents.resolve",
      "incidents.review",
    ],
    load: async () => (await import("./incidents/moving.ts")).moving,
  },
  {
    names: ["incidents.excuse"],
    load: async () => (await import("./incidents/excuse.ts")).excusing,
  },
  {
    names: ["incidents.deadline"],
    load: async () => (await import("./incidents/deadlines.ts")).incidentTimers,
  },
  {
    names: ["parties.exit", "parties.preview-exit", "parties.export"],
    load: async () => (await import("./parties/exit.ts")).exitCapabilities,
  },
  {
    names: ["certifications.submit", "certifications.list", "certifications.get", "certifications.run"],
    load: async () => (await import("./certifications/certifications.ts")).certificationCapabilities,
  },
  {
    names: ["certifications.begin-run", "certifications.record-run"],
    load: async () => (await import("./certifications/results.ts")).certificationResults,
  },
  {
    names: ["certifications.review"],
    load: async () => (await import("./certifications/review.ts")).certificationReviews,
  },
  {
    names: ["certifications.set-standing", "certifications.meet-condition"],
    load: async () => (await import("./certifications/standing.ts")).certificationStandings,
  },
  {
    names: ["certifications.request-waiver", "certifications.decide-waiver"],
    load: async () => (await import("./certifications/waivers.ts")).certificationWaivers,
  },
  {
    names: ["certifications.watch"],
    load: async () => (await import("./certifications/watch.ts")).certificationWatch,
  },
  {
    names: ["certifications.end-observation", "certifications.observation-closes"],
    load: async () => (await import("./certifications/windows.ts")).certificationWindows,
  },
  {
    names: ["certifications.keys", "certifications.status-list"],
    load: async () => (await import("./certifications/certificate-issuing.ts")).certificatePublication,
  },
  {
    names: ["scorecards.get", "scorecards.list", "scorecards.records"],
    load: async () => (await import("./scorecards/scorecards.ts")).scorecardCapabilities,
  },
  {
    names: ["map.get"],
    load: async () => (await import("./map/map.ts")).mapCapabilities,
  },
  {
    names: ["briefs.get"],
    load: async () => (await import("./briefs/briefs.ts")).briefCapabilities,
  },
  {
    names: ["triage.get"],
    load: async () => (await import("./triage/triage.ts")).triageCapabilities,
  },
  {
    names: ["quarterly-reviews.get"],
    load: async () => (await import("./quarterly-reviews/quarterly-reviews.ts")).quarterlyReviewCapabilities,
  },
  {
    names: ["events.list", "events.get", "events.replay", "events.dispatches"],
    load: async () => (await import("./webhooks/events.ts")).eventCapabilities,
  },
  {
    names: [
      "webhooks.create",
      "webhooks.list",
      "webhooks.get",
      "webhooks.update",
      "webhooks.delete",
      "webhooks.verify",
      "webhooks.rotate-secret",
    ],
    load: async () => (await import("./webhooks/webhooks.ts")).webhookCapabilities,
  },
  {
    names: ["sandbox.get", "sandbox.reset", "clock.get", "clock.set", "behaviour.get", "behaviour.set"],
    load: async () => (await import("./controls/sandbox-controls.ts")).sandboxCapabilities,
  },
  {
    names: [
      "forwarding.get",
      "forwarding.set",
      "forwarding.settle",
      "forwarding.ask-again",
      "forwarding.told",
      "forwarding.tell-again",
    ],
    load: async () => (await import("./webhooks/forwarding.ts")).forwardingCapabilities,
  },
];

/** All that operations (and timers) can mean. The name is what a spec set binds to by `x-eco-capability`. */
export const capabilities: readonly Decider[] = modules.flatMap((module) =>
  onDemand({ names: module.names, load: async () => (await module.load()).map(finished) }),
);

/** The same with what they take and cause, for those who describe them: loads them all. */
export async function describeCapabilities(): Promise<readonly Capability[]> {
  const loaded = await Promise.all(modules.map(({ load }) => load()));
  return loaded.flat().map(finished);
}

const finished = (capability: Capability): Capability =>
  FINISHING.has(capability.name) ? finishing(capability) : capability;
