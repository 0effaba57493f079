import type { PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Refusal } from "../capabilities/capability.ts";
import type { RecordWrite, StoredRecord } from "../store/store.ts";
import { create, keptOf } from "./create.ts";
import { etagHeader, isKnown, staleFor } from "./etags.ts";
import { heldIn, idAt, withId } from "./holder.ts";
import { ItemStore, type StoredItem } from "./items.ts";
import { applyPatch, patchIn } from "./json-patch.ts";
import { enoughFor, listAnswer, listHeaders, pageOf } from "./list-page.ts";
import { sorted } from "./list-sort.ts";
import { isChoosy, type ListRequest, listRequest, matches } from "./listing.ts";
import { findElsewhere } from "./made-elsewhere.ts";
import type { ResourcePlan } from "./resource-plan.ts";
import { objectIn } from "./shape.ts";
import { act } from "./singles.ts";
import {
  idIn,
  idValue,
  mergePatch,
  notFound,
  type ResourceDecision,
  type Step,
  sentIn,
  type Tools,
} from "./step.ts";
import { isWithin } from "./within.ts";

/** What operations on collections and their items do, beside making new ones. */

export async function list(tools: Tools, step: Step): Promise<ResourceDecision> {
  const { plan, items, parts } = step;
  const asked = plan.operation.method === "GET" ? parts.query : { ...parts.query, ...objectIn(parts.body) };
  const request = listRequest(asked, plan.list);
  const all = await heldItems(tools, step, request, enoughFor(step, request));
  const page = pageOf(tools, step, request, all);
  if ("kind" in page) return page;
  const purpose = `${plan.operation.id} ${items.key}`;
  const answered = tools.answer(step, listAnswer(step, page, request), purpose);
  if (answered.kind === "refused") return answered;
  return { ...answered, headers: listHeaders(step, page, request, answered.headers ?? {}) };
}

/** The items that a list request is about, in their order: all, or the first ones where those are enough. */
async function heldItems(
  tools: Tools,
  step: Step,
  request: ListRequest,
  enough: number,
): Promise<readonly PlainObject[]> {
  const shown = shownItems(tools, step);
  const known = new Set<string>();
  const kept: PlainObject[] = [];
  // Which examples were changed or taken away, only the whole of what is stored tells.
  const isPart = isChoosy(request) || step.plan.within !== undefined;
  const wanted = shown.length === 0 && !isPart ? enough : Infinity;
  for await (const page of step.items.stored(wanted)) {
    for (const stored of page) {
      const item = objectIn(stored.item);
      if (shown.length > 0) known.add(stored.id);
      if (!stored.deleted && isShownHere(step, stored) && matches(item, request)) kept.push(item);
    }
    if (kept.length >= wanted) break;
  }
  const examples = shown.filter(({ id, item }) => !known.has(id) && matches(item, request));
  return sorted([...examples.map(({ item }) => item), ...kept], request.sortings);
}

const isShownHere = ({ plan: { within }, parts }: Step, stored: StoredItem): boolean =>
  within === undefined || isWithin(within, parts, stored);

interface ShownItem {
  readonly id: string;
  readonly item: PlainObject;
}

/** Where nothing creates items, the spec's examples are the items there are. */
function shownItems(tools: Tools, { plan, context }: Step): readonly ShownItem[] {
  const { collection, idPath } = plan;
  if (collection.creatable || collection.item === undefined) return [];
  const items = plan.shown.length > 0 ? plan.shown : [tools.composer.item(collection.item, {}, context)];
  const unique = new Map(items.map((item, index) => [String(idAt(item, idPath) ?? index + 1), item]));
  return [...unique].map(([id, item]) => ({ id, item }));
}

/** An item as it is: stored, or as the spec shows it. */
interface Found {
  readonly item: PlainObject;
  readonly version: number;
  readonly stored?: StoredItem;
  /** Where it is kept under another path. */
  readonly record?: StoredRecord<StoredItem>;
}

async function find(tools: Tools, step: Step): Promise<Found | undefined> {
  const { plan, items, context } = step;
  const { collection, idPath } = plan;
  const id = idIn(step);
  const stored = await items.get(id);
  if (stored !== undefined) {
    const { value, version } = stored;
    return value.deleted ? undefined : { item: objectIn(value.item), version, stored: value };
  }
  const record = plan.elsewhere && (await findElsewhere(plan.elsewhere, step.parts, context));
  if (record !== undefined) return { item: objectIn(record.value.item), version: record.version, record };
  const shown = shownItems(tools, step);
  const example = shown.find((candidate) => candidate.id === id);
  if (example !== undefined) return { item: example.item, version: 0 };
  if ((collection.creatable && plan.elsewhere === undefined) || collection.listed) return undefined;
  if (collection.item === undefined) return { item: {}, version: 0 };
  // Nothing lists them and nothing makes them: every id that fits is as good as the example's.
  const item = shown[0]?.item ?? tools.composer.item(collection.item, {}, context);
  const value = step.parts.path[plan.inference.idParameter ?? ""] ?? id;
  return { item: idPath === undefined ? item : withId(item, idPath, value), version: 0 };
}

const missing = (step: Step): ResourceDecision =>
  notFound(step.plan.inference.named?.name ?? step.plan.inference.idParameter ?? "id", idIn(step));

export async function read(tools: Tools, step: Step): Promise<ResourceDecision> {
  const found = await find(tools, step);
  return found === undefined ? missing(step) : shownAs(tools, step, found.item, idIn(step));
}

/** The first thing that has what the path says of it. */
export async function lookUp(tools: Tools, step: Step): Promise<ResourceDecision> {
  for await (const page of step.items.stored()) {
    const found = page.find((stored) => !stored.deleted && isShownHere(step, stored));
    if (found !== undefined) return shownAs(tools, step, objectIn(found.item), found.id);
  }
  const { parameter = "id" } = step.plan.within?.owners.at(-1) ?? {};
  return notFound(parameter, String(step.parts.path[parameter]));
}

function shownAs(tools: Tools, step: Step, item: PlainObject, id: string): ResourceDecision {
  const etag = etagHeader(step, item);
  if (isKnown(step, item)) return { kind: "answer", result: "", status: 304, headers: etag };
  const answered = tools.answer(step, item, `${step.plan.operation.id} ${id}`);
  return answered.kind === "refused" ? answered : { ...answered, headers: { ...answered.headers, ...etag } };
}

export async function change(tools: Tools, step: Step): Promise<ResourceDecision> {
  const { plan, items } = step;
  const { inference, operation } = plan;
  // A body that could name its item and doesn't makes a new one, or is about all of them.
  if (idValue(step) === undefined) return (inference.action === "replace" ? create : act)(tools, step);
  const found = await find(tools, step);
  if (found === undefined && !putMakes(plan)) return missing(step);
  const stale = staleFor(step, found?.item);
  if (stale !== undefined) return stale;
  const changed = await changedBy(tools, step, found?.item);
  if (changed.kind === "refused") return changed;
  const { thing: item } = changed;
  const answered = tools.answer(step, item, `${operation.id} ${idIn(step)}`);
  if (answered.kind === "refused") return answered;
  const shown = plan.holder === undefined ? undefined : heldIn(plan.holder, answered.result);
  // What was removed is still noted where an example stood, so that its place has a version.
  const version = found?.version ?? (await items.get(idIn(step)))?.version ?? 0;
  const kept = keptOf(plan, item, shown);
  return {
    ...answered,
    headers: { ...answered.headers, ...etagHeader(step, kept) },
    writes: [
      found?.record === undefined
        ? items.write(idIn(step), kept, version, { before: found?.stored })
        : ItemStore.rewritten(found.record, kept),
    ],
  };
}

/** Whether PUT makes what isn't there. Where another operation makes such things, a document may say that it answers 404. */
function putMakes({ operation: { responses }, inference, collection }: ResourcePlan): boolean {
  if (inference.action !== "replace" || inference.idInBody === true) return false;
  const declares = (wanted: string): boolean => responses.some(({ status }) => status === wanted);
  return !collection.creatable || declares("201") || !declares("404");
}

/** A thing as a request leaves it: laid over, replaced, or patched; a new one where there was none. */
async function changedBy(
  tools: Tools,
  step: Step,
  there: PlainObject | undefined,
): Promise<{ readonly kind: "patched"; readonly thing: PlainObject } | Refusal> {
  const { plan, context, parts } = step;
  const { idPath, inference, itemSchema: schema } = plan;
  const before = there ?? {};
  const replaces = inference.action === "replace" && plan.sent !== undefined;
  const sent = replaces ? tools.composer.withDefaults(plan.sent.item, sentIn(step)) : sentIn(step);
  const patch = inference.action === "change" ? patchIn(parts.body) : undefined;
  const stays = inference.action === "replace" ? tools.stayingOf(step, before) : before;
  const laid = schema === undefined ? sent : tools.composer.known(schema, sent);
  const base =
    there === undefined && schema !== undefined ? tools.composer.item(schema, sent, context) : stays;
  const patched = patch === undefined ? undefined : await applyPatch(base, patch);
  if (patched?.kind === "refused") return patched;
  const merged =
    patched === undefined ? mergePatch(base, laid) : tools.withPlatformsOwn(step, patched.thing, base);
  if (schema !== undefined) tools.composer.touch(schema, merged, context);
  const id = idPath === undefined ? undefined : (idAt(before, idPath) ?? idValue(step));
  return { kind: "patched", thing: idPath === undefined ? merged : withId(merged, idPath, id) };
}

export async function remove(tools: Tools, step: Step): Promise<ResourceDecision> {
  const { items, plan } = step;
  const found = await find(tools, step);
  if (found === undefined) return missing(step);
  const stale = staleFor(step, found.item);
  if (stale !== undefined) return stale;
  const answered = tools.answer(step, found.item, `${plan.operation.id} ${idIn(step)}`);
  if (answered.kind === "refused") return answered;
  if (found.record !== undefined) {
    const { collection, id, version } = found.record;
    return { ...answered, writes: [{ collection, id, value: null, expectedVersion: version }] };
  }
  // An example can't be taken out of the spec: what remains is the note that it is gone.
  const isMade = plan.collection.creatable && found.stored !== undefined;
  const write = isMade
    ? items.remove(idIn(step), found.version)
    : items.write(idIn(step), found.item, found.version, { deleted: true, before: found.stored });
  return { ...answered, writes: [write] };
}

/** Takes away all items of a collection, or those that the query's filters name. */
export async function clear(tools: Tools, step: Step): Promise<ResourceDecision> {
  const { plan, items, parts } = step;
  const request = listRequest(parts.query, plan.list);
  // Whoever says more than the filters may mean a few in a way that isn't known here.
  if (Object.keys(parts.query).length > request.understood) return act(tools, step);
  const answered = tools.answer(step, undefined, `${plan.operation.id} ${items.key}`);
  if (answered.kind === "refused") return answered;
  const writes: RecordWrite[] = [];
  const known = new Set<string>();
  for await (const page of items.records()) {
    for (const { value, version } of page) {
      known.add(value.id);
      if (!matches(objectIn(value.item), request) || value.deleted) continue;
      writes.push(
        plan.collection.creatable
          ? items.remove(value.id, version)
          : items.write(value.id, value.item, version, { deleted: true, before: value }),
      );
    }
  }
  for (const { id, item } of shownItems(tools, step)) {
    if (!known.has(id) && matches(item, request)) writes.push(items.write(id, item, 0, { deleted: true }));
  }
  return { ...answered, writes };
}
