export { EcoError, type EcoErrorOptions, errorDocs } from "./eco-error.ts";
export type { ErrorDefinition } from "./error-definition.ts";
export { type ErrorCode, errorCodes, errorDefinition, errorRegistry } from "./registry.ts";
