import type { OperationReport } from "../../sandbox/index.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { counted } from "../output/counted.ts";
import type { Output } from "../output/output.ts";

const WORDS: Readonly<Record<OperationReport["servedBy"], string>> = {
  capability: "by a capability",
  resource: "by inferred state",
  example: "from examples",
  schema: "from schemas",
  nothing: "not at all",
};

/** `12 operations, 3 by a capability, 9 by inferred state`; of documents without operations `5 events`. */
export function summaryOf(report: readonly OperationReport[], { messages }: Catalog): string {
  if (report.length === 0 && messages.length > 0) return counted(messages.length, "event");
  const groups = Map.groupBy(report, ({ servedBy }) => servedBy);
  const served = Object.entries(WORDS).flatMap(([servedBy, words]) => {
    const count = groups.get(servedBy as OperationReport["servedBy"])?.length ?? 0;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return [counted(report.length, "operation"), ...served].join(", ");
}

export function presentReport(report: readonly OperationReport[], out: Output): void {
  out.table(report, [
    { header: "Operation", value: ({ operationId }) => operationId },
    { header: "Method", value: ({ method }) => method },
    { header: "Path", value: ({ path }) => path },
    { header: "Served", value: ({ servedBy }) => WORDS[servedBy] },
    { header: "How", value: ({ detail }) => detail },
  ]);
}

/** The operations that declare no success, a line for each status that is assumed for them. */
export function assumptionsIn(report: readonly OperationReport[]): string[] {
  const byStatus = Map.groupBy(report, ({ assumedStatus }) => assumedStatus);
  byStatus.delete(undefined);
  return Array.from(byStatus, ([status, operations]) => {
    const names = operations.map(({ operationId }) => operationId).join(", ");
    const declare = operations.length === 1 ? "declares" : "declare";
    return `${names} ${declare} no success: ${status} without a body is assumed.`;
  });
}
