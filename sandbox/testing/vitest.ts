/**
 * The matchers with their types for vitest: `expect.extend(matchers)`.
 * Nothing of vitest is imported when it runs; the types are added to those that the test's author has.
 */
import type {} from "vitest";
import type { EcoMatchers } from "./matchers.ts";

declare module "vitest" {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends EcoMatchers<Promise<void>> {}
}

export { matchers } from "./matchers.ts";
