/**
 * The platform's timers as they were when this was loaded. A test may put its own in their place later
 * (`vi.useFakeTimers()`), which fire when the test says so: what the sandbox waits for by itself must come all the same.
 */
export const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate } = globalThis;

/** `performance.now()`, which such a test stops too. */
export const monotonicMs: () => number = performance.now.bind(performance);
