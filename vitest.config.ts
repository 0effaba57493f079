import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import LongestFirst from "./test/support/longest-first.ts";
import SummaryReporter from "./test/support/summary-reporter.ts";

/**
 * Tests that keep nothing in their modules and change nothing global. Their files share a process: to load the same modules
 * for each of them anew took longer than to run them.
 */
const TOGETHER = [
  "test/sandbox/{capabilities,certification,control,events,faults,forwarding,ledger}/**/*.test.ts",
  "test/sandbox/{measures,network,pipeline,rating,resources,session,simulation,tenants,values}/**/*.test.ts",
  "test/specs/**/*.test.ts",
];

export default defineConfig({
  // The examples name the package as its users do, and run on its sources.
  resolve: {
    alias: {
      "eco-partner-toolkit/testing/vitest": join(import.meta.dirname, "sandbox/testing/vitest.ts"),
      "eco-partner-toolkit/testing": join(import.meta.dirname, "sandbox/testing/index.ts"),
    },
  },
  test: {
    setupFiles: ["test/support/seed.ts"],
    // A zone that nobody here works in, so that a test which leans on the machine's own fails at once.
    env: { TZ: "Pacific/Chatham", NO_COLOR: "1" },
    // Left to itself, vitest keeps one processor for whoever looks at the screen. One more than there are: many tests wait
    // for a child process or a disk, and on two processors three workers take seven eighths of the time of two.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    reporters: ["default", new SummaryReporter()],
    // What is waited for comes; its own second would be shorter than a process takes to start on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 60_000,
    hookTimeout: 180_000,
    projects: [
      { extends: true, test: { name: "apart", include: ["test/**/*.test.ts"], exclude: TOGETHER } },
      { extends: true, test: { name: "together", include: TOGETHER, isolate: false } },
    ],
  },
});
