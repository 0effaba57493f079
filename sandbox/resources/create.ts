import { isPlainObject, type PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { RecordWrite } from "../store/store.ts";
import { etagHeader } from "./etags.ts";
import { allHeldIn, idAt, withId } from "./holder.ts";
import type { ItemStore } from "./items.ts";
import type { ResourcePlan } from "./resource-plan.ts";
import { lastLiteral } from "./shape.ts";
import { allSentIn, type Made, type ResourceDecision, refuse, type Step, type Tools } from "./step.ts";
import { markOf } from "./within.ts";

const ID_TRIES = 16;

/** Makes new items of a collection: one, or each that the body lists; all or none. */
export async function create(tools: Tools, step: Step): Promise<ResourceDecision> {
  const { plan, items } = step;
  const { sent: holder } = plan;
  const said = allSentIn(step).map((thing) =>
    holder === undefined ? thing : tools.composer.withDefaults(holder.item, thing),
  );
  const sent = said.map((thing) => sentId(plan, thing));
  const taken = await takenAmong(step, sent);
  if (taken !== undefined) {
    return refuse("ECO_CONFLICT", `${lastLiteral(plan.collection.template)} ${taken} exists already.`);
  }
  const { ids, writes } = await idsFor(tools, step, sent);
  if (ids.includes(undefined)) {
    const noun = lastLiteral(plan.collection.template);
    return refuse("ECO_CONFLICT", `Every id that the schema of ${noun} allows is taken.`);
  }
  const made = said.map((thing, index) => newItem(tools, step, thing, ids[index]));
  const within = plan.within && markOf(plan.within, step.parts);
  const answered = tools.answerAll(step, made, `${plan.operation.id} ${String(ids[0])}`);
  if (answered.kind === "refused") return answered;
  const shown = plan.holder === undefined ? [] : allHeldIn(plan.holder, answered.result);
  const keys = await Promise.all(ids.map((id, index) => keyOf(step, id, shown[index])));
  const kept = made.map((item, index) =>
    items.write(keys[index] ?? "", keptOf(plan, item, shown[index], keys[index]), 0, { within }),
  );
  const etag = etagHeader(step, keptOf(plan, made[0] ?? {}, shown[0], keys[0]));
  const headers = { ...answered.headers, ...etag };
  const created: Made = { ...answered, headers, writes: [...kept, ...writes] };
  const location = locationOf(step, keys[0] ?? "");
  return location === undefined ? created : { ...created, headers: { ...headers, location } };
}

function newItem(tools: Tools, step: Step, said: PlainObject, id: unknown): PlainObject {
  const { itemSchema, idPath } = step.plan;
  const owned = { ...ownersOf(step, said), ...said };
  const made = itemSchema === undefined ? said : tools.composer.item(itemSchema, owned, step.context);
  return idPath === undefined ? made : withId(made, idPath, id);
}

/** What the path says of a thing that its body leaves out: whose it is. */
function ownersOf({ plan, parts }: Step, said: PlainObject): PlainObject {
  const owners: Record<string, unknown> = {};
  for (const { parameter, property } of plan.owners) {
    if (!Object.hasOwn(said, property)) owners[property] = parts.path[parameter];
  }
  return owners;
}

/** The id that the client chose, where the spec leaves it to the client. */
function sentId({ idPath, idSchemas }: ResourcePlan, said: PlainObject): unknown {
  if (idPath === undefined || idSchemas[0]?.schema["readOnly"] === true) return undefined;
  const id = idAt(said, idPath);
  return typeof id === "object" ? undefined : id;
}

const isRead = ({ collection }: ResourcePlan): boolean =>
  collection.itemPath !== undefined || collection.read || collection.listed;

/** The first of the ids sent that something has. Where nothing reads an item, none is in another's way. */
async function takenAmong({ plan, items }: Step, sent: readonly unknown[]): Promise<string | undefined> {
  if (!isRead(plan)) return undefined;
  const before = new Set<string>();
  for (const id of sent.filter((one) => one !== undefined).map(String)) {
    if (before.has(id) || (await items.get(id)) !== undefined) return id;
    before.add(id);
  }
  return undefined;
}

interface NewIds {
  readonly ids: readonly unknown[];
  readonly writes: readonly RecordWrite[];
}

/** The ids of new items: as sent, otherwise counted or made up as the spec wants them. */
async function idsFor(
  tools: Tools,
  { plan, items, context }: Step,
  sent: readonly unknown[],
): Promise<NewIds> {
  const { idPrefix, idSchemas } = plan;
  const missing = sent.filter((id) => id === undefined).length;
  if (missing === 0) return { ids: sent, writes: [] };
  if (!tools.composer.countsIds(idSchemas)) {
    const ids: unknown[] = [];
    for (const id of sent) {
      ids.push(id ?? (await freeId(items, ids, () => tools.composer.newId(idSchemas, idPrefix, context))));
    }
    return { ids, writes: [] };
  }
  const { numbers, write } = await items.nextNumbers(missing);
  const next = numbers.values();
  return { ids: sent.map((id) => id ?? next.next().value), writes: [write] };
}

/** A made-up id that nothing has: a schema may allow few of them. Undefined where none was found. */
async function freeId(
  items: ItemStore,
  others: readonly unknown[],
  make: () => string,
): Promise<string | undefined> {
  for (let tries = 0; tries < ID_TRIES; tries++) {
    const id = make();
    if (!others.includes(id) && (await items.get(id)) === undefined) return id;
  }
  return undefined;
}

/** What an item is known by: what the client was told of it, even where the schema had it say another id than was made. */
async function keyOf({ plan, items, context }: Step, id: unknown, shown: unknown): Promise<string> {
  if (!isRead(plan)) return context.newId(plan.idPrefix);
  const key = String(id);
  const told = isPlainObject(shown) ? idAt(shown, plan.idPath) : undefined;
  if (told === undefined || typeof told === "object" || String(told) === key) return key;
  return (await items.get(String(told))) === undefined ? String(told) : key;
}

/** An item as it is kept: with what an answer had to make of it, so that the next one says the same. */
export function keptOf(
  { idPath, kept: names }: ResourcePlan,
  item: PlainObject,
  shown: unknown,
  key?: string,
): PlainObject {
  if (!isPlainObject(shown) || shown === item) return item;
  const told = Object.entries(shown).filter(([name]) => names === undefined || names.has(name));
  const kept = { ...item, ...Object.fromEntries(told) };
  const id = idAt(item, idPath);
  // Where it is known by the id shown, that is its id.
  return idPath === undefined || (key !== undefined && String(id) !== key) ? kept : withId(kept, idPath, id);
}

function locationOf({ plan, parts }: Step, key: string): string | undefined {
  const { success, collection } = plan;
  if (success.status !== 201 || collection.itemPath === undefined) return undefined;
  return collection.itemPath
    .replace(`{${collection.idParameter ?? ""}}`, encodeURIComponent(key))
    .replace(/\{([^{}]+)\}/g, (_, name: string) => encodeURIComponent(String(parts.path[name])));
}
