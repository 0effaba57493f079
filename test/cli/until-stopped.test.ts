import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it, onTestFinished } from "vitest";
import { eventually } from "../support/eventually.ts";
import { serveOnLoopback } from "../support/loopback.ts";
import { finished, newHome, projectRoot } from "./support/eco.ts";
import { startSandbox } from "./support/sandbox.ts";

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

const uninterrupted = `
  import { stoppable } from "./cli/until-stopped.ts";
  process.once("SIGINT", () => { if (process.listenerCount("SIGINT") === 0) process.exit(1); });
  const ended = stoppable(async (goOn) => {
    process.kill(process.pid, process.argv[1]);
    for (;;) {
      await new Promise(setImmediate);
      goOn();
    }
  });
  await ended.catch(({ code, exitCode }) => console.log("taken back", code, exitCode));
`;

it.each(["SIGINT", "SIGTERM", "SIGHUP"])(
  "who must not be left half done hears of %s between two steps",
  async (signal) => {
    const args = ["--input-type=module", "--eval", uninterrupted, signal];
    const { stdout, status } = await finished(spawn(process.execPath, args, { cwd: projectRoot }));
    expect([stdout, status]).toEqual(["taken back ECO_INTERRUPTED 130\n", 0]);
  },
);

it("who closes while an event is being sent says what it waits for, and a second Ctrl-C ends at once", async () => {
  await using home = await newHome();
  const asked = Promise.withResolvers<void>();
  const hanging = await serveOnLoopback(() => asked.resolve());
  onTestFinished(hanging.close);
  const sandbox = await startSandbox(home, ["--database", "memory", "--allow-loopback-webhooks"]);
  const add = ["events", "endpoints", "add", hanging.url, "--party", "nordic-apps"];
  await home.run([...add, "--sandbox", sandbox.url]);
  await home.run(["events", "trigger", "delivery.rated", "--sandbox", sandbox.url]);
  await asked.promise;
  sandbox.child.kill("SIGINT");
  await eventually(() => expect(sandbox.told).toContain("Ctrl-C again ends at once"));
  expect(sandbox.child.exitCode).toBeNull();
  expect(await sandbox.stop("SIGINT")).toBe(130);
});
