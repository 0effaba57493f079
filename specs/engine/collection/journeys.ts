import { isPlainObject, type PlainObject, pointerTokens } from "../catalog/pointer.ts";
import { findStepOperation } from "../catalog/read/arazzo-sources.ts";
import { isEventStep } from "../catalog/read/asyncapi-channels.ts";
import type { Operation } from "../catalog/types.ts";
import { objectsOf, textOf } from "../catalog/untyped.ts";
import { isTokenOperation } from "../certification/token-operation.ts";
import { EcoError } from "../errors/index.ts";
import { findReferredWorkflow, findWorkflow, resolveList, type WorkflowPlace } from "../journey/documents.ts";
import { evaluateExpression, evaluateValue, type Scope } from "../journey/expression.ts";
import { completeInputs, inputSchema } from "../journey/inputs.ts";
import { inOrder } from "../journey/step-order.ts";
import { typeAt } from "./answer-schema.ts";
import { marked } from "./markers.ts";
import { identifier, oneLine, uniqueNames } from "./names.ts";
import { type RequestContext, requestOf } from "./requests.ts";
import { stepRequest } from "./step-request.ts";
import type { AnswerPlace, Capture, CollectedRequest, Collection, Variable } from "./types.ts";

type Values = Readonly<Record<string, unknown>>;

export interface Journeys {
  readonly requests: readonly CollectedRequest[];
  /** What the requests take from the reader, with the values that the documents publish. */
  readonly variables: readonly Variable[];
  /** Operations that are told here, and that would find another state elsewhere. */
  readonly covered: ReadonlySet<Operation>;
  readonly leftOut: Collection["leftOut"];
}

interface Options {
  readonly scope: "whole" | "any";
  /** Gives each request an id of its own. */
  readonly unique: (name: string) => string;
}

/** The journeys of the spec set that are told by wanted operations, a folder for each, step by step. */
export async function journeyRequests(
  context: RequestContext,
  wanted: readonly Operation[],
  { scope, unique }: Options,
): Promise<Journeys> {
  const { catalog } = context;
  const isWanted = new Set(wanted);
  const requests: CollectedRequest[] = [];
  const variables: Variable[] = [];
  const leftOut: { journey: string; reason: string }[] = [];
  const folderName = uniqueNames();
  const variableName = uniqueNames();
  for (const { id, document, summary, operations } of catalog.workflows) {
    const called = operations.flatMap((one) => catalog.operations.find((each) => each.id === one) ?? []);
    const own = called.filter((one) => isWanted.has(one));
    const others = called.filter((one) => !isWanted.has(one) && !isTokenOperation(one, catalog));
    if (own.length === 0) continue;
    if (scope === "whole" && others.length > 0) {
      const names = [...new Set(others.map((one) => one.id))].join(", ");
      leftOut.push({ journey: id, reason: `it also calls ${names}` });
      continue;
    }
    const folder = folderName(`Journey: ${oneLine(summary) || id}`);
    const telling: Telling = {
      context,
      folder,
      unique,
      variableName,
      requests: [],
      variables: [],
      stack: [],
    };
    const reason = await tell(telling, findWorkflow(catalog, id, document));
    if (reason !== undefined) {
      leftOut.push({ journey: id, reason });
      continue;
    }
    requests.push(...telling.requests);
    variables.push(...telling.variables);
  }
  return { requests, variables, covered: changersIn(requests), leftOut };
}

/** What changes a thing that is there wants it in a state, which a journey brings about. */
function changersIn(requests: readonly CollectedRequest[]): Set<Operation> {
  const operations = requests.flatMap(({ operation }) => operation ?? []);
  return new Set(
    operations.filter(({ method, path }) => /^(POST|PUT|PATCH)$/.test(method) && path.includes("{")),
  );
}

interface Telling {
  readonly context: RequestContext;
  readonly folder: string;
  readonly unique: (name: string) => string;
  readonly variableName: (name: string) => string;
  readonly requests: CollectedRequest[];
  readonly variables: Variable[];
  /** Workflows that are being told, innermost last. */
  readonly stack: string[];
}

/** Why a workflow can't be told as requests one after the other; undefined where it can. */
async function tell(telling: Telling, place: WorkflowPlace): Promise<string | undefined> {
  try {
    const told = await tellSteps(telling, place, marksOfSecrets(telling, place, completeInputs(place, {})));
    return typeof told === "string" ? told : undefined;
  } catch (cause) {
    if (cause instanceof EcoError) return cause.message;
    throw cause;
  }
}

/** Passwords that a workflow takes are variables, with the values that it publishes. */
function marksOfSecrets(telling: Telling, place: WorkflowPlace, inputs: Values): Values {
  const declared = inputSchema(place)?.["properties"];
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => {
      const property = isPlainObject(declared) ? declared[name] : undefined;
      if (!isPlainObject(property) || property["format"] !== "password" || typeof value !== "string")
        return [name, value];
      const variable = telling.variableName(identifier(`${place.id}_${name}`, "secret"));
      telling.variables.push({ name: variable, value });
      return [name, marked(variable, "string")];
    }),
  );
}

/** The outputs of a workflow whose steps were told, or why they can't be. */
async function tellSteps(telling: Telling, place: WorkflowPlace, inputs: Values): Promise<Values | string> {
  const key = `${place.document.path}#${place.id}`;
  if (telling.stack.includes(key)) return `${place.id} calls itself`;
  telling.stack.push(key);
  const results: Record<string, { readonly outputs: Values }> = {};
  const workflows: Record<string, { readonly inputs: Values; readonly outputs: Values }> = {};
  const scope = scopeOf(place, inputs, results, workflows);
  for (const reference of listOf(place.node["dependsOn"])) {
    const target = findReferredWorkflow(telling.context.catalog, String(reference), place);
    const given = marksOfSecrets(telling, target, completeInputs(target, {}));
    const outputs = await tellSteps(telling, target, given);
    if (typeof outputs === "string") return outputs;
    workflows[target.id] = { inputs: given, outputs };
  }
  for (const step of inOrder(objectsOf(place.node["steps"]))) {
    const outputs = await tellStep(telling, place, step, scope);
    if (typeof outputs === "string") return outputs;
    results[textOf(step["stepId"])] = { outputs };
  }
  telling.stack.pop();
  return resolved(place.node["outputs"], scope);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function scopeOf(
  place: WorkflowPlace,
  inputs: Values,
  steps: Scope["steps"],
  workflows: Scope["workflows"],
): Scope {
  const { components, $self: self } = place.document.content;
  return {
    ...(typeof self === "string" ? { self } : {}),
    inputs,
    outputs: {},
    steps,
    workflows,
    sourceDescriptions: Object.fromEntries([...place.sources].map(([name, path]) => [name, { url: path }])),
    components: isPlainObject(components) ? components : {},
  };
}

const resolved = (outputs: unknown, scope: Scope): Values =>
  Object.fromEntries(
    Object.entries(isPlainObject(outputs) ? outputs : {}).map(([name, value]) => [
      name,
      evaluateValue(value, scope),
    ]),
  );

async function tellStep(
  telling: Telling,
  place: WorkflowPlace,
  step: PlainObject,
  scope: Scope,
): Promise<Values | string> {
  const stepId = textOf(step["stepId"]);
  if (isEventStep(step)) return `its step ${stepId} is a message on a channel`;
  const leads = resolveList(step["onSuccess"] ?? place.node["successActions"], place).some(
    ({ type, criteria }) => (type === "goto" || type === "end") && objectsOf(criteria).length === 0,
  );
  if (leads) return `its step ${stepId} leads elsewhere than to the next`;
  const { workflowId } = step;
  if (typeof workflowId === "string") return tellNested(telling, place, step, scope, workflowId);
  const { context, folder, unique, requests } = telling;
  const operation = findStepOperation(step, place.sources, context.catalog.operations);
  if (operation === undefined) return `its step ${stepId} calls no operation of the spec set`;
  const base = requestOf(context, operation, unique(identifier(`${place.id}_${stepId}`, "step")));
  const { captures, outputs } = capturesOf(telling, place, step, operation, scope);
  const request = await stepRequest(context, { base, operation, place, step }, scope);
  if (typeof request === "string") return request;
  requests.push({ ...request, folder, captures: [...captures, ...base.captures] });
  return outputs;
}

async function tellNested(
  telling: Telling,
  place: WorkflowPlace,
  step: PlainObject,
  scope: Scope,
  reference: string,
): Promise<Values | string> {
  const target = findReferredWorkflow(telling.context.catalog, reference, place);
  const given: Record<string, unknown> = {};
  for (const { name, value } of resolveList(step["parameters"], place))
    if (typeof name === "string") given[name] = evaluateValue(value, scope);
  const completed = completeInputs(target, given);
  const told = await tellSteps(telling, target, { ...marksOfSecrets(telling, target, completed), ...given });
  if (typeof told === "string" || step["outputs"] === undefined) return told;
  return resolved(step["outputs"], { ...scope, outputs: told });
}

/** What a step's outputs are to later steps: variables where they come from the answer, else values. */
function capturesOf(
  { context, variableName }: Telling,
  place: WorkflowPlace,
  step: PlainObject,
  operation: Operation,
  scope: Scope,
): { readonly captures: Capture[]; readonly outputs: Values } {
  const captures: Capture[] = [];
  const outputs: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(isPlainObject(step["outputs"]) ? step["outputs"] : {})) {
    const from = typeof value === "string" ? answerPlace(value) : undefined;
    if (from === undefined) {
      outputs[name] =
        typeof value === "string" && value.startsWith("$") ? evaluateExpression(value, scope) : value;
      continue;
    }
    const variable = variableName(identifier(`${place.id}_${textOf(step["stepId"])}_${name}`, "output"));
    captures.push({ variable, ...from });
    outputs[name] = marked(variable, typeAt(context.catalog, operation, from));
  }
  return { captures, outputs };
}

/** `$response.body#/items/0/id` or `$response.header.Location`. */
function answerPlace(expression: string): AnswerPlace | undefined {
  const header = /^\$response\.header\.([!#$%&'*+.^_`|~\w-]+)$/.exec(expression)?.[1];
  if (header !== undefined) return { header };
  const [, pointer] = /^\$response\.body(?:#(.*))?$/.exec(expression) ?? [];
  if (!expression.startsWith("$response.body")) return undefined;
  return { path: pointerTokens(pointer ?? "").map((token) => (/^\d+$/.test(token) ? Number(token) : token)) };
}
