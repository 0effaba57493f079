import type { ErrorDefinition } from "./error-definition.ts";
import { type ErrorCode, errorRegistry } from "./registry.ts";

export const errorCodes = Object.keys(errorRegistry) as readonly ErrorCode[];

/** The row of a code that came from elsewhere (an answer, a file); undefined when this version doesn't know it. */
export function errorDefinition(code: string): ErrorDefinition | undefined {
  return Object.hasOwn(errorRegistry, code) ? errorRegistry[code as ErrorCode] : undefined;
}
