import type { Operation } from "../../specs/engine/catalog/types.ts";
import { canonical, type ResourceAction } from "./path-actions.ts";
import type { Schemas } from "./schemas.ts";
import { bodySchemaOf, plain, singularOf } from "./shape.ts";

/** An operation whose path names what it does: `POST /documents.create`, `/tokens/get`, `/deleteUser`. */
export interface Call {
  readonly operation: Operation;
  readonly action: ResourceAction;
  /** Path of what it is done to, as if it were a collection: `/documents`. */
  readonly template: string;
  /** As the path has it: `archive`. */
  readonly verb: string;
  /** What names the one thing that it is about; undefined where it is about none yet, or about several. */
  readonly names?: NamedIn;
}

/** Where a request names the thing that it is about, other than in its path. */
export interface NamedIn {
  readonly in: "body" | "query";
  readonly name: string;
}

const VERBS: Readonly<Record<string, ResourceAction>> = {
  create: "create",
  add: "create",
  new: "create",
  insert: "create",
  register: "create",
  list: "list",
  all: "list",
  search: "list",
  query: "list",
  get: "read",
  info: "read",
  retrieve: "read",
  read: "read",
  show: "read",
  fetch: "read",
  view: "read",
  describe: "read",
  details: "read",
  update: "change",
  edit: "change",
  modify: "change",
  delete: "remove",
  remove: "remove",
  destroy: "remove",
};
const ABOUT_ONE: ReadonlySet<ResourceAction> = new Set(["read", "change", "remove", "act"]);
const READS: ReadonlySet<ResourceAction> = new Set(["read", "list"]);

/** `/documents.create`, `/tokens/get`: what it is done to, then the verb. */
const BEHIND = /^(.*\/[^/]*[^/.])[./]([A-Za-z]+)$/;
/** `/createUser`, `/delete-user`: the verb, then what it is done to. */
const BEFORE = /^(.*\/)([a-z]+)[-_]?((?:[A-Z]|(?<=[-_])[a-z])\w*)$/;

/**
 * The operations whose paths say by a verb what they do, by operation. Only where the same thing is both made and read so,
 * and where no path leads to it by a parameter.
 * @param leads whether paths lead from a template to things by a parameter
 */
export function callsAmong(
  operations: readonly Operation[],
  leads: (template: string) => boolean,
  schemas: Schemas,
): ReadonlyMap<Operation, Call> {
  const calls = operations.flatMap((operation) => callOf(operation, schemas) ?? []);
  const families = Map.groupBy(calls, ({ template }) => template);
  const known = [...families.entries()].flatMap(([template, family]) => {
    const isMade = family.some(({ action }) => action === "create");
    const isRead = family.some(({ action }) => READS.has(action));
    return isMade && isRead && !leads(template) ? family.filter(({ action }) => action !== "act") : [];
  });
  const templates = new Set(known.map(({ template }) => template));
  const steps = calls.filter(({ action, template }) => action === "act" && templates.has(template));
  return new Map([...known, ...steps].map((call) => [call.operation, call]));
}

function callOf(operation: Operation, schemas: Schemas): Call | undefined {
  const path = canonical(operation.path);
  const said = saidBy(path);
  if (said === undefined) return undefined;
  const { verb, above, noun } = said;
  const action = (Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined) ?? "act";
  const template = `${above}${singularOf(noun)}`;
  if (!ABOUT_ONE.has(action)) return { operation, action, template, verb };
  const names = namedIn(operation, template, schemas);
  if (names !== undefined) return { operation, action, template, verb, names };
  // `/getUsers` names none of them: it is about all.
  return action === "read" ? { operation, action: "list", template, verb } : undefined;
}

function saidBy(
  path: string,
): { readonly verb: string; readonly above: string; readonly noun: string } | undefined {
  const [, thing, last = ""] = BEHIND.exec(path) ?? [];
  if (thing !== undefined && !thing.endsWith("}")) {
    const at = thing.lastIndexOf("/") + 1;
    return { verb: last.toLowerCase(), above: thing.slice(0, at), noun: thing.slice(at) };
  }
  const [, above = "", verb = "", noun] = BEFORE.exec(path) ?? [];
  return noun === undefined ? undefined : { verb, above, noun: noun.charAt(0).toLowerCase() + noun.slice(1) };
}

/** What of a request names the thing: an id under a usual name, or what is called after the thing. */
function namedIn(operation: Operation, template: string, schemas: Schemas): NamedIn | undefined {
  const words = template.split("/").filter((word) => word !== "" && !word.includes("{"));
  const noun = plain(words.at(-1) ?? "");
  const long = plain(words.slice(-2).join(""));
  const known = [
    "id",
    `${noun}id`,
    `${long}id`,
    noun,
    long,
    "uuid",
    `${noun}uuid`,
    "uid",
    "key",
    `${noun}key`,
    "name",
    `${noun}name`,
  ];
  const body = bodySchemaOf(operation, schemas);
  const inBody = body === undefined ? [] : [...schemas.possible(body).keys()];
  const inQuery = operation.parameters.flatMap(({ in: place, name }) => (place === "query" ? [name] : []));
  for (const word of known) {
    const property = inBody.find((name) => plain(name) === word);
    if (property !== undefined) return { in: "body", name: property };
    const parameter = inQuery.find((name) => plain(name) === word);
    if (parameter !== undefined) return { in: "query", name: parameter };
  }
  return undefined;
}
