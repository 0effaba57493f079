import { arazzoSources, findStepOperation, workflowsOf } from "../catalog/arazzo-sources.ts";
import type { UnplacedFinding } from "../catalog/finding.ts";
import { documentByPath, documentsOf } from "../catalog/lookup.ts";
import { patternProblem } from "../catalog/pattern-guard.ts";
import { isPlainObject, type PlainObject, pointerOf, resolvePointer } from "../catalog/pointer.ts";
import { createReport, type Report } from "../catalog/report.ts";
import type { Catalog, SpecDocument } from "../catalog/types.ts";
import { referencesIn } from "./condition.ts";
import { inputSchema } from "./inputs.ts";

/** One workflow while it is checked. */
interface Context {
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

/** What is wrong with the workflows of a catalogue, without running them. Unknown operations are the loader's findings. */
export function checkJourneys(catalog: Catalog): UnplacedFinding[] {
  const findings: UnplacedFinding[] = [];
  for (const document of documentsOf(catalog, "arazzo")) {
    const report = createReport(document.path, findings);
    const sources = arazzoSources(document, (path) => documentByPath(catalog, path) !== undefined);
    const list = document.content["workflows"];
    checkIds(list, "workflowId", "/workflows", report);
    for (const [id, { node, pointer }] of workflowsOf(document)) {
      const steps = new Map(listOf(node["steps"]).map((step) => [String(step["stepId"]), outputsOf(step)]));
      const schema = inputSchema({ id, node, document, sources });
      const properties = schema?.["properties"];
      const inputs = isPlainObject(properties)
        ? new Set(Object.keys(properties))
        : schema === undefined
          ? new Set<string>()
          : "any";
      checkWorkflow({ catalog, document, sources, id, workflow: node, steps, inputs, report }, pointer);
    }
  }
  return findings;
}

function listOf(value: unknown): PlainObject[] {
  return Array.isArray(value) ? value.filter(isPlainObject) : [];
}

function outputsOf(step: PlainObject): ReadonlySet<string> | "any" {
  if (isPlainObject(step["outputs"])) return new Set(Object.keys(step["outputs"]));
  return step["workflowId"] === undefined ? new Set() : "any";
}

function checkIds(list: unknown, key: string, at: string, report: Report): void {
  const seen = new Set<string>();
  for (const [index, item] of Array.isArray(list) ? list.entries() : []) {
    const id = isPlainObject(item) ? item[key] : undefined;
    const pointer = `${at}/${index}`;
    if (typeof id !== "string" || id === "") {
      report.error(pointer, "spec.arazzo.id", `Here a ${key} is missing.`, `Give it a ${key}.`);
    } else if (seen.has(id)) {
      report.error(
        `${pointer}/${key}`,
        "spec.arazzo.id",
        `The ${key} ${id} is used twice.`,
        "Give each its own.",
      );
    } else seen.add(id);
  }
}

function checkWorkflow(context: Context, at: string): void {
  const { workflow, report } = context;
  checkIds(workflow["steps"], "stepId", `${at}/steps`, report);
  if (listOf(workflow["steps"]).length === 0) {
    report.error(
      at,
      "spec.arazzo.steps",
      `The workflow ${context.id} has no steps.`,
      "Give it at least one.",
    );
  }
  for (const [index, step] of listOf(workflow["steps"]).entries())
    checkStep(context, step, `${at}/steps/${index}`);
  for (const key of ["successActions", "failureActions"])
    checkActions(context, workflow[key], `${at}/${key}`);
  checkValue(context, workflow["outputs"], `${at}/outputs`);
}

function checkStep(context: Context, step: PlainObject, at: string): void {
  const { report } = context;
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
  checkEventFields(context, step, at);
  checkParameters(context, step, at);
  checkCriteria(context, step["successCriteria"], `${at}/successCriteria`);
  for (const key of ["onSuccess", "onFailure"]) checkActions(context, step[key], `${at}/${key}`);
  checkValue(context, step["parameters"], `${at}/parameters`);
  checkValue(context, step["requestBody"], `${at}/requestBody`);
  checkValue(context, step["outputs"], `${at}/outputs`);
}

/** What Arazzo 1.1 adds to a step. */
function checkEventFields({ report, steps }: Context, step: PlainObject, at: string): void {
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
      `Use one of ${[...steps.keys()].join(", ")}.`,
    );
  }
}

/** The item, or the component that it refers to; reports a reference that leads nowhere. */
function component(context: Context, item: PlainObject, at: string): PlainObject | undefined {
  const reference = item["reference"];
  if (typeof reference !== "string") return item;
  const target = resolvePointer(
    context.document.content,
    `/${reference.replace(/^\$/, "").replaceAll(".", "/")}`,
  );
  if (isPlainObject(target)) return target;
  context.report.error(
    `${at}/reference`,
    "spec.arazzo.component",
    `${reference} leads to no component.`,
    "Correct the reference.",
  );
  return undefined;
}

function checkParameters(context: Context, step: PlainObject, at: string): void {
  const { report, catalog } = context;
  const operation = findStepOperation(step, context.sources, catalog.operations);
  if (operation === undefined) return;
  const given = new Set<string>();
  for (const [key, list] of [
    ["", context.workflow["parameters"]],
    ["/parameters", step["parameters"]],
  ] as const) {
    for (const [index, item] of listOf(list).entries()) {
      const parameter = component(context, item, `${at}${key}/${index}`);
      if (parameter === undefined) continue;
      const { name, in: place } = parameter;
      given.add(`${String(place)} ${String(name)}`);
      if (key === "" || ["header", "cookie", "querystring"].includes(String(place))) continue;
      if (operation.parameters.some((declared) => declared.in === place && declared.name === name)) continue;
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

function checkCriteria(context: Context, list: unknown, at: string): void {
  const { report } = context;
  for (const [index, criterion] of listOf(list).entries()) {
    const pointer = `${at}/${index}`;
    const condition = criterion["condition"];
    const type = isPlainObject(criterion["type"])
      ? criterion["type"]["type"]
      : (criterion["type"] ?? "simple");
    if (typeof condition !== "string") {
      report.error(pointer, "spec.arazzo.criterion", "A criterion needs a condition.", "Give one.");
    } else if (type === "simple") checkCondition(context, condition, pointer);
    else if (type !== "regex" && type !== "jsonpath") {
      const fix = "Use simple, regex or jsonpath.";
      report.error(
        `${pointer}/type`,
        "spec.arazzo.criterion",
        `Criteria of type ${String(type)} are not supported.`,
        fix,
      );
    } else if (typeof criterion["context"] !== "string") {
      report.error(
        pointer,
        "spec.arazzo.criterion",
        `A ${type} criterion needs a context.`,
        "Say what it looks at.",
      );
    } else {
      checkExpression(context, criterion["context"], `${pointer}/context`);
      const problem = type === "regex" ? patternProblem(condition) : undefined;
      if (problem !== undefined && "message" in problem) {
        report.error(`${pointer}/condition`, problem.code, problem.message, problem.fix);
      }
    }
  }
}

function checkCondition(context: Context, condition: string, at: string): void {
  try {
    for (const reference of referencesIn(condition)) checkExpression(context, reference, `${at}/condition`);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const fix = "Write it as `$statusCode == 200`.";
    context.report.error(`${at}/condition`, "spec.arazzo.criterion", message, fix);
  }
}

function checkActions(context: Context, list: unknown, at: string): void {
  for (const [index, item] of listOf(list).entries()) {
    const pointer = `${at}/${index}`;
    const action = component(context, item, pointer);
    if (action === undefined) continue;
    const { type, stepId, workflowId } = action;
    const report = (message: string, fix: string): void =>
      context.report.error(pointer, "spec.arazzo.action", message, fix);
    const failure = at.endsWith("Failure") || at.endsWith("failureActions");
    if (type !== "end" && type !== "goto" && !(type === "retry" && failure)) {
      report(
        `There is no action of type ${String(type)} here.`,
        `Use end or goto${failure ? ", or retry" : ""}.`,
      );
    }
    if (type === "goto" && (stepId === undefined) === (workflowId === undefined)) {
      report("A goto needs either a stepId or a workflowId.", "Give one of them.");
    }
    if (typeof stepId === "string" && !context.steps.has(stepId)) {
      report(`The workflow has no step ${stepId}.`, `Use one of ${[...context.steps.keys()].join(", ")}.`);
    }
    checkCriteria(context, action["criteria"], `${pointer}/criteria`);
  }
}

/** Expressions anywhere in a value: whole texts, and `{$…}` inside them. */
function checkValue(context: Context, value: unknown, at: string): void {
  if (typeof value === "string") {
    const whole = /^\$(steps|inputs|workflows)\.\S+$/.test(value) ? [value] : [];
    const embedded = [...value.matchAll(/\{(\$[^{}]+)\}/g)].map(([, expression]) => expression ?? "");
    for (const expression of [...whole, ...embedded]) checkExpression(context, expression, at);
  } else if (Array.isArray(value) || isPlainObject(value)) {
    for (const [key, item] of Object.entries(value)) checkValue(context, item, at + pointerOf(key));
  }
}

function checkExpression(context: Context, expression: string, at: string): void {
  const [root = "", name = "", part = "", ...rest] = expression.split("#")[0]?.split(".") ?? [];
  const report = (message: string): void => {
    context.report.error(
      at,
      "spec.arazzo.expression",
      message,
      "Correct the expression, or declare what it refers to.",
    );
  };
  if (root === "$steps") {
    const outputs = context.steps.get(name);
    const output = rest.join(".").replace(/\[.*$/, "");
    if (outputs === undefined) report(`${expression} refers to the step ${name}, which doesn't exist.`);
    else if (part !== "outputs" || (outputs !== "any" && !hasName(outputs, output))) {
      report(`${expression} refers to an output that the step ${name} doesn't have.`);
    }
  } else if (root === "$inputs" && context.inputs !== "any") {
    const input = [name, part, ...rest]
      .filter((token) => token !== "")
      .join(".")
      .replace(/\[.*$/, "");
    if (!hasName(context.inputs, input))
      report(`${expression} refers to an input that the workflow doesn't declare.`);
  }
}

/** A name with dots may go into a value: its first part is enough. */
function hasName(names: ReadonlySet<string>, name: string): boolean {
  return names.has(name) || names.has(name.split(".")[0] ?? "");
}
