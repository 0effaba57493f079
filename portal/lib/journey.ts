import { isObject, type Json, list, object, objects, text } from "./json.ts";
import { firstSentence } from "./markdown.ts";
import type { Arrow, Sequence } from "./sequence.ts";
import type { JourneyPage, OperationPage, Site } from "./site.ts";

export interface StepView {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly operation?: OperationPage;
  readonly workflow?: JourneyPage;
  /** For a step that receives or sends a message. */
  readonly event?: "receive" | "send";
  /** Operation id as written, where the catalogue has no page for it. */
  readonly target: string;
  readonly parameters: readonly { name: string; in: string; value: string }[];
  readonly body?: unknown;
  readonly criteria: readonly string[];
  readonly outputs: readonly { name: string; value: string }[];
  readonly failures: readonly string[];
}

/** The steps of a workflow as a reader wants them: what is called with what, what must hold, what is kept. */
export function stepsOf(journey: JourneyPage, site: Site): readonly StepView[] {
  const shared = object(journey.document.content["components"]);
  return objects(journey.content["steps"]).map((step) => stepView(step, shared, site));
}

// Steps may take parameters and actions from `components`: `reference: $components.failureActions.askAgain`.
function whole(items: unknown, shared: Json): readonly Json[] {
  return objects(items).map((item) => {
    const [, group = "", name = ""] = /^\$components\.(\w+)\.([\w.-]+)$/u.exec(text(item["reference"])) ?? [];
    return name === "" ? item : { ...object(object(shared[group])[name]), ...item };
  });
}

function stepView(step: Json, shared: Json, site: Site): StepView {
  const id = text(step["stepId"]);
  const name = text(step["operationId"]).replace(/^\$sourceDescriptions\.[^.]+\./u, "");
  const operation = site.operations.get(name) ?? operationAt(text(step["operationPath"]), site);
  const workflowId = text(step["workflowId"]).replace(/^\$sourceDescriptions\.[^.]+\./u, "");
  const workflow = site.journeys.find((one) => one.workflow.id === workflowId);
  const description = text(step["description"]);
  const action = text(step["action"]);
  return {
    id,
    title: humanised(id),
    description,
    ...(operation === undefined ? {} : { operation }),
    ...(workflow === undefined ? {} : { workflow }),
    ...(action === "receive" || action === "send" ? { event: action } : {}),
    target: name || workflowId || channelOf(step) || text(step["operationPath"]),
    parameters: whole(step["parameters"], shared).map((one) => ({
      name: text(one["name"]),
      in: text(one["in"]),
      value: shown(one["value"]),
    })),
    ...(step["requestBody"] === undefined ? {} : { body: object(step["requestBody"])["payload"] }),
    criteria: objects(step["successCriteria"]).map(criterion),
    outputs: Object.entries(object(step["outputs"])).map(([key, value]) => ({
      name: key,
      value: shown(value),
    })),
    failures: whole(step["onFailure"], shared).map(failure),
  };
}

// `channelPath: "{$sourceDescriptions.events.url}#/channels/events"`
function channelOf(step: Json): string {
  const name = /#\/channels\/(.+)$/u.exec(text(step["channelPath"]))?.[1];
  return name === undefined ? "" : `channel ${name}`;
}

// `operationPath: "{$sourceDescriptions.api.url}#/paths/~1deliveries/post"`
function operationAt(path: string, site: Site): OperationPage | undefined {
  const pointer = /#(\/.*)$/u.exec(path)?.[1];
  if (pointer === undefined) return undefined;
  return [...site.operations.values()].find((page) => page.operation.pointer === pointer);
}

/** `submitDelivery` → `Submit delivery`, `wait-for-event` → `Wait for event`. */
export function humanised(id: string): string {
  const words = id
    .replace(/([a-z0-9])([A-Z])/gu, "$1 $2")
    .replace(/[-_]+/gu, " ")
    .toLowerCase()
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function criterion(one: Json): string {
  const condition = text(one["condition"]);
  const context = text(one["context"]);
  return context === "" ? condition : `${context}: ${condition}`;
}

function failure(one: Json): string {
  const type = text(one["type"]);
  const target = text(one["stepId"]) || text(one["workflowId"]);
  const times = one["retryLimit"] === undefined ? "" : `, up to ${text(one["retryLimit"])} times`;
  const pause = one["retryAfter"] === undefined ? "" : `, every ${text(one["retryAfter"])} s`;
  const when = objects(one["criteria"]).map(criterion).join(" and ");
  const what =
    type === "retry" ? `try again${pause}${times}` : type === "goto" ? `go on with ${target}` : "end";
  return when === "" ? what : `when ${when}: ${what}`;
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** Whether a step waits: it repeats its call until what it looks for is there. */
export function isWaiting(step: StepView): boolean {
  return step.event === "receive" || step.failures.some((line) => line.includes("try again"));
}

/**
 * The sequence diagram of a journey. Lanes are whoever acts: the parties whose tokens the calls carry, in order of appearance,
 * and the APIs that are called.
 */
export function sequenceOf(journey: JourneyPage, site: Site): Sequence {
  const steps = stepsOf(journey, site);
  const actors = actorsOf(journey, steps, site);
  const apis = [...new Set(steps.map((step) => apiOf(step, site)))];
  const callers = [...new Set(steps.map((step) => actors.get(step.id) ?? "Partner"))];
  const lanes = [...callers, ...apis];
  const arrows = steps.flatMap((step): Arrow[] => {
    const from = lanes.indexOf(actors.get(step.id) ?? "Partner");
    const to = lanes.indexOf(apiOf(step, site));
    const call = step.operation?.operation;
    const label =
      step.workflow === undefined
        ? (call?.summary ?? step.title)
        : step.workflow.workflow.summary || step.workflow.workflow.id;
    if (isWaiting(step))
      return [{ from: to, to: from, label: step.title, note: noteOf(step), kind: "event" }];
    const status = step.criteria
      .map((line) => /\$statusCode\s*==\s*(\d+)/u.exec(line)?.[1])
      .find((code) => code !== undefined);
    const kept = step.outputs.map((one) => one.name).join(", ");
    const request: Arrow = { from, to, label, kind: "call" };
    return status === undefined && kept === ""
      ? [request]
      : [request, { from: to, to: from, label: [status, kept].filter(Boolean).join(" · "), kind: "answer" }];
  });
  return { title: `Sequence of ${journey.workflow.summary || journey.workflow.id}`, lanes, arrows };
}

/** Who tells of what happened: the API that the events are about. */
function eventSource(site: Site): string {
  const api = [...site.operations.values()].find(({ operation }) => operation.capability !== undefined);
  const info = object(site.document(api?.operation.document ?? "")?.content["info"]);
  return firstSentence(text(info["title"])) || site.catalog.ecosystem.title;
}

const noteOf = (step: StepView): string =>
  step.event === "receive" ? "told by an event" : "asked until it is there";

function apiOf(step: StepView, site: Site): string {
  const path = step.operation?.operation.document;
  if (step.event !== undefined) return eventSource(site);
  const info = object(site.document(path ?? "")?.content["info"]);
  return firstSentence(text(info["title"])) || site.catalog.ecosystem.title;
}

/** Who makes each step's call: the party whose token it carries, as far as the workflow tells. */
function actorsOf(journey: JourneyPage, steps: readonly StepView[], site: Site): ReadonlyMap<string, string> {
  const clients = clientNames(site);
  const inputs = object(object(journey.content["inputs"])["properties"]);
  const owners = new Map<string, string>();
  const nameOfClient = (value: unknown): string | undefined => {
    const raw = text(value);
    const input = /^\{?\$inputs\.([\w-]+)\}?$/u.exec(raw)?.[1];
    if (input === undefined) return clients.get(raw);
    const fallback = object(inputs[input]);
    return clients.get(text(fallback["default"]) || text(list(fallback["examples"])[0])) ?? named(input);
  };
  for (const step of steps) {
    const body = isObject(step.body) ? step.body : {};
    const fromBody = nameOfClient(body["client_id"] ?? body["clientId"]);
    const authorization =
      step.parameters.find((one) => one.name.toLowerCase() === "authorization")?.value ?? "";
    const source = /\$steps\.([\w-]+)\.outputs/u.exec(authorization)?.[1];
    const input = /\$inputs\.([\w-]+)/u.exec(authorization)?.[1];
    const actor =
      fromBody ??
      (source === undefined ? undefined : owners.get(source)) ??
      (input === undefined ? undefined : nameOfClient(`$inputs.${input}`));
    // An event reaches whoever acted last.
    const receiver = step.event === undefined ? undefined : [...owners.values()].at(-1);
    const owner = actor ?? receiver;
    if (owner !== undefined) owners.set(step.id, owner);
  }
  return owners;
}

// `partnerToken`, `customerClientId` → `Partner`, `Customer`.
function named(input: string): string | undefined {
  const stem = input
    .replace(/(access)?token$|client(id)?$|-?credentials$/iu, "")
    .replace(/(access)?token$|client(id)?$/iu, "");
  return stem === "" ? undefined : humanised(stem);
}

// Published test credentials say whose token a journey uses.
function clientNames(site: Site): ReadonlyMap<string, string> {
  const personas = objects(object(site.catalog.ecosystem.content["testData"])["personas"]);
  const names = new Map(site.catalog.ecosystem.parties.map((party) => [party.id, party.name]));
  return new Map(
    personas.map((persona) => {
      const id = text(persona["clientId"]) || text(object(persona["credentials"])["clientId"]);
      const party = text(persona["party"]) || text(persona["partyId"]) || text(persona["id"]);
      return [id, names.get(party) ?? party];
    }),
  );
}
