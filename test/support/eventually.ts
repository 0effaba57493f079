import { vi } from "vitest";

/** Looks again and again until `look` throws no more, and resolves to what it gives then; rejects after half a minute. */
export function eventually<T>(look: () => T | Promise<T>, interval = 50): Promise<T> {
  // vitest's own second is shorter than one process of eco takes on a busy machine.
  return vi.waitFor(look, { timeout: 30_000, interval });
}
