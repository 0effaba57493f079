import { withMeant } from "../../specs/engine/catalog/schemas/misspelt.ts";
import { precompiledValidators } from "../../specs/engine/catalog/schemas/precompiled.ts";
import type { Catalog, Message, Operation } from "../../specs/engine/catalog/types.ts";
import { globOf } from "../../specs/engine/glob.ts";
import { meant } from "../../specs/engine/suggest.ts";
import type { FieldProblem } from "../capabilities/capability.ts";
import { plusDuration } from "../capabilities/time.ts";
import type { ControlSchemas } from "../control/api.ts";

/** Which requests or events go wrong, when, and how: as `specs/schemas/faults.schema.json` has it. */
export type FaultRule = ControlSchemas["FaultRule"];

/** How often a rule was met and has applied. */
export interface FaultCount {
  readonly id: string;
  readonly met: number;
  readonly applied: number;
}

const RULES = { document: "control-api.yaml", pointer: "/components/schemas/FaultRules" };

type Field = keyof FaultRule;

const REQUEST_FIELDS: readonly Field[] = ["operation", "method", "path", "phase"];
const REQUEST_EFFECTS: readonly Field[] = [
  "latencyMs",
  "status",
  "drop",
  "dripMs",
  "body",
  "contentType",
  "rateLimit",
];
const EVENT_EFFECTS: readonly Field[] = ["duplicate", "delay", "reorder", "signature", "drop"];
const ONLY_REQUESTS = [...REQUEST_FIELDS, ...REQUEST_EFFECTS.filter((name) => !EVENT_EFFECTS.includes(name))];
const ONLY_EVENTS: readonly Field[] = ["endpoint", ...EVENT_EFFECTS.filter((name) => name !== "drop")];

/** Fields that say nothing without one of the others. */
const NEEDS: readonly (readonly [Field, readonly Field[]])[] = [
  ["jitterMs", ["latencyMs"]],
  ["retryAfterSeconds", ["status"]],
  ["phase", ["latencyMs", "status", "drop"]],
];

/** What can't happen to the same answer: the first leaves no place for the others. */
const CONFLICTS: readonly (readonly [Field, readonly Field[]])[] = [
  [
    "drop",
    ["status", "dripMs", "body", "contentType", "rateLimit", "duplicate", "delay", "reorder", "signature"],
  ],
  ["rateLimit", ["status"]],
];

/** Everything that is wrong with rules on a spec set; none where they can be used. Pointers lead into `{rules}`. */
export async function problemsOf(rules: readonly FaultRule[], catalog: Catalog): Promise<FieldProblem[]> {
  const validators = precompiledValidators(await import("../../specs/generated/fault-rules.js"));
  const violations = validators.get(RULES)({ rules });
  if (violations.length > 0) {
    const { controlCatalog } = await import("../control/catalog.ts");
    return violations.map((violation) => ({
      pointer: `#${violation.pointer}`,
      detail: withMeant(violation, controlCatalog),
    }));
  }
  return rules.flatMap((rule, index) =>
    [...ruleProblems(rule, catalog)].map(([field, detail]) => ({
      pointer: `#/rules/${index}${field === "" ? "" : `/${field}`}`,
      detail,
    })),
  );
}

type Said = readonly [Field | "", string];

function* ruleProblems(rule: FaultRule, catalog: Catalog): Generator<Said> {
  const forEvents = rule.event !== undefined || rule.endpoint !== undefined;
  const misplaced = forEvents ? ONLY_REQUESTS : ONLY_EVENTS;
  const missing = forEvents ? "`event` makes the rule one for events" : "the rule has no `event`";
  for (const field of misplaced) {
    if (rule[field] !== undefined) yield [field, `is for ${forEvents ? "requests" : "events"}: ${missing}`];
  }
  const effects = forEvents ? EVENT_EFFECTS : REQUEST_EFFECTS;
  if (!effects.some((field) => rule[field] !== undefined)) {
    yield ["", `says nothing of what happens: give one of ${effects.join(", ")}`];
  }
  for (const [field, others] of NEEDS) {
    if (rule[field] !== undefined && others.every((other) => rule[other] === undefined))
      yield [field, `needs ${others.join(" or ")}`];
  }
  for (const [field, others] of CONFLICTS) {
    const met = others.filter((other) => rule[other] !== undefined);
    if (rule[field] !== undefined && met.length > 0) yield [field, `leaves no place for ${met.join(", ")}`];
  }
  yield* timeProblems(rule);
  yield* forEvents ? eventProblems(rule, catalog.messages) : requestProblems(rule, catalog.operations);
}

function* timeProblems({ from, until, delay }: FaultRule): Generator<Said> {
  if (from !== undefined && until !== undefined && Date.parse(until) <= Date.parse(from)) {
    yield ["until", "is not after `from`"];
  }
  if (delay !== undefined && plusDuration("2000-01-01T00:00:00Z", delay, "UTC") === undefined) {
    yield ["delay", "must be an ISO 8601 duration such as PT10M"];
  }
}

function* requestProblems(
  { operation, method, path }: FaultRule,
  operations: readonly Operation[],
): Generator<Said> {
  const named = operations.filter(({ id }) => operation === undefined || id === operation);
  if (named.length === 0) {
    const near = meant(
      operation ?? "",
      operations.map(({ id }) => id),
    );
    return yield ["operation", `the spec set has no operation ${JSON.stringify(operation)}${near}`];
  }
  const there = named.filter(({ path: template }) => path === undefined || mayMeet(path, template));
  if (there.length === 0) {
    const paths = named.map(({ path: template }) => template);
    const near = meant(path ?? "", [...new Set(paths)]);
    return yield ["path", `no operation${ofNamed(operation)} has such a path${near}`];
  }
  if (method !== undefined && there.every((candidate) => candidate.method !== method)) {
    yield ["method", `no operation${ofNamed(operation)} has it there`];
  }
}

const ofNamed = (operation: string | undefined): string => (operation === undefined ? "" : ` ${operation}`);

/** Whether some path of the template is one of those that the pattern means. */
function mayMeet(pattern: string, template: string): boolean {
  const filled = globOf(template.replace(/\{[^{}]+\}/g, "*"));
  return globOf(pattern).test(template) || filled.test(pattern.replaceAll("*", "x"));
}

function* eventProblems({ event = "*" }: FaultRule, messages: readonly Message[]): Generator<Said> {
  const wanted = globOf(event);
  const known = messages.some(
    ({ type, event: name }) => wanted.test(type) || (name !== undefined && wanted.test(name)),
  );
  if (known) return;
  const names = messages.map(({ type, event: name }) => name ?? type);
  yield ["event", `the spec set has no event ${JSON.stringify(event)}${meant(event, names)}`];
}
