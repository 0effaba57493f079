/** What an issuer needs, without the checks: light enough for the sandbox in a page. */

export { issueCertificate } from "./certificate/certificate.ts";
export { issueStatusList } from "./certificate/status-list.ts";
