import type { PlainObject } from "./pointer.ts";
import type { Report } from "./report.ts";

/** One OpenAPI document while it is read. */
export interface OpenapiContext {
  readonly path: string;
  readonly content: PlainObject;
  readonly report: Report;
}
