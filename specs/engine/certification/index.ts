/** The public entry of the certification engine. */

export { recordingFetch, recordingFromHar } from "./client/har.ts";
export { checkDefinitions, documentsOfPartners, levelDefinitions } from "./definitions.ts";
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
  ObservedExchange,
  PartnerManifest,
  ProviderTarget,
  ReceiverTarget,
  SandboxTarget,
} from "./options.ts";
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
