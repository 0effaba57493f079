import { agreementCapabilities } from "./agreements.ts";
import type { Capability } from "./capability.ts";
import { caseCapabilities } from "./cases.ts";
import { certificatePublication } from "./certificate-issuing.ts";
import { certificationResults } from "./certification-results.ts";
import { certificationReviews } from "./certification-review.ts";
import { certificationStandings } from "./certification-standing.ts";
import { certificationWaivers } from "./certification-waivers.ts";
import { certificationWatch } from "./certification-watch.ts";
import { certificationWindows } from "./certification-windows.ts";
import { certificationCapabilities } from "./certifications.ts";
import { chargeCapabilities } from "./charges.ts";
import { commitmentCapabilities } from "./commitments.ts";
import { credentialCapabilities } from "./credentials.ts";
import { deliveryCapabilities } from "./deliveries.ts";
import { deliveryBatchCapabilities } from "./delivery-batch.ts";
import { disputeCapabilities } from "./disputes.ts";
import { eventCapabilities } from "./events.ts";
import { exitCapabilities } from "./exit.ts";
import { forwardingCapabilities } from "./forwarding.ts";
import { ledgerCapabilities } from "./ledger.ts";
import { onboardingCapabilities } from "./onboarding.ts";
import { partyCapabilities } from "./parties.ts";
import { prepaidCapabilities } from "./prepaid.ts";
import { quoteCapabilities } from "./quotes.ts";
import { rateCardCapabilities } from "./rate-cards.ts";
import { sandboxCapabilities } from "./sandbox-controls.ts";
import { scorecardCapabilities } from "./scorecards.ts";
import { settlementCapabilities } from "./settlements.ts";
import { statementCapabilities } from "./statements.ts";
import { tokenCapabilities } from "./tokens.ts";
import { webhookCapabilities } from "./webhooks.ts";
import { workOrderCapabilities } from "./work-orders.ts";

/** All that operations (and timers) can mean. The name is what a spec set binds to by `x-eco-capability`. */
export const capabilities: readonly Capability[] = [
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
  ...eventCapabilities,
  ...webhookCapabilities,
  ...sandboxCapabilities,
  ...forwardingCapabilities,
];
