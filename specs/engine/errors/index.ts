export { EcoError, type EcoErrorOptions, errorDocs } from "./eco-error.ts";
export type { ErrorDefinition } from "./error-definition.ts";
export {
  type ErrorCode,
  type ErrorDefinition,
  errorCodes,
  errorDefinition,
  errorRegistry,
} from "./registry.ts";
