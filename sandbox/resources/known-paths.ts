import type { Operation } from "../../specs/engine/catalog/types.ts";
import { type Call, callsAmong } from "./calls.ts";
import { type Holder, holderOf, type Naming } from "./holder.ts";
import { itemsOf } from "./list-shape.ts";
import { canonical } from "./path-actions.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";
import { successOf } from "./shape.ts";

/** The operations on a collection and on its items. */
export interface OnCollection {
  readonly onItems: readonly Operation[];
  readonly reading: Operation | undefined;
  readonly listing: Operation | undefined;
  readonly creating: Operation | undefined;
}

const PARAMETER_AT_END = /^(.*)\/\{([^{}/]+)\}$/;

/** The collection and the parameter of a path that ends in one. */
export function itemPath(
  path: string,
): { readonly template: string; readonly parameter: string } | undefined {
  const match = PARAMETER_AT_END.exec(path);
  return match === null ? undefined : { template: match[1] ?? "", parameter: match[2] ?? "" };
}

/** The paths of a document, which of them lead to things, and what operations there show. */
export class KnownPaths {
  readonly schemas: Schemas;
  /** The parameter that ends the paths of a collection's items, by the collection's own path. */
  readonly idParameters: ReadonlyMap<string, string>;
  readonly #byPath: ReadonlyMap<string, readonly Operation[]>;
  /** Operations whose paths say by a verb what they do. */
  readonly #calls: ReadonlyMap<Operation, Call>;
  readonly #called: ReadonlyMap<string, readonly Call[]>;

  constructor(operations: readonly Operation[], schemas: Schemas) {
    this.schemas = schemas;
    this.#byPath = Map.groupBy(operations, ({ path }) => canonical(path));
    const ends = [...this.#byPath.keys()].map(itemPath).filter((end) => end !== undefined);
    this.idParameters = new Map(ends.map(({ template, parameter }) => [template, parameter]));
    this.#calls = callsAmong(operations, (template) => this.idParameters.has(template), schemas);
    this.#called = Map.groupBy(this.#calls.values(), ({ template }) => template);
  }

  at(path: string): readonly Operation[] {
    return this.#byPath.get(path) ?? NONE;
  }

  callOf(operation: Operation): Call | undefined {
    return this.#calls.get(operation);
  }

  all(): readonly Operation[] {
    return [...this.#byPath.values()].flat();
  }

  on(template: string): OnCollection {
    const calls = this.#called.get(template);
    if (calls !== undefined) return onCalled(calls);
    const onItems = this.at(`${template}/{${this.idParameters.get(template) ?? ""}}`);
    const onAll = this.at(template);
    return {
      onItems,
      reading: onItems.find(({ method }) => method === "GET"),
      listing: onAll.find((operation) => operation.method === "GET" && this.isList(operation)),
      creating: onAll.find(({ method }) => method === "POST"),
    };
  }

  /** What requests call the id of a collection's things. */
  idName(template: string): string | undefined {
    const [call] = this.#called.get(template)?.flatMap(({ names }) => names ?? []) ?? [];
    return this.idParameters.get(template) ?? call?.name;
  }

  /** What an item looks like to whoever reads it, lists it, and makes it. */
  shapesOf(template: string): readonly SchemaNode[] {
    const { reading, listing, creating } = this.on(template);
    const naming = { collection: template, idParameter: this.idName(template) };
    const held = (operation: Operation | undefined): SchemaNode | undefined =>
      operation && this.holderIn(operation, naming)?.item;
    const shapes = [held(reading), listing && this.itemsOf(listing), held(creating)];
    return shapes.filter((shape) => shape !== undefined);
  }

  /** What the answer of an operation lists; undefined where it lists nothing. */
  itemsOf(operation: Operation): SchemaNode | undefined {
    const { schema } = successOf(operation, this.schemas);
    const collection = this.callOf(operation)?.template ?? canonical(operation.path);
    return schema && itemsOf(schema, this.schemas, collection)?.item;
  }

  isList(operation: Operation): boolean {
    return this.itemsOf(operation) !== undefined;
  }

  /** Where the answer of an operation holds its thing. */
  holderIn(operation: Operation, naming: Naming): Holder | undefined {
    const { schema } = successOf(operation, this.schemas);
    return schema && holderOf(schema, naming, this.schemas);
  }
}

function onCalled(calls: readonly Call[]): OnCollection {
  const doing = (action: Call["action"]): Operation | undefined =>
    calls.find((call) => call.action === action)?.operation;
  const onItems = calls.flatMap(({ operation, names }) => (names === undefined ? [] : [operation]));
  return { onItems, reading: doing("read"), listing: doing("list"), creating: doing("create") };
}

const NONE: readonly Operation[] = [];
