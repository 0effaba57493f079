import { briefCapabilities } from "./briefs/briefs.ts";
import type { Capability } from "./capability.ts";
import { certificatePublication } from "./certifications/certificate-issuing.ts";
import { certificationCapabilities } from "./certifications/certifications.ts";
import { certificationResults } from "./certifications/results.ts";
import { certificationReviews } from "./certifications/review.ts";
import { certificationStandings } from "./certifications/standing.ts";
import { certificationWaivers } from "./certifications/waivers.ts";
import { certificationWatch } from "./certifications/watch.ts";
import { certificationWindows } from "./certifications/windows.ts";
import { sandboxCapabilities } from "./controls/sandbox-controls.ts";
import { deliveryBatchCapabilities } from "./deliveries/batch.ts";
import { chargeCapabilities } from "./deliveries/charges.ts";
import { deliveryCapabilities } from "./deliveries/deliveries.ts";
import { quoteCapabilities } from "./deliveries/quotes.ts";
import { rateCardCapabilities } from "./deliveries/rate-cards.ts";
import { caseCapabilities } from "./disputes/cases.ts";
import { disputeCapabilities } from "./disputes/disputes.ts";
import { feedbackCapabilities } from "./feedback/feedback.ts";
import { incidentTimers } from "./incidents/deadlines.ts";
import { excusing } from "./incidents/excuse.ts";
import { reporting } from "./incidents/incidents.ts";
import { moving } from "./incidents/moving.ts";
import { mapCapabilities } from "./map/map.ts";
import { agreementCapabilities } from "./parties/agreements.ts";
import { credentialCapabilities } from "./parties/credentials.ts";
import { exitCapabilities } from "./parties/exit.ts";
import { finishing } from "./parties/leaving.ts";
import { onboardingCapabilities } from "./parties/onboarding.ts";
import { partyCapabilities } from "./parties/parties.ts";
import { tokenCapabilities } from "./parties/tokens.ts";
import { quarterlyReviewCapabilities } from "./quarterly-reviews/quarterly-reviews.ts";
import { scorecardCapabilities } from "./scorecards/scorecards.ts";
import { commitmentCapabilities } from "./settlements/commitments.ts";
import { ledgerCapabilities } from "./settlements/ledger.ts";
import { prepaidCapabilities } from "./settlements/prepaid.ts";
import { settlementCapabilities } from "./settlements/settlements.ts";
import { specChangeCapabilities } from "./spec-changes/spec-changes.ts";
import { statementCapabilities } from "./statements/statements.ts";
import { triageCapabilities } from "./triage/triage.ts";
import { eventCapabilities } from "./webhooks/events.ts";
import { forwardingCapabilities } from "./webhooks/forwarding.ts";
import { webhookCapabilities } from "./webhooks/webhooks.ts";
import { RESPOND_BY_TIMER, STAND_IN_TIMER } from "./work-orders/offers.ts";
import { workOrderCapabilities } from "./work-orders/work-orders.ts";

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
  RESPOND_BY_TIMER,
  STAND_IN_TIMER,
]);

const all: readonly Capability[] = [
  ...credentialCapabilities,
  ...tokenCapabilities,
  ...partyCapabilities,
  ...onboardingCapabilities,
  ...agreementCapabilities,
  ...rateCardCapabilities,
  ...quoteCapabilities,
  ...caseCapabilities,
  ...workOrderCapabilities,
  ...deliveryCapabilities,
  ...deliveryBatchCapabilities,
  ...chargeCapabilities,
  ...ledgerCapabilities,
  ...settlementCapabilities,
  ...statementCapabilities,
  ...commitmentCapabilities,
  ...prepaidCapabilities,
  ...disputeCapabilities,
  ...feedbackCapabilities,
  ...specChangeCapabilities,
  ...reporting,
  ...moving,
  ...excusing,
  ...incidentTimers,
  ...exitCapabilities,
  ...certificationCapabilities,
  ...certificationResults,
  ...certificationReviews,
  ...certificationStandings,
  ...certificationWaivers,
  ...certificationWatch,
  ...certificationWindows,
  ...certificatePublication,
  ...scorecardCapabilities,
  ...mapCapabilities,
  ...briefCapabilities,
  ...triageCapabilities,
  ...quarterlyReviewCapabilities,
  ...eventCapabilities,
  ...webhookCapabilities,
  ...sandboxCapabilities,
  ...forwardingCapabilities,
];

/** All that operations (and timers) can mean. The name is what a spec set binds to by `x-eco-capability`. */
export const capabilities: readonly Capability[] = all.map((capability) =>
  FINISHING.has(capability.name) ? finishing(capability) : capability,
);
