import { isPlainObject, member, resolvePointer } from "../catalog/pointer.ts";
import { EcoError } from "../errors/index.ts";
import type { StepMessage } from "./messages.ts";
import { type SelectorLanguages, selectIn } from "./selector-languages.ts";
import type { StepRequest, StepResponse } from "./types.ts";

type Values = Readonly<Record<string, unknown>>;

/** Everything that a runtime expression can refer to at one point of a run. */
export interface Scope {
  readonly inputs: Values;
  readonly outputs: Values;
  readonly steps: Readonly<Record<string, { readonly outputs: Values }>>;
  readonly workflows: Readonly<Record<string, { readonly inputs: Values; readonly outputs: Values }>>;
  readonly sourceDescriptions: Readonly<Record<string, Values>>;
  readonly components: Values;
  readonly request?: StepRequest;
  readonly response?: StepResponse;
  readonly message?: StepMessage;
  /** The document's own URI, where it gives one. */
  readonly self?: string;
  /** Those that the workflow's document selects by. */
  readonly languages?: SelectorLanguages;
}

/** The value of a runtime expression such as `$response.body#/items/0/id`; undefined where it leads nowhere. */
export function evaluateExpression(expression: string, scope: Scope): unknown {
  const byName = namedPart(expression, scope);
  if (byName !== undefined) return byName;
  const hash = expression.indexOf("#");
  const head = hash === -1 ? expression : expression.slice(0, hash);
  const value = navigate(splitNames(head.slice(1)), scope, expression);
  if (hash === -1) return value;
  // Behind the pointer a condition may go on with `.name` and `[0]`.
  const [, pointer = "", rest = ""] = /^([^[\]]*?)((?:\[[^\]]*\]|\.(?=[A-Za-z_])[^.[\]/]*)*)$/.exec(
    expression.slice(hash + 1),
  ) ?? ["", expression.slice(hash + 1)];
  const whole = resolvePointer(value, expression.slice(hash + 1));
  if (whole !== undefined || rest === "") return whole;
  return splitNames(rest).reduce<unknown>(member, resolvePointer(value, pointer));
}

/** A header or a parameter by its whole name, which may hold what else has a meaning: `$request.query.filter[state]`. */
function namedPart(expression: string, scope: Scope): unknown {
  const [, side, part = "", name = ""] =
    /^\$(request|response|message)\.(header|query|path)\.(.+)$/s.exec(expression) ?? [];
  if (side === undefined) return undefined;
  const holder = side === "message" ? scope.message : side === "request" ? scope.request : scope.response;
  if (part === "header") return member(lowerCase(holder?.headers ?? {}), name.toLowerCase());
  return member(member(holder, part), name);
}

/** `steps.a.outputs.list[0]` → `steps`, `a`, `outputs`, `list`, `0` */
function splitNames(text: string): string[] {
  return [...text.matchAll(/\[\s*['"]?([^\]'"]*)['"]?\s*\]|([^.[\]]+)/g)].map(
    ([, index, name]) => index ?? name ?? "",
  );
}

function navigate(names: readonly string[], scope: Scope, expression: string): unknown {
  const [root = "", second = "", ...rest] = names;
  switch (root) {
    case "url":
    case "method":
    case "statusCode":
    case "self":
      if (names.length > 1) throw notAnExpression(expression);
      if (root === "self") return scope.self;
      return root === "statusCode" ? scope.response?.status : scope.request?.[root];
    case "request":
    case "response":
      return fromMessage(root === "request" ? scope.request : scope.response, second, rest);
    case "message":
      return second === "payload" ? rest.reduce<unknown>(member, scope.message?.payload) : undefined;
    case "inputs":
    case "outputs":
    case "sourceDescriptions":
      return named(scope[root], [second, ...rest]);
    case "steps":
    case "workflows": {
      const [part = "", ...path] = rest;
      return named(member(member(scope[root], second), part), path);
    }
    case "components":
      return named(member(scope.components, second), rest);
    default:
      throw notAnExpression(expression);
  }
}

function notAnExpression(expression: string): EcoError {
  return new EcoError("ECO_EXPRESSION_INVALID", `${expression} is no runtime expression.`, {
    fix: "It must begin with $url, $method, $statusCode, $request, $response, $message, $inputs, $outputs, $steps, $workflows, $sourceDescriptions or $components.",
  });
}

function fromMessage(
  message: StepRequest | StepResponse | undefined,
  part: string,
  rest: readonly string[],
): unknown {
  if (part === "body") return rest.reduce<unknown>(member, message?.body);
  if (part === "query" || part === "path") return named(member(message, part), rest);
  return undefined;
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** A name may hold dots itself: the longest one that exists wins. */
function named(values: unknown, names: readonly string[]): unknown {
  for (let length = names.length; length > 0; length -= 1) {
    const value = member(values, names.slice(0, length).join("."));
    if (value !== undefined) return names.slice(length).reduce<unknown>(member, value);
  }
  return names.length === 0 ? values : undefined;
}

// Behind a `#` anything goes, as keys of JSON may be of any text; before it, a space makes it a sentence.
const WHOLE_EXPRESSION =
  /^\$(url|method|statusCode|self|(request|response|message|inputs|outputs|steps|workflows|sourceDescriptions|components)\.[^\s#]+(#(\/.*)?)?)$/s;

/**
 * A value of a workflow document with its expressions replaced: whole texts by the value, `{$…}` inside a text by its
 * form as text, and a selector object by what it selects.
 */
export function evaluateValue(value: unknown, scope: Scope): unknown {
  if (typeof value === "string") return evaluateText(value, scope);
  if (Array.isArray(value)) return value.map((item) => evaluateValue(item, scope));
  if (!isPlainObject(value)) return value;
  if (isSelector(value)) return select(value, scope);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluateValue(item, scope)]));
}

interface Selector {
  readonly context: string;
  readonly selector: string;
  readonly type: unknown;
}

/** The Selector Object of Arazzo 1.1. */
function isSelector(value: object): value is Selector {
  const { context, selector, type, ...rest } = value as Record<string, unknown>;
  return (
    typeof context === "string" &&
    context.startsWith("$") &&
    typeof selector === "string" &&
    type !== undefined &&
    Object.keys(rest).every((key) => key.startsWith("x-"))
  );
}

function select({ context, selector, type }: Selector, scope: Scope): unknown {
  const found = selectIn(evaluateExpression(context, scope), selector, type, scope.languages ?? {});
  return found.length > 1 ? found : found[0];
}

function evaluateText(text: string, scope: Scope): unknown {
  if (WHOLE_EXPRESSION.test(text)) return evaluateExpression(text, scope);
  const single = /^\{(\$[^{}]+)\}$/.exec(text)?.[1];
  return single === undefined ? withEmbedded(text, scope) : evaluateExpression(single, scope);
}

/** A text with the values of the expressions in it, as text. */
export function withEmbedded(text: string, scope: Scope): string {
  return text.replace(/\{(\$[^{}]+)\}/g, (_, expression: string) => {
    const value = evaluateExpression(expression, scope);
    if (value === undefined) {
      throw new EcoError("ECO_EXPRESSION_INVALID", `${expression} has no value here.`, {
        fix: "Check that the step or input that it refers to exists and has run before.",
      });
    }
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  });
}
