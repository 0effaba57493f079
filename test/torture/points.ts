/** Where a server ends itself, as a machine without power would. */
export const POINTS = ["before-commit", "before-answer", "before-dispatch", "before-record"] as const;
export type Point = (typeof POINTS)[number];
