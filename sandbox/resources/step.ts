import type { RequestParts } from "../../specs/engine/catalog/exchange/bind.ts";
import { defineMember, isPlainObject, member, type PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Answer, DecisionContext, Refusal } from "../capabilities/capability.ts";
import type { StoredRecord } from "../store/store.ts";
import type { NamedIn } from "./calls.ts";
import type { Parent } from "./collection.ts";
import type { Composer } from "./compose.ts";
import { allHeldIn, heldIn, holding, idAt } from "./holder.ts";
import type { Inferences } from "./infer.ts";
import { ItemStore, type StoredItem } from "./items.ts";
import type { ResourcePlan } from "./resource-plan.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";
import { objectIn } from "./shape.ts";

/** An answer whose result is the body as it stands. */
export type ResourceDecision = Made | Refusal;

export type Made = Omit<Answer, "result"> & {
  readonly result: unknown;
  /** The media type whose schema the result was made to fit; undefined where it has none. */
  readonly fits?: string | undefined;
};

/** One request to an inferred operation, with everything known about it. */
export interface Step {
  readonly plan: ResourcePlan;
  readonly items: ItemStore;
  readonly parts: RequestParts;
  readonly context: DecisionContext;
  /** Of the URL that was asked: `http://127.0.0.1:4010`. */
  readonly origin: string;
}

/** What the steps share: the schemas, and how values are made from them. */
export class Tools {
  readonly schemas: Schemas;
  readonly composer: Composer;
  readonly inferences: Inferences;

  constructor(schemas: Schemas, composer: Composer, inferences: Inferences) {
    this.schemas = schemas;
    this.composer = composer;
    this.inferences = inferences;
  }

  parentItem(
    parent: Parent,
    parts: RequestParts,
    context: DecisionContext,
  ): Promise<StoredRecord<StoredItem> | undefined> {
    const { collection } = parent;
    const items = new ItemStore(collection.template, textsOf(collection.parameters, parts.path), context);
    return items.get(idOfParent(parent, parts));
  }

  /**
   * What stays of an item that is replaced: what only the platform sets, what a request has no place for, and what an item
   * can't be without.
   */
  stayingOf({ plan: { collection, sent } }: Step, item: PlainObject): Record<string, unknown> {
    if (collection.item === undefined) return {};
    const sendable = sent === undefined ? NO_NAMES : this.schemas.possible(sent.item);
    const properties = this.schemas.properties(collection.item);
    const required = this.schemas.required(collection.item);
    return Object.fromEntries(
      Object.entries(item).filter(
        ([name]) =>
          required.has(name) ||
          (sendable.size > 0 && properties.has(name) && !sendable.has(name)) ||
          properties.get(name)?.schema["readOnly"] === true ||
          /^created/i.test(name),
      ),
    );
  }

  /** A thing with what only the platform sets as it was before. */
  withPlatformsOwn(
    { plan: { collection } }: Step,
    thing: PlainObject,
    before: PlainObject,
  ): Record<string, unknown> {
    const properties = collection.item === undefined ? NO_NAMES : this.schemas.properties(collection.item);
    const own = [...properties].flatMap(([name, node]) => (node.schema["readOnly"] === true ? [name] : []));
    const result: Record<string, unknown> = { ...thing };
    for (const name of own) {
      if (Object.hasOwn(before, name)) result[name] = before[name];
      else delete result[name];
    }
    return result;
  }

  /** The value wanted, wrapped and completed as the success declares it. */
  answer(step: Step, wanted: unknown, purpose: string): Made | Refusal {
    return this.answerAll(step, wanted === undefined ? [] : [wanted], purpose);
  }

  /** The same of several things, where the success has a place for them; of the first where it has one for one. */
  answerAll({ plan, parts, context }: Step, things: readonly unknown[], purpose: string): Made | Refusal {
    const { success, operation, holder } = plan;
    const { status, mediaType } = success;
    const headers = this.composer.headers(success, purpose, context.now, parts.headers);
    if (mediaType === undefined) return { kind: "answer", result: "", status, headers };
    const value =
      holder === undefined || things.length === 0
        ? things[0]
        : holding(holder, ...things.map((thing) => this.#told(plan, thing)));
    const made = this.composer.answer(success, value, purpose, context);
    if (made === undefined) {
      return refuse(
        "ECO_UNSATISFIABLE",
        `No value fits the schema of the answer ${status} of ${operation.id}.`,
      );
    }
    return { kind: "answer", result: made.value, fits: mediaType, status, headers };
  }

  /** What an answer tells of an item, where its schema knows less than the collection keeps. */
  #told({ holder, itemSchema }: ResourcePlan, item: unknown): unknown {
    const told = holder?.item;
    if (told === undefined || told === itemSchema || !isPlainObject(item)) return item;
    return this.schemas.properties(told).size === 0 ? item : this.composer.known(told, item);
  }
}

export const idOfParent = ({ parameter, named }: Parent, parts: RequestParts): string =>
  String(named === undefined ? parts.path[parameter] : valueNamed(named, parts));

const valueNamed = ({ in: place, name }: NamedIn, parts: RequestParts): unknown =>
  objectIn(parts[place])[name];

const NO_NAMES: ReadonlyMap<string, SchemaNode> = new Map();

export const refuse = (code: string, detail: string): Refusal => ({ kind: "refused", code, detail });
export const notFound = (name: string, id: string): Refusal =>
  refuse("ECO_NOT_FOUND", `Nothing has the ${name} ${JSON.stringify(id)}.`);

/** The parameters of a path as the texts that they were. */
export const textsOf = (names: readonly string[], path: RequestParts["path"]): string[] =>
  names.map((name) => String(path[name]));

/** What a request says of an item: its body, or what that holds. */
export function sentIn({ plan: { sent }, parts: { body } }: Step): PlainObject {
  return objectIn(sent === undefined ? body : heldIn(sent, body));
}

/** What a request says of each item that it is about: of one at least. */
export function allSentIn({ plan: { sent }, parts: { body } }: Step): PlainObject[] {
  const things = sent === undefined ? [body] : allHeldIn(sent, body);
  return things.length === 0 ? [objectIn(undefined)] : things.map(objectIn);
}

/** The id from the path, or from where the request has it when the path has none (`PUT /pet`, `POST /pets.info`). */
export function idValue(step: Step): unknown {
  const { inference, idPath } = step.plan;
  const { named } = inference;
  if (named !== undefined) return valueNamed(named, step.parts);
  if (inference.idInBody === true) return idAt(sentIn(step), idPath);
  return step.parts.path[inference.idParameter ?? ""];
}

export const idIn = (step: Step): string => String(idValue(step));

/** The collection's path with its parameters filled in. */
export function pathOf({ plan: { inference }, parts }: Step): string {
  if (inference.parentParameters.length === 0) return inference.collection;
  return inference.collection.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(parts.path[name])),
  );
}

/** RFC 7396, for one object: `null` takes a member away. */
export function mergePatch(under: PlainObject, over: PlainObject): Record<string, unknown> {
  const result: Record<string, unknown> = { ...under };
  for (const [name, value] of Object.entries(over)) {
    if (value === null) delete result[name];
    else {
      const before = member(result, name);
      const merged = isPlainObject(value) && isPlainObject(before) ? mergePatch(before, value) : value;
      defineMember(result, name, merged);
    }
  }
  return result;
}
