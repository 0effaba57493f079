/** One row of the table of error codes. */
export interface ErrorDefinition {
  readonly title: string;
  /** HTTP status of the problem; left out for errors that only the command line has. */
  readonly status?: number;
  /** Exit status: 1 a fault of eco, 2 usage or refused, 3 ran and failed, 4 not authenticated, 5 unreachable, 130 interrupted. */
  readonly exitCode: 1 | 2 | 3 | 4 | 5 | 130;
  /** What to do next, as one sentence. */
  readonly fix: string;
  /** What it means, for the code's page in the portal. */
  readonly description: string;
}
