import type { PlainObject } from "../catalog/pointer.ts";
import type { Report } from "../catalog/report.ts";
import type { Catalog, SpecDocument } from "../catalog/types.ts";
import { type ComponentKind, componentOf, componentParts } from "./documents.ts";
import type { SelectorLanguages } from "./selector-languages.ts";

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
  /** The steps that have been run by the time the one that is checked runs; undefined where that can't be told. */
  readonly before?: ReadonlySet<string>;
  /** Those that criteria and selectors of the document are written in. */
  readonly languages: SelectorLanguages;
  readonly report: Report;
}

/** The item, or the component that it refers to; reports a reference that leads nowhere, or to another kind of thing. */
export function component(
  check: WorkflowCheck,
  item: PlainObject,
  at: string,
  kind: ComponentKind,
): PlainObject | undefined {
  const reference = item["reference"];
  if (typeof reference !== "string") return item;
  const target = componentOf(check.document, reference);
  if (target !== undefined && componentParts(reference).kind === kind) return target;
  check.report.error(
    `${at}/reference`,
    "spec.arazzo.component",
    target === undefined
      ? `${reference} leads to no component.`
      : `${reference} is none of the ${kind}, and only those can stand here.`,
    `Refer to one of components/${kind}.`,
  );
  return undefined;
}
