import { isPlainObject, type PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { JsonObject } from "../store/store.ts";
import { ItemStore } from "./items.ts";
import { lastLiteral, objectIn } from "./shape.ts";
import { mergePatch, notFound, pathOf, type ResourceDecision, type Step, type Tools } from "./step.ts";
import { transition } from "./transition.ts";

/** What operations do on single things, and on the way of a thing from one status to the next. */

export async function readSingle(tools: Tools, step: Step): Promise<ResourceDecision> {
  const stored = await step.items.get("");
  if (stored?.value.deleted === true) return notFound("path", pathOf(step));
  return tools.answer(step, stored?.value.item, `${step.plan.operation.id} ${step.items.key}`);
}

export async function writeSingle(tools: Tools, step: Step): Promise<ResourceDecision> {
  const { items, parts } = step;
  const { operation } = step.plan;
  const stored = await items.get("");
  const patched =
    operation.method === "PATCH"
      ? mergePatch(objectIn(stored?.value.item), objectIn(parts.body))
      : parts.body;
  const answered = tools.answer(step, patched, `${operation.id} ${items.key}`);
  if (answered.kind === "refused") return answered;
  const item = answered.result === "" ? patched : answered.result;
  return { ...answered, writes: [items.write("", item, stored?.version ?? 0)] };
}

export async function removeSingle(tools: Tools, step: Step): Promise<ResourceDecision> {
  const stored = await step.items.get("");
  const answered = tools.answer(step, undefined, `${step.plan.operation.id} ${step.items.key}`);
  if (answered.kind === "refused") return answered;
  return { ...answered, writes: [step.items.write("", {}, stored?.version ?? 0, true)] };
}

/**
 * A step on a thing: answered in the form declared, kept under its path, and moving the thing's status where its name
 * says so.
 */
export async function act(tools: Tools, step: Step): Promise<ResourceDecision> {
  const { items, parts, context } = step;
  const { operation, success } = step.plan;
  const stored = await items.get("");
  const parent = tools.inferences.parentsOf(operation.path).at(-1);
  const on = parent && (await tools.parentItem(parent, parts, context));
  const moved =
    parent?.collection.item !== undefined && on !== undefined
      ? transition(
          lastLiteral(operation.path),
          objectIn(on.value.item),
          parent.collection.item,
          tools.schemas,
        )
      : undefined;
  const same =
    success.schema !== undefined && success.schema.ref.pointer === parent?.collection.item?.ref.pointer;
  const sent =
    success.schema === undefined
      ? objectIn(parts.body)
      : tools.composer.known(success.schema, objectIn(parts.body));
  const thing = same ? { ...objectIn(on?.value.item), ...moved } : madeBy(tools, step, sent);
  const answered = tools.answer(step, thing, `${operation.id} ${items.key}`);
  if (answered.kind === "refused") return answered;
  const writes = [
    items.write("", isPlainObject(answered.result) ? answered.result : sent, stored?.version ?? 0),
  ];
  if (on !== undefined && moved !== undefined) {
    const { id, owner, deleted } = on.value;
    const item: JsonObject = { ...objectIn(on.value.item), ...moved } as JsonObject;
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

function madeBy(tools: Tools, { plan: { success }, parts, context }: Step, sent: PlainObject): unknown {
  if (success.schema === undefined) return undefined;
  if (!tools.schemas.types(success.schema).has("object")) return undefined;
  return Object.keys(sent).length === 0
    ? undefined
    : tools.composer.item(success.schema, parts.body, context);
}
