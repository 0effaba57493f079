import { onTestFinished } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { type StartSandboxOptions, startSandbox, type TestSandbox } from "../../../sandbox/testing/index.ts";

/** Monday, 10:00 in Helsinki. */
export const NOW = "2026-03-16T08:00:00.000Z";

/** A sandbox of the reference ecosystem in process, closed at the end of the test. */
export async function openTestSandbox(settings: StartSandboxOptions = {}): Promise<TestSandbox> {
  const sandbox = await startSandbox({ host: "none", now: NOW, ...settings });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

export const jsonOf = async (response: Promise<Response>): Promise<JsonObject> =>
  (await (await response).json()) as JsonObject;
