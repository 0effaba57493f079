import type { PlainObject } from "../catalog/pointer.ts";
import { findStepOperation } from "../catalog/read/arazzo-sources.ts";
import { objectsOf } from "../catalog/untyped.ts";
import { someOf } from "../suggest.ts";
import { checkActions, checkCriteria } from "./check-actions.ts";
import { checkValue } from "./check-expressions.ts";
import { component, type WorkflowCheck } from "./workflow-check.ts";

/** A step: that it calls one thing, with parameters that this has, and that its expressions lead somewhere. */
export function checkStep(check: WorkflowCheck, step: PlainObject, at: string): void {
  const { report } = check;
  const calls = ["operationId", "operationPath", "channelPath", "workflowId"].filter(
    (key) => step[key] !== undefined,
  );
  if (calls.length !== 1) {
    report.error(
      at,
      "spec.arazzo.call",
      `The step ${String(step["stepId"])} must call one thing and calls ${calls.join(" and ") || "none"}.`,
      "Give one of operationId, operationPath, channelPath and workflowId.",
    );
  }
  checkEventFields(check, step, at);
  checkParameters(check, step, at);
  checkCriteria(check, step["successCriteria"], `${at}/successCriteria`);
  for (const key of ["onSuccess", "onFailure"]) checkActions(check, step[key], `${at}/${key}`);
  checkValue(check, step["parameters"], `${at}/parameters`);
  checkValue(check, step["requestBody"], `${at}/requestBody`);
  checkValue(check, step["outputs"], `${at}/outputs`);
}

/** What Arazzo 1.1 adds to a step. */
function checkEventFields({ report, steps }: WorkflowCheck, step: PlainObject, at: string): void {
  const { action, channelPath, correlationId, dependsOn } = step;
  if (
    (channelPath !== undefined && action === undefined) ||
    (action !== undefined && !["send", "receive"].includes(String(action)))
  ) {
    report.error(
      at,
      "spec.arazzo.event",
      "An event step needs an action.",
      "Give it action: send or action: receive.",
    );
  }
  if (correlationId !== undefined && action !== "receive") {
    report.error(
      `${at}/correlationId`,
      "spec.arazzo.event",
      "Only a step that receives waits for a correlation id.",
      "Remove it, or give the step action: receive.",
    );
  }
  for (const [index, id] of (Array.isArray(dependsOn) ? dependsOn : []).entries()) {
    if (String(id).startsWith("$") || steps.has(String(id))) continue;
    report.error(
      `${at}/dependsOn/${index}`,
      "spec.arazzo.depends",
      `The workflow has no step ${String(id)}.`,
      `Use one of ${someOf([...steps.keys()])}.`,
    );
  }
}

function checkParameters(check: WorkflowCheck, step: PlainObject, at: string): void {
  const { report, catalog } = check;
  const operation = findStepOperation(step, check.sources, catalog.operations);
  if (operation === undefined) return;
  const given = new Set<string>();
  const known = new Set(operation.parameters.map((declared) => `${declared.in} ${declared.name}`));
  for (const [key, list] of [
    ["", check.workflow["parameters"]],
    ["/parameters", step["parameters"]],
  ] as const) {
    for (const [index, item] of objectsOf(list).entries()) {
      const parameter = component(check, item, `${at}${key}/${index}`, "parameters");
      if (parameter === undefined) continue;
      const { name, in: place } = parameter;
      given.add(`${String(place)} ${String(name)}`);
      if (place === undefined && key !== "") {
        report.error(
          `${at}${key}/${index}`,
          "spec.arazzo.parameter",
          `The parameter ${String(name)} doesn't say where it goes.`,
          "Give it `in`: path, query, querystring, header or cookie.",
        );
        continue;
      }
      if (key === "" || ["header", "cookie", "querystring"].includes(String(place))) continue;
      if (known.has(`${String(place)} ${String(name)}`)) continue;
      report.error(
        `${at}${key}/${index}`,
        "spec.arazzo.parameter",
        `${operation.id} has no ${String(place)} parameter ${String(name)}.`,
        "Correct its name or `in`.",
      );
    }
  }
  for (const declared of operation.parameters) {
    if (!declared.required || declared.in === "header" || given.has(`${declared.in} ${declared.name}`))
      continue;
    report.error(
      at,
      "spec.arazzo.parameter",
      `The step gives no value for the ${declared.in} parameter ${declared.name} of ${operation.id}.`,
      "Add it to the step's parameters.",
    );
  }
}
