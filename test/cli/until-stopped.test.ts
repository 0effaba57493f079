import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { finished, projectRoot } from "./support/eco.ts";

// A timer that keeps no process comes only where something else does.
const program = `
  import { idleUntilStopped } from "./cli/until-stopped.ts";
  setTimeout(() => console.log("still there"), 20).unref();
  await idleUntilStopped();
  console.log("stopped");
`;

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 0],
] as const)(
  "who waits for nothing but to be stopped stays until %s, and then ends with %i",
  async (signal, want) => {
    const child = spawn(process.execPath, ["--input-type=module", "--eval", program], { cwd: projectRoot });
    const ended = finished(child);
    const first = await Promise.race([once(child.stdout, "data"), ended]);
    expect(String(first)).toBe("still there\n");
    child.kill(signal);
    const { stdout, status } = await ended;
    expect([stdout, status]).toEqual(["still there\nstopped\n", want]);
  },
);
