import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { RecordWrite } from "../store/store.ts";
import type { Collection } from "./infer.ts";
import { envelope, listRequest, matches } from "./listing.ts";
import { asObject, itemsOf, lastLiteral, singularOf, successOf } from "./shape.ts";
import {
  idIn,
  idValue,
  mergePatch,
  notFound,
  pathOf,
  type ResourceDecision,
  refuse,
  type Step,
  type Tools,
} from "./step.ts";

/** What operations on collections and their items do. */

export async function create(tools: Tools, step: Step): Promise<ResourceDecision> {
  const { success, collection, items, parts, context, idProperty, operation } = step;
  const schema = tools.itemSchema(step);
  const made = schema === undefined ? asObject(parts.body) : tools.composer.item(schema, parts.body, context);
  const { id, writes, sent } = await newItemId(tools, step, schema);
  if (sent && (await items.get(String(id))) !== undefined) {
    return refuse("ECO_CONFLICT", `${lastLiteral(collection.template)} ${String(id)} exists already.`);
  }
  const item = idProperty === undefined ? made : { ...made, [idProperty]: id };
  const answered = tools.answer(step, item, `${operation.id} ${String(id)}`);
  if (answered.kind === "refused") return answered;
  const location = `${pathOf(step)}/${encodeURIComponent(String(id))}`;
  return {
    ...answered,
    headers: {
      ...answered.headers,
      ...(success.status === 201 && collection.idParameter !== undefined ? { location } : {}),
    },
    writes: [items.write(String(id), item, 0), ...writes],
  };
}

/** The id that the client chose, where the spec leaves it to the client; otherwise a new one. */
async function newItemId(
  tools: Tools,
  { items, parts, context, collection, idProperty }: Step,
  schema: Collection["item"],
): Promise<{ readonly id: unknown; readonly writes: readonly RecordWrite[]; readonly sent: boolean }> {
  const idSchema =
    schema === undefined || idProperty === undefined
      ? undefined
      : tools.schemas.properties(schema).get(idProperty);
  const sent = idProperty === undefined ? undefined : asObject(parts.body)[idProperty];
  if (sent !== undefined && idSchema?.schema["readOnly"] !== true)
    return { id: sent, writes: [], sent: true };
  if (tools.composer.countsIds(idSchema)) {
    const { number, write } = await items.nextNumber();
    return { id: number, writes: [write], sent: false };
  }
  const prefix = singularOf(lastLiteral(collection.template)).slice(0, 3).toLowerCase() || "obj";
  return { id: tools.composer.newId(idSchema, prefix, context), writes: [], sent: false };
}

export async function list(tools: Tools, step: Step): Promise<ResourceDecision> {
  const { success, collection, items, parts, operation } = step;
  const { schemas } = tools;
  const { schema } = success;
  const shape = schema === undefined ? undefined : itemsOf(schema, schemas);
  const request = listRequest(parts.query, collection.item ?? shape?.item, schemas);
  const all = (await allItems(tools, step)).filter((item) => matches(item, request));
  const page = all.slice(request.offset, request.offset + request.limit);
  const end = request.offset + page.length;
  const listed = { items: page, total: all.length, ...(end < all.length ? { nextOffset: end } : {}) };
  const wanted =
    schema === undefined || shape?.property === undefined
      ? page
      : envelope(schema, shape.property, listed, request, schemas);
  return tools.answer(step, wanted, `${operation.id} ${items.key}`);
}

async function allItems(tools: Tools, step: Step): Promise<Record<string, unknown>[]> {
  const { items } = step;
  const stored = await items.all();
  const shown = shownItems(tools, step);
  const known = new Map(stored.map(({ value }) => [value.id, value]));
  const kept = shown.filter(({ id }) => !known.has(id)).map(({ item }) => item);
  return [...kept, ...stored.filter(({ value }) => !value.deleted).map(({ value }) => asObject(value.item))];
}

/** Where nothing creates items, the spec's examples are the items there are. */
function shownItems(
  tools: Tools,
  { collection, idProperty, context }: Step,
): { readonly id: string; readonly item: Record<string, unknown> }[] {
  if (collection.creatable || collection.item === undefined) return [];
  const { schemas } = tools;
  const found = collection.shownBy.flatMap((operation) => {
    const success = successOf(operation, schemas);
    const shape = success?.schema === undefined ? undefined : itemsOf(success.schema, schemas);
    return (success?.examples ?? []).flatMap((example) => itemsIn(example, shape?.property, idProperty));
  });
  const items = found.length > 0 ? found : [asObject(tools.composer.item(collection.item, {}, context))];
  const unique = new Map(items.map((item, index) => [String(item[idProperty ?? ""] ?? index + 1), item]));
  return [...unique].map(([id, item]) => ({ id, item }));
}

async function find(
  tools: Tools,
  step: Step,
): Promise<{ readonly item: Record<string, unknown>; readonly version: number } | undefined> {
  const { items, collection, idProperty, context } = step;
  const id = idIn(step);
  const stored = await items.get(id);
  if (stored !== undefined) {
    return stored.value.deleted ? undefined : { item: asObject(stored.value.item), version: stored.version };
  }
  const shown = shownItems(tools, step);
  const example = shown.find((candidate) => candidate.id === id);
  if (example !== undefined) return { item: example.item, version: 0 };
  if (collection.creatable || collection.listed || collection.item === undefined) return undefined;
  // Nothing lists them and nothing makes them: every id that fits is as good as the example's.
  const item = shown[0]?.item ?? tools.composer.item(collection.item, {}, context);
  const value = step.parts.path[step.inference.idParameter ?? ""] ?? id;
  return { item: idProperty === undefined ? item : { ...item, [idProperty]: value }, version: 0 };
}

export async function read(tools: Tools, step: Step): Promise<ResourceDecision> {
  const found = await find(tools, step);
  if (found === undefined) return notFound(step.inference.idParameter ?? "id", idIn(step));
  return tools.answer(step, found.item, `${step.operation.id} ${idIn(step)}`);
}

export async function change(tools: Tools, step: Step): Promise<ResourceDecision> {
  const { items, idProperty, parts, context, inference, collection } = step;
  const found = await find(tools, step);
  const upsert = inference.action === "replace" && step.operation.path !== collection.template;
  if (found === undefined && !upsert) return notFound(inference.idParameter ?? "id", idIn(step));
  const schema = tools.itemSchema(step);
  const before = found?.item ?? {};
  const sent = asObject(parts.body);
  const kept = inference.action === "replace" ? tools.readOnlyOf(step, before) : before;
  const laid = schema === undefined ? sent : tools.composer.known(schema, sent);
  const base =
    found === undefined && schema !== undefined ? tools.composer.item(schema, sent, context) : kept;
  const merged = mergePatch(base, laid);
  const changed = schema === undefined ? merged : tools.composer.touch(schema, merged, context);
  const item =
    idProperty === undefined ? changed : { ...changed, [idProperty]: before[idProperty] ?? idValue(step) };
  const answered = tools.answer(step, item, `${step.operation.id} ${idIn(step)}`);
  if (answered.kind === "refused") return answered;
  return { ...answered, writes: [items.write(idIn(step), item, found?.version ?? 0)] };
}

export async function remove(tools: Tools, step: Step): Promise<ResourceDecision> {
  const { items, collection } = step;
  const found = await find(tools, step);
  if (found === undefined) return notFound(step.inference.idParameter ?? "id", idIn(step));
  const answered = tools.answer(step, found.item, `${step.operation.id} ${idIn(step)}`);
  if (answered.kind === "refused") return answered;
  // An example can't be taken out of the spec: what remains is the note that it is gone.
  const write = collection.creatable
    ? items.remove(idIn(step), found.version)
    : items.write(idIn(step), found.item, found.version, true);
  return { ...answered, writes: [write] };
}

/** The items that an example shows: of a list, in an envelope, or itself. */
function itemsIn(
  example: unknown,
  property: string | undefined,
  idProperty: string | undefined,
): Record<string, unknown>[] {
  const list = property === undefined ? example : asObject(example)[property];
  if (Array.isArray(list)) return list.filter((item) => isPlainObject(item)).map(asObject);
  if (!isPlainObject(example)) return [];
  if (idProperty === undefined || idProperty in example) return [asObject(example)];
  const wrapped = Object.values(example).find((value) => isPlainObject(value) && idProperty in value);
  return wrapped === undefined ? [] : [asObject(wrapped)];
}
