import type { Reporter, TestCase, TestModule, TestSuite } from "vitest/node";

/** What a run came to: whatever failed counts, whether or not it is a test. */
interface Tally {
  readonly passed: number;
  readonly failedTests: number;
  /** Files, groups and errors of no test, each a line that says where and what. */
  readonly failedElsewhere: readonly string[];
  /** Full names of tests that were meant to run and never did. */
  readonly neverRan: readonly string[];
}

const NOT_ENDED: Tally = { passed: 0, failedTests: 0, failedElsewhere: [], neverRan: [] };

/**
 * Ends a run with the one line that any log reader understands: `N passed, N failed`. Above it stands what failed
 * without being a test, and which tests never ran for it. The line and the exit code always agree.
 */
export default class SummaryReporter implements Reporter {
  #tally = NOT_ENDED;

  // The line is written when the process ends, for not every run comes to an end of its own, and what fails after it
  // (a global teardown, another reporter) shows in the exit code alone.
  onInit(): void {
    process.on("exit", (code) => {
      const { passed, failedTests, neverRan } = this.#tally;
      let { failedElsewhere } = this.#tally;
      if (failedTests + failedElsewhere.length > 0) process.exitCode ||= 1;
      else if (code !== 0) failedElsewhere = [`the run itself: it ends with exit code ${code}`];
      const lines = [
        ...titled("Failed without being a test", failedElsewhere),
        ...titled("Never ran", neverRan),
        `${passed} passed, ${failedTests + failedElsewhere.length} failed`,
      ];
      process.stdout.write(`\n${lines.join("\n")}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly { message?: string }[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string): number => tests.filter((test) => test.result().state === state).length;
    this.#tally = {
      passed: inState("passed"),
      failedTests: inState("failed"),
      failedElsewhere: [
        ...modules.flatMap(failedIn),
        ...unhandledErrors.map((error) => `no test: ${said(error)}`),
      ],
      neverRan: tests.filter(isMissing).map((test) => `${test.module.relativeModuleId} > ${test.fullName}`),
    };
  }
}

/** A file that never ended, and each error of a file or a group: of its import, its set-up or its tear-down. */
function failedIn(module: TestModule): string[] {
  const file = module.relativeModuleId;
  const errorsOf = (group: TestModule | TestSuite, name: string): string[] =>
    group.errors().map((error) => `${name}: ${said(error)}`);
  const state = module.state();
  return [
    ...(state === "queued" || state === "pending" ? [`${file}: it never came to its end`] : []),
    ...errorsOf(module, file),
    ...[...module.children.allSuites()].flatMap((suite) => errorsOf(suite, `${file} > ${suite.fullName}`)),
  ];
}

/** Whether a test was meant to run and did not: one that skipped itself has made an attempt. */
function isMissing(test: TestCase): boolean {
  const { mode } = test.options;
  return mode !== "skip" && mode !== "todo" && test.attempts().length === 0;
}

function said(error: { readonly message?: string }): string {
  return (error.message ?? String(error)).split("\n", 1)[0] ?? "";
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`), ""];
}
