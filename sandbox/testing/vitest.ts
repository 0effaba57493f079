/**
 * The matchers with their types for vitest: `expect.extend(matchers)`.
 * Nothing of vitest is imported when it runs; the types are added to those that the test's author has.
 */
import type {} from "vitest";
import type { EcoMatchers } from "./matchers.ts";
import type { TestSandbox } from "./test-sandbox.ts";

// What `expect` gives has different type parameters in vitest 4 and 5; of what Chai's gives, both take over all.
declare global {
  namespace Chai {
    interface Assertion extends EcoMatchers<Promise<void>> {}
  }
}

/** The part of what vitest hands to a hook that is needed. */
interface AfterTest {
  readonly task: {
    readonly name: string;
    readonly result?: { readonly state: string; readonly errors?: readonly { message: string }[] };
  };
}

/**
 * For vitest's `afterEach`: a test that fails elsewhere than in a check leaves the bundle too that
 * `startSandbox({ bundle })` asked for, and its message says where.
 * @param sandboxOf the sandbox of the test, which is still open: `afterEach(bundleOfFailed(() => sandbox))`
 */
export function bundleOfFailed(
  sandboxOf: () => TestSandbox | undefined,
): (context: AfterTest) => Promise<void> {
  return async ({ task: { name, result } }) => {
    const error = result?.state === "fail" ? result.errors?.[0] : undefined;
    if (error === undefined) return;
    const left = await sandboxOf()?.leave({ name, message: error.message });
    if (left !== undefined) error.message += `\n${left}`;
  };
}

export { matchers } from "./matchers.ts";
