import type { PlainObject } from "../catalog/pointer.ts";
import type { Report } from "../catalog/report.ts";
import type { Catalog, SpecDocument } from "../catalog/types.ts";
import { componentOf } from "./documents.ts";

/** One workflow while it is checked. */
export interface WorkflowCheck {
  readonly catalog: Catalog;
  readonly document: SpecDocument;
  readonly sources: ReadonlyMap<string, string>;
  readonly id: string;
  readonly workflow: PlainObject;
  /** Step id → names of its outputs. A step that calls a workflow may hand on outputs that it doesn't name. */
  readonly steps: ReadonlyMap<string, ReadonlySet<string> | "any">;
  readonly inputs: ReadonlySet<string> | "any";
  readonly report: Report;
}

/** The item, or the component that it refers to; reports a reference that leads nowhere. */
export function component(check: WorkflowCheck, item: PlainObject, at: string): PlainObject | undefined {
  const reference = item["reference"];
  if (typeof reference !== "string") return item;
  const target = componentOf(check.document, reference);
  if (target !== undefined) return target;
  check.report.error(
    `${at}/reference`,
    "spec.arazzo.component",
    `${reference} leads to no component.`,
    "Correct the reference.",
  );
  return undefined;
}
