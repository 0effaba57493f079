/**
 * The matchers with their types for vitest: `expect.extend(matchers)`.
 * Nothing of vitest is imported when it runs; the types are added to those that the test's author has.
 */
import type {} from "vitest";
import type { EcoMatchers } from "./matchers.ts";

// What `expect` gives has different type parameters in vitest 4 and 5; of what Chai's gives, both take over all.
declare global {
  namespace Chai {
    interface Assertion extends EcoMatchers<Promise<void>> {}
  }
}

export { matchers } from "./matchers.ts";
