import type { PlainObject } from "../catalog/pointer.ts";

/**
 * The steps of a workflow in an order that runs each after those of the same workflow that it depends on; otherwise as
 * they are written. Only where `dependsOn` is used does reading another step's outputs count as depending on it, as
 * Arazzo 1.1 has it. A circle stays in the order in which it is written: its first step then fails by itself.
 */
export function inOrder(steps: readonly PlainObject[]): readonly PlainObject[] {
  if (!steps.some((step) => Array.isArray(step["dependsOn"]))) return steps;
  const byId = new Map(steps.map((step) => [String(step["stepId"]), step]));
  const ordered = new Set<PlainObject>();
  const place = (step: PlainObject, inside: ReadonlySet<PlainObject>): void => {
    if (ordered.has(step) || inside.has(step)) return;
    for (const id of dependenciesOf(step)) {
      const other = byId.get(id);
      if (other !== undefined) place(other, new Set([...inside, step]));
    }
    ordered.add(step);
  };
  for (const step of steps) place(step, new Set());
  return [...ordered];
}

function dependenciesOf(step: PlainObject): readonly string[] {
  const { dependsOn, ...rest } = step;
  const named = Array.isArray(dependsOn) ? dependsOn.map(String) : [];
  return [...named, ...readsOf(rest)];
}

/** The steps of the same workflow whose outputs are read anywhere in a value. */
export function readsOf(value: unknown): readonly string[] {
  const text = JSON.stringify(value) ?? "";
  return [...text.matchAll(/\$steps\.([\w-]+)\.outputs\./g)].map(([, id = ""]) => id);
}

/** The first of the steps that this one depends on and that hasn't been run; undefined when it may go. */
export function missingDependency(
  step: PlainObject,
  hasRun: (reference: string) => boolean,
): string | undefined {
  const list = Array.isArray(step["dependsOn"]) ? step["dependsOn"].map(String) : [];
  return list.find((reference) => !hasRun(reference));
}
