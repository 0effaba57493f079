import type { RequestParts } from "../../specs/engine/catalog/bind.ts";
import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import type { Answer, DecisionContext, Refusal } from "../capabilities/capability.ts";
import type { StoredRecord } from "../store/store.ts";
import type { Composer } from "./compose.ts";
import type { Collection, Inference, Inferences } from "./infer.ts";
import { ItemStore, type StoredItem } from "./items.ts";
import type { Schemas } from "./schemas.ts";
import { asObject, type Success, wrapperOf } from "./shape.ts";

/** An answer whose result is the body as it stands. */
export type ResourceDecision = (Omit<Answer, "result"> & { readonly result: unknown }) | Refusal;

/** One request to an inferred operation, with everything known about it. */
export interface Step {
  readonly operation: Operation;
  readonly inference: Inference;
  readonly collection: Collection;
  readonly success: Success;
  readonly idProperty: string | undefined;
  readonly items: ItemStore;
  readonly parts: RequestParts;
  readonly context: DecisionContext;
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
    collection: Collection,
    parameter: string,
    parts: RequestParts,
    context: DecisionContext,
  ): Promise<StoredRecord<StoredItem> | undefined> {
    const names = [...collection.template.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
    const parents = names.map((name) => String(parts.path[name]));
    return new ItemStore(collection.template, parents, context).get(String(parts.path[parameter]));
  }

  itemSchema({ success, collection, idProperty }: Step): Collection["item"] {
    const { schemas } = this;
    const { schema } = success;
    if (schema === undefined) return collection.item;
    const wrapper = wrapperOf(schema, idProperty, schemas);
    return wrapper === undefined ? schema : schemas.properties(schema).get(wrapper);
  }

  readOnlyOf({ collection }: Step, item: Record<string, unknown>): Record<string, unknown> {
    if (collection.item === undefined) return {};
    const properties = this.schemas.properties(collection.item);
    return Object.fromEntries(
      Object.entries(item).filter(
        ([name]) => properties.get(name)?.schema["readOnly"] === true || /^created/i.test(name),
      ),
    );
  }

  /** The value wanted, wrapped and completed as the success declares it. */
  answer(step: Step, wanted: unknown, purpose: string): Exclude<ResourceDecision, Refusal> | Refusal {
    const { success, idProperty, context, operation } = step;
    const { schema, status } = success;
    const headers = this.composer.headers(success, purpose, context.now);
    if (success.mediaType === undefined) return { kind: "answer", result: "", status, headers };
    const wrapper =
      schema === undefined || step.inference.action === "list"
        ? undefined
        : wrapperOf(schema, idProperty, this.schemas);
    const value = wrapper === undefined || wanted === undefined ? wanted : { [wrapper]: wanted };
    const made = this.composer.answer(success, value, purpose, context);
    if (made === undefined) {
      return refuse(
        "ECO_UNSATISFIABLE",
        `No value fits the schema of the answer ${status} of ${operation.id}.`,
      );
    }
    return { kind: "answer", result: made.value, status, headers };
  }
}

export const refuse = (code: string, detail: string): Refusal => ({ kind: "refused", code, detail });
export const notFound = (name: string, id: string): Refusal =>
  refuse("ECO_NOT_FOUND", `Nothing has the ${name} ${JSON.stringify(id)}.`);

/** The id from the path, or from the body where the path has none (`PUT /pet`). */
export function idValue({ inference, parts, operation, collection, idProperty }: Step): unknown {
  if (operation.path === collection.template) return asObject(parts.body)[idProperty ?? "id"];
  return parts.path[inference.idParameter ?? ""];
}

export const idIn = (step: Step): string => String(idValue(step));

/** The collection's path with its parameters filled in. */
export function pathOf({ inference, parts }: Step): string {
  return inference.collection.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(parts.path[name])),
  );
}

/** RFC 7396, for one object: `null` takes a member away. */
export function mergePatch(
  under: Record<string, unknown>,
  over: Record<string, unknown>,
): Record<string, unknown> {
  const result = { ...under };
  for (const [name, value] of Object.entries(over)) {
    if (value === null) delete result[name];
    else
      result[name] =
        isPlainObject(value) && isPlainObject(result[name])
          ? mergePatch(asObject(result[name]), { ...value })
          : value;
  }
  return result;
}
