import { isPlainObject, pointerOf } from "../catalog/pointer.ts";
import type { WorkflowCheck } from "./workflow-check.ts";

/** Expressions anywhere in a value: whole texts, and `{$…}` inside them. */
export function checkValue(check: WorkflowCheck, value: unknown, at: string): void {
  if (typeof value === "string") {
    const whole = /^\$(steps|inputs|workflows)\.\S+$/.test(value) ? [value] : [];
    const embedded = [...value.matchAll(/\{(\$[^{}]+)\}/g)].map(([, expression]) => expression ?? "");
    for (const expression of [...whole, ...embedded]) checkExpression(check, expression, at);
  } else if (Array.isArray(value) || isPlainObject(value)) {
    for (const [key, item] of Object.entries(value)) checkValue(check, item, at + pointerOf(key));
  }
}

/** That a runtime expression refers to a step, an output or an input that there is; others are known only when it runs. */
export function checkExpression(check: WorkflowCheck, expression: string, at: string): void {
  const [root = "", name = "", part = "", ...rest] = expression.split("#")[0]?.split(".") ?? [];
  const report = (message: string): void => {
    check.report.error(
      at,
      "spec.arazzo.expression",
      message,
      "Correct the expression, or declare what it refers to.",
    );
  };
  if (root === "$steps") {
    const outputs = check.steps.get(name);
    const output = rest.join(".").replace(/\[.*$/, "");
    if (outputs === undefined) report(`${expression} refers to the step ${name}, which doesn't exist.`);
    else if (part !== "outputs" || (outputs !== "any" && !hasName(outputs, output))) {
      report(`${expression} refers to an output that the step ${name} doesn't have.`);
    } else if (check.before?.has(name) === false)
      report(`${expression} refers to a step that hasn't been run by then.`);
  } else if (root === "$inputs" && check.inputs !== "any") {
    const input = [name, part, ...rest]
      .filter((token) => token !== "")
      .join(".")
      .replace(/\[.*$/, "");
    if (!hasName(check.inputs, input))
      report(`${expression} refers to an input that the workflow doesn't declare.`);
  }
}

/** A name with dots may go into a value: its first part is enough. */
function hasName(names: ReadonlySet<string>, name: string): boolean {
  return names.has(name) || names.has(name.split(".")[0] ?? "");
}
