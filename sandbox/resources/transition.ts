import type { SchemaNode, Schemas } from "./schemas.ts";
import { plain } from "./shape.ts";

/** Letters that a verb and the state it leads to share: `cancel` and `cancelled`, `confirm` and `CONFIRMED`. */
const SHARED_LETTERS = 4;
/** States that don't begin as the verbs that lead there. */
const REACHED: Readonly<Record<string, readonly string[]>> = {
  pay: ["paid"],
  send: ["sent"],
  start: ["started", "running", "inprogress", "active"],
  resume: ["resumed", "active", "running", "inprogress"],
  finish: ["finished", "done", "completed"],
  hold: ["onhold", "held"],
  reopen: ["reopened", "open"],
  enable: ["enabled", "active"],
  disable: ["disabled", "inactive"],
  deactivate: ["deactivated", "inactive"],
  unpublish: ["unpublished", "draft"],
};
/** What takes back what another verb does. */
const OPPOSITES: Readonly<Record<string, string>> = { disable: "enable", deactivate: "activate" };
/** States that a thing doesn't leave by steps, but for those that bring it back. */
const FINAL =
  /^(cancell?ed|closed|completed?|done|deleted|rejected|declined|refunded|expired|void(ed)?|failed|terminated|archived)$/;
const BRINGS_BACK = /^(re|un|refund|restore|archive|delete)/;

/** A step on a thing: `cancel` of `POST /orders/{id}/cancel`; taken back where the method is DELETE. */
export interface StepTaken {
  readonly verb: string;
  readonly method: string;
  /** RFC 3339. */
  readonly now: string;
}

/**
 * What a step changes of a thing by its name: the status that it leads to, the flags that say it was taken, and the times
 * when. Undefined where nothing fits.
 */
export function transition(
  step: StepTaken,
  item: Readonly<Record<string, unknown>>,
  schema: SchemaNode,
  schemas: Schemas,
): Record<string, unknown> | undefined {
  const verb = plain(step.verb);
  const isUndone = step.method === "DELETE";
  const changes: Record<string, unknown> = {};
  for (const [name, node] of schemas.properties(schema)) {
    const types = schemas.types(node);
    if (types.has("boolean")) {
      const flag = flagAfter(verb, plain(name));
      if (flag !== undefined) changes[name] = flag !== isUndone;
    } else if (!isUndone && node.schema["format"] === "date-time" && tellsWhen(verb, plain(name)))
      changes[name] = step.now;
    else if (!isUndone && isStatus(name)) {
      const reached = statusAfter(verb, node);
      if (reached !== undefined && reached !== item[name]) changes[name] = reached;
    }
  }
  return Object.keys(changes).length === 0 ? undefined : changes;
}

/** The status of a thing that no more steps are taken from; undefined where this one may be. */
export function finalStatus(
  verb: string,
  item: Readonly<Record<string, unknown>>,
  schema: SchemaNode,
  schemas: Schemas,
): string | undefined {
  if (BRINGS_BACK.test(plain(verb))) return undefined;
  for (const [name, node] of schemas.properties(schema)) {
    const status = item[name];
    const moves = isStatus(name) && statusAfter(plain(verb), node) !== undefined;
    if (moves && typeof status === "string" && FINAL.test(plain(status))) return status;
  }
  return undefined;
}

const isStatus = (name: string): boolean => /(status|state)$/i.test(name);

function statusAfter(verb: string, { schema }: SchemaNode): unknown {
  const values = schema["enum"];
  if (!Array.isArray(values)) return undefined;
  const texts = values.filter((value) => typeof value === "string");
  const named = (REACHED[verb] ?? []).map((state) => texts.find((value) => plain(value) === state));
  return named.find((value) => value !== undefined) ?? texts.find((value) => leadsTo(verb, plain(value)));
}

function leadsTo(verb: string, state: string): boolean {
  const length = Math.max(SHARED_LETTERS - (verb.length < SHARED_LETTERS ? 1 : 0), 3);
  return verb.slice(0, length) === state.slice(0, length) && verb.length >= 3;
}

/** Whether the step sets a flag of this name, or takes it away; undefined where it has nothing to do with it. */
function flagAfter(verb: string, name: string): boolean | undefined {
  const flag = name.replace(/^(is|has)/, "");
  if (formsOf(verb).has(flag)) return true;
  const opposite = OPPOSITES[verb] ?? (verb.startsWith("un") ? verb.slice(2) : undefined);
  return opposite !== undefined && formsOf(opposite).has(flag) ? false : undefined;
}

const tellsWhen = (verb: string, name: string): boolean =>
  /(at|on|date|time)$/.test(name) && formsOf(verb).has(name.replace(/(at|on|date|time)$/, ""));

/** `pin`, `pinned`; `archive`, `archived`; `verify`, `verified`; `activate`, `active`. */
function formsOf(verb: string): ReadonlySet<string> {
  return new Set([
    verb,
    `${verb}d`,
    `${verb}ed`,
    `${verb}${verb.at(-1) ?? ""}ed`,
    verb.replace(/y$/, "ied"),
    verb.replace(/ate$/, "e"),
  ]);
}
