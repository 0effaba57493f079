import { isPlainObject, type PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import { heldIn } from "./holder.ts";
import { ItemStore } from "./items.ts";
import { canonical } from "./path-actions.ts";
import { lastLiteral, objectIn } from "./shape.ts";
import {
  type Made,
  mergePatch,
  notFound,
  pathOf,
  type ResourceDecision,
  refuse,
  type Step,
  sentIn,
  type Tools,
} from "./step.ts";
import { finalStatus, transition } from "./transition.ts";

/** What operations do on single things, and on the way of a thing from one status to the next. */

export async function readSingle(tools: Tools, step: Step): Promise<ResourceDecision> {
  const stored = await step.items.get("");
  if (stored?.value.deleted === true) return notFound("path", pathOf(step));
  return tools.answer(step, stored?.value.item, `${step.plan.operation.id} ${step.items.key}`);
}

export async function writeSingle(tools: Tools, step: Step): Promise<ResourceDecision> {
  const { items, parts } = step;
  const { operation, sent } = step.plan;
  const stored = await items.get("");
  const patched =
    operation.method === "PATCH"
      ? mergePatch(objectIn(stored?.value.item), sentIn(step))
      : (heldIn(sent ?? WHOLE, parts.body) ?? parts.body);
  const answered = tools.answer(step, patched, `${operation.id} ${items.key}`);
  if (answered.kind === "refused") return answered;
  const item = answered.result === "" ? patched : (shownBy(step, answered) ?? patched);
  return { ...answered, writes: [items.write("", item, stored?.version ?? 0)] };
}

export async function removeSingle(tools: Tools, step: Step): Promise<ResourceDecision> {
  const stored = await step.items.get("");
  const answered = tools.answer(step, undefined, `${step.plan.operation.id} ${step.items.key}`);
  if (answered.kind === "refused") return answered;
  return { ...answered, writes: [step.items.write("", {}, stored?.version ?? 0, { deleted: true })] };
}

/**
 * A step on a thing: answered in the form declared, kept under its path, and moving the thing's status where its name
 * says so.
 */
export async function act(tools: Tools, step: Step): Promise<ResourceDecision> {
  const { parts, context } = step;
  const { operation, holder, collection } = step.plan;
  const isFull = collection.idParameter !== undefined || collection.listed;
  const items = isFull ? step.items.beside(operation.method) : step.items;
  const stored = await items.get("");
  const parent = tools.inferences.parentsOf(operation).at(-1);
  const on = parent && (await tools.parentItem(parent, parts, context));
  const verb = step.plan.inference.verb ?? lastLiteral(canonical(operation.path));
  const thing = objectIn(on?.value.item);
  const schema = on === undefined ? undefined : parent?.collection.item;
  const final = schema && declaresConflict(operation) && finalStatus(verb, thing, schema, tools.schemas);
  if (final) return refuse("ECO_CONFLICT", `It is ${final}: ${verb} is not possible any more.`);
  const taken = { verb, method: operation.method, now: context.now };
  const moved = schema && transition(taken, thing, schema, tools.schemas);
  const told = holder?.item;
  const same = told !== undefined && told.ref.pointer === parent?.collection.item?.ref.pointer;
  const sent = told === undefined ? sentIn(step) : tools.composer.known(told, sentIn(step));
  const wanted = same ? { ...thing, ...moved } : madeBy(tools, step, sent);
  const answered = tools.answer(step, wanted, `${operation.id} ${items.key}`);
  if (answered.kind === "refused") return answered;
  const shown = shownBy(step, answered);
  const writes = [items.write("", isPlainObject(shown) ? shown : sent, stored?.version ?? 0)];
  if (on !== undefined && moved !== undefined) {
    writes.push(ItemStore.rewritten(on, { ...thing, ...moved }));
  }
  return { ...answered, writes };
}

const declaresConflict = ({ responses }: Operation): boolean =>
  responses.some(({ status }) => status === "409");

function madeBy(tools: Tools, step: Step, sent: PlainObject): unknown {
  const told = step.plan.holder?.item;
  if (told === undefined || !tools.schemas.types(told).has("object")) return undefined;
  return Object.keys(sent).length === 0 ? undefined : tools.composer.item(told, sentIn(step), step.context);
}

const WHOLE = { list: false };

/** The thing that an answer shows. */
const shownBy = ({ plan: { holder } }: Step, { result }: Made): unknown => heldIn(holder ?? WHOLE, result);
