import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { JsonObject } from "../store/store.ts";
import { ItemStore } from "./items.ts";
import { asObject, lastLiteral } from "./shape.ts";
import { mergePatch, notFound, pathOf, type ResourceDecision, type Step, type Tools } from "./step.ts";
import { transition } from "./transition.ts";

/** What operations do on single things, and on the way of a thing from one status to the next. */

export async function readSingle(tools: Tools, step: Step): Promise<ResourceDecision> {
  const stored = await step.items.get("");
  if (stored?.value.deleted === true) return notFound("path", pathOf(step));
  return tools.answer(step, stored?.value.item, `${step.operation.id} ${step.items.key}`);
}

export async function writeSingle(tools: Tools, step: Step): Promise<ResourceDecision> {
  const { items, parts, operation } = step;
  const stored = await items.get("");
  const patched =
    operation.method === "PATCH"
      ? mergePatch(asObject(stored?.value.item), asObject(parts.body))
      : parts.body;
  const answered = tools.answer(step, patched, `${operation.id} ${items.key}`);
  if (answered.kind === "refused") return answered;
  const item = answered.result === "" ? patched : answered.result;
  return { ...answered, writes: [items.write("", item, stored?.version ?? 0)] };
}

export async function removeSingle(tools: Tools, step: Step): Promise<ResourceDecision> {
  const stored = await step.items.get("");
  const answered = tools.answer(step, undefined, `${step.operation.id} ${step.items.key}`);
  if (answered.kind === "refused") return answered;
  return { ...answered, writes: [step.items.write("", {}, stored?.version ?? 0, true)] };
}

/**
 * A step on a thing: answered in the form declared, kept under its path, and moving the thing's status where its name
 * says so.
 */
export async function act(tools: Tools, step: Step): Promise<ResourceDecision> {
  const { operation, items, parts, context, success } = step;
  const stored = await items.get("");
  const parent = tools.inferences.parentsOf(operation.path).at(-1);
  const on = parent && (await tools.parentItem(parent.collection, parent.parameter, parts, context));
  const moved =
    parent?.collection.item !== undefined && on !== undefined
      ? transition(
          lastLiteral(operation.path),
          asObject(on.value.item),
          parent.collection.item,
          tools.schemas,
        )
      : undefined;
  const same =
    success.schema !== undefined && success.schema.ref.pointer === parent?.collection.item?.ref.pointer;
  const sent =
    success.schema === undefined
      ? asObject(parts.body)
      : tools.composer.known(success.schema, asObject(parts.body));
  const thing = same ? { ...asObject(on?.value.item), ...moved } : madeBy(tools, step, sent);
  const answered = tools.answer(step, thing, `${operation.id} ${items.key}`);
  if (answered.kind === "refused") return answered;
  const writes = [
    items.write("", isPlainObject(answered.result) ? answered.result : sent, stored?.version ?? 0),
  ];
  if (on !== undefined && moved !== undefined) {
    const { id, owner, deleted } = on.value;
    const item: JsonObject = { ...asObject(on.value.item), ...moved } as JsonObject;
    writes.push({
      collection: on.collection,
      id: on.id,
      value: { id, owner, deleted, item },
      expectedVersion: on.version,
      keys: ItemStore.keysOf(on),
    });
  }
  return { ...answered, writes };
}

function madeBy(tools: Tools, { success, parts, context }: Step, sent: Record<string, unknown>): unknown {
  if (success.schema === undefined) return undefined;
  if (!tools.schemas.types(success.schema).has("object")) return undefined;
  return Object.keys(sent).length === 0
    ? undefined
    : tools.composer.item(success.schema, parts.body, context);
}
