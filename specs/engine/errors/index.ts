export { EcoError, type EcoErrorOptions, errorDocs } from "./eco-error.ts";
export type { ErrorDefinition } from "./error-definition.ts";
export { errorCodes, errorDefinition } from "./lookup.ts";
export { type ErrorCode, errorRegistry } from "./registry.ts";
