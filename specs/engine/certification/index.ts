/** The public entry of the certification engine. */

export { type BadgeOptions, certificateBadge } from "./certificate/badge.ts";
export { type IssueOptions, type IssuerKey, issueCertificate } from "./certificate/certificate.ts";
export type { CertificateClaims, Condition, Waiver } from "./certificate/claims.ts";
export {
  type CertificateStatus,
  issueStatusList,
  type StatusListOptions,
} from "./certificate/status-list.ts";
export {
  type Refusal,
  type Verification,
  type VerifyOptions,
  verifyCertificate,
} from "./certificate/verify.ts";
export { recordingFetch, recordingFromHar } from "./client/har.ts";
export { createProber, type Prober, type ProberOptions } from "./client/prober.ts";
export { type ClientSession, type ProbeName, plannedRuns, plannedTogether } from "./client/probes.ts";
export { FOLLOW_UP_MS } from "./client/recording.ts";
export {
  checkDefinitions,
  documentsForPartners,
  documentsOfPartners,
  levelDefinitions,
  matchesGlob,
} from "./definitions.ts";
export type {
  CheckDefinition,
  CheckResult,
  Exchange,
  Finding,
  LevelDefinition,
  LevelResult,
  Outcome,
  Part,
  RecordedRequest,
  RecordedResponse,
  Report,
  Run,
  Severity,
  SkipReason,
} from "./model.ts";
export { parts } from "./model.ts";
export type {
  CertificationEvent,
  CertificationOptions,
  FigureDelivery,
  ObservedExchange,
  PartnerManifest,
  ProviderTarget,
  RatingRules,
  ReceiverTarget,
  SandboxTarget,
} from "./options.ts";
export {
  changesBetween,
  type PartnerPlan,
  type PlanOptions,
  planRecertification,
  type RecertificationPlan,
} from "./plan.ts";
export { isReply, repliesTo } from "./receiver/declared-replies.ts";
export {
  type CheckRow,
  headline,
  htmlReport,
  jsonReport,
  junitReport,
  markdownReport,
  reportFormats,
  sarifReport,
  summaryLine,
  symbols,
  type TerminalReport,
  terminalReport,
  writeReport,
} from "./report/index.ts";
export { certify, runCertification } from "./run.ts";
export type { Change, ChangedThing, PartnerTraffic } from "./touched.ts";
