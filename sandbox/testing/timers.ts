import { setTimeout } from "../values/real-timers.ts";
import { refused } from "./refuse.ts";

/** What every fake timer has of the clock that it goes by, as vitest, Jest and Sinon make them. */
const isFake = (timer: unknown): boolean => typeof timer === "function" && "clock" in timer;

/**
 * Fake timers may stand beside a sandbox, but not in the place of what `fetch` and streams themselves go on by: with
 * those faked no body is ever read to its end, and a test would hang without a word.
 * @throws EcoError `ECO_USAGE`
 */
export function checkTimers(): void {
  const { process } = globalThis as { readonly process?: { readonly nextTick?: unknown } };
  const stopped = Object.entries({ queueMicrotask, nextTick: process?.nextTick }).find(([, timer]) =>
    isFake(timer),
  );
  if (stopped !== undefined) {
    const fix = `Leave ${stopped[0]} real: \`vi.useFakeTimers()\` does, and so does \`jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask"] })\`.`;
    throw refused(`The test fakes ${stopped[0]}, without which nothing is ever fetched`, fix);
  }
  if (isFake(setTimeout)) {
    const fix = "Import `eco-partner-toolkit/testing` first, and fake the timers in the test.";
    throw refused("Timers were faked before the test kit was loaded", fix);
  }
}
