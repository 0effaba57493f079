/** What an issuer needs, without the checks: light enough for the sandbox in a page. */

export { issueCertificate } from "./certificate/certificate.ts";
export { type CertificateStatus, issueStatusList } from "./certificate/status-list.ts";
export { checkDefinitions, levelDefinitions } from "./definitions.ts";
export type { LevelDefinition, Report } from "./model.ts";
export { type Standing, standingOf } from "./standing.ts";
