import type { RequestParts } from "../../specs/engine/catalog/bind.ts";
import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Validators } from "../../specs/engine/catalog/schema-validator.ts";
import type { Catalog, Operation } from "../../specs/engine/catalog/types.ts";
import type { Answer, Capability, DecisionContext, Refusal } from "../capabilities/capability.ts";
import type { JsonObject, RecordWrite, StoredRecord } from "../store/store.ts";
import { Composer } from "./compose.ts";
import { errorResponse, problemFields } from "./declared-problem.ts";
import { type Collection, type Inference, Inferences } from "./infer.ts";
import { ItemStore, type StoredItem } from "./items.ts";
import { envelope, listRequest, matches } from "./listing.ts";
import type { Schemas } from "./schemas.ts";
import {
  asObject,
  idPropertyOf,
  itemsOf,
  lastLiteral,
  type Success,
  singularOf,
  successOf,
  wrapperOf,
} from "./shape.ts";
import { transition } from "./transition.ts";

const EPOCH = "1970-01-01T00:00:00.000Z";

/** Where an operation's answers come from, and what it does or why it can't. */
export interface ServedBy {
  /** `resource`: from what was created; `example`, `schema`: from the spec, since nothing creates such things. */
  readonly servedBy: "resource" | "example" | "schema" | "nothing";
  readonly detail: string;
}

/** What an error says, as problem details have it. */
export interface ProblemLike {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  readonly type: string;
}

export interface ResourcesParts {
  readonly catalog: Catalog;
  readonly schemas: Schemas;
  readonly validators: Validators;
  readonly seed: string;
  readonly capabilities: ReadonlyMap<string, Capability>;
}

/** An answer whose result is the body as it stands. */
export type ResourceDecision = (Omit<Answer, "result"> & { readonly result: unknown }) | Refusal;

interface Step {
  readonly operation: Operation;
  readonly inference: Inference;
  readonly collection: Collection;
  readonly success: Success;
  readonly idProperty: string | undefined;
  readonly items: ItemStore;
  readonly parts: RequestParts;
  readonly context: DecisionContext;
}

/** Serves operations that no capability is bound to, with state inferred from the spec. */
export class Resources {
  readonly #parts: ResourcesParts;
  readonly #inferences: Inferences;
  readonly #composer: Composer;

  constructor(parts: ResourcesParts) {
    this.#parts = parts;
    const unbound = parts.catalog.operations.filter(
      ({ capability }) => capability === undefined || !parts.capabilities.has(capability.name),
    );
    this.#inferences = new Inferences(unbound, parts.schemas);
    this.#composer = new Composer(parts);
  }

  /** How an operation is served. `tried` also makes an answer, to find out whether the schema allows any. */
  report(operation: Operation, tried: boolean): ServedBy {
    const success = successOf(operation, this.#parts.schemas);
    if (success === undefined) return { servedBy: "nothing", detail: "it declares no success" };
    if (tried && this.#composer.answer(success, undefined, operation.id, { now: EPOCH }) === undefined) {
      return { servedBy: "nothing", detail: `no value fits the schema of its answer ${success.status}` };
    }
    const { action, collection } = this.#inferences.of(operation);
    const { creatable } = this.#inferences.collection(collection);
    if (creatable || action.endsWith("-single")) {
      return { servedBy: "resource", detail: `${action} ${collection}` };
    }
    const servedBy = success.examples.length > 0 ? "example" : "schema";
    return { servedBy, detail: `${action} ${collection}` };
  }

  /**
   * A problem in the form that the operation declares for its status: undefined where that is problem details, or
   * nothing, or something that a problem can't be put into.
   */
  problem(
    operation: Operation,
    problem: ProblemLike,
  ): { readonly mediaType: string; readonly body: unknown } | undefined {
    const response = errorResponse(operation, problem.status);
    const types = Object.keys(response?.content ?? {});
    const mediaType = types.find((type) => /[/+]json\b/.test(type));
    if (mediaType === undefined || types.includes("application/problem+json")) return undefined;
    const schema = response?.content[mediaType]?.schema;
    if (schema === undefined) return undefined;
    const body = this.#composer.filled(this.#parts.schemas.at(schema), problemFields(problem));
    return body === undefined ? undefined : { mediaType, body };
  }

  async decide(
    operation: Operation,
    parts: RequestParts,
    context: DecisionContext,
  ): Promise<ResourceDecision> {
    const success = successOf(operation, this.#parts.schemas);
    if (success === undefined) return refuse("ECO_UNSATISFIABLE", `${operation.id} declares no success.`);
    const inference = this.#inferences.of(operation);
    const collection = this.#inferences.collection(inference.collection);
    const { schemas } = this.#parts;
    const step: Step = {
      operation,
      inference,
      collection,
      success,
      idProperty: idPropertyOf(collection.item, inference.idParameter, inference.collection, schemas),
      items: new ItemStore(inference.collection, parentsIn(inference, parts), context),
      parts,
      context,
    };
    const missing = await this.#missingParent(step);
    return missing ?? this.#perform(step);
  }

  #perform(step: Step): Promise<ResourceDecision> {
    switch (step.inference.action) {
      case "create":
        return this.#create(step);
      case "list":
        return this.#list(step);
      case "read":
        return this.#read(step);
      case "replace":
      case "change":
        return this.#change(step);
      case "remove":
        return this.#remove(step);
      case "read-single":
        return this.#readSingle(step);
      case "write-single":
        return this.#writeSingle(step);
      case "remove-single":
        return this.#removeSingle(step);
      case "act":
        return this.#act(step);
    }
  }

  /** Below a thing that could have been created and wasn't, there is nothing. */
  async #missingParent({ operation, parts, context }: Step): Promise<Refusal | undefined> {
    for (const { collection, parameter } of this.#inferences.parentsOf(operation.path)) {
      if (!collection.creatable) continue;
      const id = String(parts.path[parameter]);
      if ((await this.#parentItem(collection, parameter, parts, context)) === undefined)
        return notFound(parameter, id);
    }
    return undefined;
  }

  #parentItem(
    collection: Collection,
    parameter: string,
    parts: RequestParts,
    context: DecisionContext,
  ): Promise<StoredRecord<StoredItem> | undefined> {
    const names = [...collection.template.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
    const parents = names.map((name) => String(parts.path[name]));
    return new ItemStore(collection.template, parents, context).get(String(parts.path[parameter]));
  }

  async #create(step: Step): Promise<ResourceDecision> {
    const { success, collection, items, parts, context, idProperty, operation } = step;
    const schema = this.#itemSchema(step);
    const made =
      schema === undefined ? asObject(parts.body) : this.#composer.item(schema, parts.body, context);
    const { id, writes, sent } = await this.#newItemId(step, schema);
    if (sent && (await items.get(String(id))) !== undefined) {
      return refuse("ECO_CONFLICT", `${lastLiteral(collection.template)} ${String(id)} exists already.`);
    }
    const item = idProperty === undefined ? made : { ...made, [idProperty]: id };
    const answered = this.#answer(step, item, `${operation.id} ${String(id)}`);
    if (answered.kind === "refused") return answered;
    const location = `${pathOf(step)}/${encodeURIComponent(String(id))}`;
    return {
      ...answered,
      headers: success.status === 201 && collection.idParameter !== undefined ? { location } : {},
      writes: [items.write(String(id), item, 0), ...writes],
    };
  }

  /** The id that the client chose, where the spec leaves it to the client; otherwise a new one. */
  async #newItemId(
    { items, parts, context, collection, idProperty }: Step,
    schema: Collection["item"],
  ): Promise<{ readonly id: unknown; readonly writes: readonly RecordWrite[]; readonly sent: boolean }> {
    const idSchema =
      schema === undefined || idProperty === undefined
        ? undefined
        : this.#parts.schemas.properties(schema).get(idProperty);
    const sent = idProperty === undefined ? undefined : asObject(parts.body)[idProperty];
    if (sent !== undefined && idSchema?.schema["readOnly"] !== true)
      return { id: sent, writes: [], sent: true };
    if (this.#composer.countsIds(idSchema)) {
      const { number, write } = await items.nextNumber();
      return { id: number, writes: [write], sent: false };
    }
    const prefix = singularOf(lastLiteral(collection.template)).slice(0, 3).toLowerCase() || "obj";
    return { id: this.#composer.newId(idSchema, prefix, context), writes: [], sent: false };
  }

  async #list(step: Step): Promise<ResourceDecision> {
    const { success, collection, items, parts, operation } = step;
    const { schemas } = this.#parts;
    const { schema } = success;
    const shape = schema === undefined ? undefined : itemsOf(schema, schemas);
    const request = listRequest(parts.query, collection.item ?? shape?.item, schemas);
    const all = (await this.#allItems(step)).filter((item) => matches(item, request));
    const page = all.slice(request.offset, request.offset + request.limit);
    const end = request.offset + page.length;
    const listed = { items: page, total: all.length, ...(end < all.length ? { nextOffset: end } : {}) };
    const wanted =
      schema === undefined || shape?.property === undefined
        ? page
        : envelope(schema, shape.property, listed, request, schemas);
    return this.#answer(step, wanted, `${operation.id} ${items.key}`);
  }

  async #allItems(step: Step): Promise<Record<string, unknown>[]> {
    const { items } = step;
    const stored = await items.all();
    const shown = this.#shown(step);
    const known = new Map(stored.map(({ value }) => [value.id, value]));
    const kept = shown.filter(({ id }) => !known.has(id)).map(({ item }) => item);
    return [
      ...kept,
      ...stored.filter(({ value }) => !value.deleted).map(({ value }) => asObject(value.item)),
    ];
  }

  /** Where nothing creates items, the spec's examples are the items there are. */
  #shown({
    collection,
    idProperty,
    context,
  }: Step): { readonly id: string; readonly item: Record<string, unknown> }[] {
    if (collection.creatable || collection.item === undefined) return [];
    const { schemas } = this.#parts;
    const found = collection.shownBy.flatMap((operation) => {
      const success = successOf(operation, schemas);
      const shape = success?.schema === undefined ? undefined : itemsOf(success.schema, schemas);
      return (success?.examples ?? []).flatMap((example) => itemsIn(example, shape?.property, idProperty));
    });
    const items = found.length > 0 ? found : [asObject(this.#composer.item(collection.item, {}, context))];
    const unique = new Map(items.map((item, index) => [String(item[idProperty ?? ""] ?? index + 1), item]));
    return [...unique].map(([id, item]) => ({ id, item }));
  }

  async #find(
    step: Step,
  ): Promise<{ readonly item: Record<string, unknown>; readonly version: number } | undefined> {
    const { items, collection, idProperty, context } = step;
    const id = idIn(step);
    const stored = await items.get(id);
    if (stored !== undefined) {
      return stored.value.deleted
        ? undefined
        : { item: asObject(stored.value.item), version: stored.version };
    }
    const shown = this.#shown(step);
    const example = shown.find((candidate) => candidate.id === id);
    if (example !== undefined) return { item: example.item, version: 0 };
    if (collection.creatable || collection.listed || collection.item === undefined) return undefined;
    // Nothing lists them and nothing makes them: every id that fits is as good as the example's.
    const item = shown[0]?.item ?? this.#composer.item(collection.item, {}, context);
    const value = step.parts.path[step.inference.idParameter ?? ""] ?? id;
    return { item: idProperty === undefined ? item : { ...item, [idProperty]: value }, version: 0 };
  }

  async #read(step: Step): Promise<ResourceDecision> {
    const found = await this.#find(step);
    if (found === undefined) return notFound(step.inference.idParameter ?? "id", idIn(step));
    return this.#answer(step, found.item, `${step.operation.id} ${idIn(step)}`);
  }

  async #change(step: Step): Promise<ResourceDecision> {
    const { items, idProperty, parts, context, inference, collection } = step;
    const found = await this.#find(step);
    const upsert = inference.action === "replace" && step.operation.path !== collection.template;
    if (found === undefined && !upsert) return notFound(inference.idParameter ?? "id", idIn(step));
    const schema = this.#itemSchema(step);
    const before = found?.item ?? {};
    const sent = asObject(parts.body);
    const kept = inference.action === "replace" ? this.#readOnlyOf(step, before) : before;
    const laid = schema === undefined ? sent : this.#composer.known(schema, sent);
    const base =
      found === undefined && schema !== undefined ? this.#composer.item(schema, sent, context) : kept;
    const merged = mergePatch(base, laid);
    const changed = schema === undefined ? merged : this.#composer.touch(schema, merged, context);
    const item =
      idProperty === undefined ? changed : { ...changed, [idProperty]: before[idProperty] ?? idValue(step) };
    const answered = this.#answer(step, item, `${step.operation.id} ${idIn(step)}`);
    if (answered.kind === "refused") return answered;
    return { ...answered, writes: [items.write(idIn(step), item, found?.version ?? 0)] };
  }

  async #remove(step: Step): Promise<ResourceDecision> {
    const { items, collection } = step;
    const found = await this.#find(step);
    if (found === undefined) return notFound(step.inference.idParameter ?? "id", idIn(step));
    const answered = this.#answer(step, found.item, `${step.operation.id} ${idIn(step)}`);
    if (answered.kind === "refused") return answered;
    // An example can't be taken out of the spec: what remains is the note that it is gone.
    const write = collection.creatable
      ? items.remove(idIn(step), found.version)
      : items.write(idIn(step), found.item, found.version, true);
    return { ...answered, writes: [write] };
  }

  async #readSingle(step: Step): Promise<ResourceDecision> {
    const stored = await step.items.get("");
    if (stored?.value.deleted === true) return notFound("path", pathOf(step));
    return this.#answer(step, stored?.value.item, `${step.operation.id} ${step.items.key}`);
  }

  async #writeSingle(step: Step): Promise<ResourceDecision> {
    const { items, parts, operation } = step;
    const stored = await items.get("");
    const patched =
      operation.method === "PATCH"
        ? mergePatch(asObject(stored?.value.item), asObject(parts.body))
        : parts.body;
    const answered = this.#answer(step, patched, `${operation.id} ${items.key}`);
    if (answered.kind === "refused") return answered;
    const item = answered.result === "" ? patched : answered.result;
    return { ...answered, writes: [items.write("", item, stored?.version ?? 0)] };
  }

  async #removeSingle(step: Step): Promise<ResourceDecision> {
    const stored = await step.items.get("");
    const answered = this.#answer(step, undefined, `${step.operation.id} ${step.items.key}`);
    if (answered.kind === "refused") return answered;
    return { ...answered, writes: [step.items.write("", {}, stored?.version ?? 0, true)] };
  }

  /** A step on a thing: answered in the form declared, kept under its path, and moving the thing's status where its name says so. */
  async #act(step: Step): Promise<ResourceDecision> {
    const { operation, items, parts, context, success } = step;
    const stored = await items.get("");
    const parent = this.#inferences.parentsOf(operation.path).at(-1);
    const on = parent && (await this.#parentItem(parent.collection, parent.parameter, parts, context));
    const moved =
      parent?.collection.item !== undefined && on !== undefined
        ? transition(
            lastLiteral(operation.path),
            asObject(on.value.item),
            parent.collection.item,
            this.#parts.schemas,
          )
        : undefined;
    const same =
      success.schema !== undefined && success.schema.ref.pointer === parent?.collection.item?.ref.pointer;
    const sent =
      success.schema === undefined
        ? asObject(parts.body)
        : this.#composer.known(success.schema, asObject(parts.body));
    const thing = same ? { ...asObject(on?.value.item), ...moved } : this.#madeBy(step, sent);
    const answered = this.#answer(step, thing, `${operation.id} ${items.key}`);
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

  #madeBy({ success, parts, context }: Step, sent: Record<string, unknown>): unknown {
    if (success.schema === undefined) return undefined;
    if (!this.#parts.schemas.types(success.schema).has("object")) return undefined;
    return Object.keys(sent).length === 0
      ? undefined
      : this.#composer.item(success.schema, parts.body, context);
  }

  #itemSchema({ success, collection, idProperty }: Step): Collection["item"] {
    const { schemas } = this.#parts;
    const { schema } = success;
    if (schema === undefined) return collection.item;
    const wrapper = wrapperOf(schema, idProperty, schemas);
    return wrapper === undefined ? schema : schemas.properties(schema).get(wrapper);
  }

  #readOnlyOf({ collection }: Step, item: Record<string, unknown>): Record<string, unknown> {
    if (collection.item === undefined) return {};
    const properties = this.#parts.schemas.properties(collection.item);
    return Object.fromEntries(
      Object.entries(item).filter(
        ([name]) => properties.get(name)?.schema["readOnly"] === true || /^created/i.test(name),
      ),
    );
  }

  /** The value wanted, wrapped and completed as the success declares it. */
  #answer(step: Step, wanted: unknown, purpose: string): Exclude<ResourceDecision, Refusal> | Refusal {
    const { success, idProperty, context, operation } = step;
    const { schema } = success;
    if (success.mediaType === undefined) return { kind: "answer", result: "", status: success.status };
    const wrapper =
      schema === undefined || step.inference.action === "list"
        ? undefined
        : wrapperOf(schema, idProperty, this.#parts.schemas);
    const value = wrapper === undefined || wanted === undefined ? wanted : { [wrapper]: wanted };
    const made = this.#composer.answer(success, value, purpose, context);
    if (made === undefined) {
      return refuse(
        "ECO_UNSATISFIABLE",
        `No value fits the schema of the answer ${success.status} of ${operation.id}.`,
      );
    }
    return { kind: "answer", result: made.value, status: success.status };
  }
}

const refuse = (code: string, detail: string): Refusal => ({ kind: "refused", code, detail });
const notFound = (name: string, id: string): Refusal =>
  refuse("ECO_NOT_FOUND", `Nothing has the ${name} ${JSON.stringify(id)}.`);

const parentsIn = ({ parentParameters }: Inference, { path }: RequestParts): string[] =>
  parentParameters.map((name) => String(path[name]));

/** The id from the path, or from the body where the path has none (`PUT /pet`). */
function idValue({ inference, parts, operation, collection, idProperty }: Step): unknown {
  if (operation.path === collection.template) return asObject(parts.body)[idProperty ?? "id"];
  return parts.path[inference.idParameter ?? ""];
}

const idIn = (step: Step): string => String(idValue(step));

/** The collection's path with its parameters filled in. */
function pathOf({ inference, parts }: Step): string {
  return inference.collection.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(parts.path[name])),
  );
}

/** RFC 7396, for one object: `null` takes a member away. */
function mergePatch(under: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
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
