import type { UnplacedFinding } from "./finding.ts";

/** Collects the findings of one document. */
export interface Report {
  error(pointer: string, code: string, message: string, fix: string): void;
  warning(pointer: string, code: string, message: string, fix: string): void;
}

export function createReport(document: string, findings: UnplacedFinding[]): Report {
  const add =
    (severity: "error" | "warning") =>
    (pointer: string, code: string, message: string, fix: string): void => {
      findings.push({ document, pointer, severity, code, message, fix });
    };
  return { error: add("error"), warning: add("warning") };
}
