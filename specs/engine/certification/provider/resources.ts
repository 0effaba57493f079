import type { Operation } from "../../catalog/types.ts";
import { parseJson } from "../../parse-json.ts";
import type { Exchange } from "../model.ts";
import { type Call, hasKey, type ProviderContext } from "./context.ts";
import { isSuccess, jsonOf } from "./responses.ts";
import { thingIn } from "./wrapped.ts";

/** The name of the last path parameter and the path of the collection before it. */
export interface ItemPath {
  readonly parameter: string;
  readonly collection: string;
}

/** `/work-orders/{workOrderId}/acceptance` → `workOrderId` in `/work-orders`; undefined without a parameter. */
export function itemPathOf(operation: Operation): ItemPath | undefined {
  const match = /^(.*)\/\{([^}/]+)\}[^{]*$/.exec(operation.template);
  return match === null ? undefined : { collection: match[1] ?? "", parameter: match[2] ?? "" };
}

/** The operation that makes a resource of the collection. */
export function creatorOf(context: ProviderContext, item: ItemPath): Operation | undefined {
  return context.operations.find((one) => one.method === "POST" && one.template === item.collection);
}

/** The operation that reads, or deletes, a single resource of the collection. */
export function itemOperation(
  context: ProviderContext,
  item: ItemPath,
  method: "GET" | "DELETE",
): Operation | undefined {
  return context.operations.find(
    (one) => one.method === method && one.template === `${item.collection}/{${item.parameter}}`,
  );
}

function idIn(body: unknown, parameter: string): string | undefined {
  const thing = thingIn(body);
  if (thing === undefined) return undefined;
  const id = thing[parameter] ?? thing["id"] ?? thing[parameter.replace(/Id$/, "")];
  return typeof id === "string" || typeof id === "number" ? String(id) : undefined;
}

/**
 * The id of what was created. In the answer it has the parameter's own name, is called `id`, or ends Location; where
 * the answer has none it is the one that was sent.
 */
export function createdId({ request, response }: Exchange, parameter: string): string | undefined {
  const location = response?.headers["location"]?.split(/[?#]/)[0]?.split("/").filter(Boolean).at(-1);
  return idIn(jsonOf(response), parameter) ?? location ?? idIn(parseJson(request.body ?? ""), parameter);
}

/** A resource that the run may call an operation on. */
export interface Ready {
  readonly path: Readonly<Record<string, unknown>>;
  /** The exchanges that brought it there. */
  readonly history: readonly Exchange[];
}

const NOTHING: Ready = { path: {}, history: [] };

/** Makes resources, and finds out by trying which calls bring one into a state in which an operation is allowed. */
export interface Resources {
  /** A new resource on which the operation should succeed. */
  ready(operation: Operation): Promise<Ready>;
  /** A new resource, as it is created. */
  fresh(operation: Operation): Promise<Ready>;
  /** Is there anything to call the operation on? Found out by trying where what names it has to be made up. */
  isThere(operation: Operation): Promise<boolean>;
  /** The operations on the same resource that change it. */
  siblings(operation: Operation): readonly Operation[];
}

export function createResources(context: ProviderContext): Resources {
  const preludes = new Map<string, readonly Operation[]>();

  const siblings = (operation: Operation): readonly Operation[] => {
    const item = itemPathOf(operation);
    const same = (one: Operation): boolean => {
      const other = itemPathOf(one);
      return other?.collection === item?.collection && other?.parameter === item?.parameter;
    };
    return item === undefined
      ? []
      : context.operations.filter((one) => one.method !== "GET" && one.method !== "HEAD" && same(one));
  };

  const fresh = async (operation: Operation): Promise<Ready> => {
    const item = itemPathOf(operation);
    const creator = item === undefined ? undefined : creatorOf(context, item);
    if (item === undefined || creator === undefined || item.parameter in (context.target.samples ?? {}))
      return NOTHING;
    const parent = await fresh(creator);
    const exchange = await context.call(creator, { purpose: "valid", path: parent.path });
    const id = isSuccess(exchange.response) ? createdId(exchange, item.parameter) : undefined;
    const path = id === undefined ? parent.path : { ...parent.path, [item.parameter]: id };
    return { path, history: [...parent.history, exchange] };
  };

  const along = async (operation: Operation, prelude: readonly Operation[]): Promise<Ready> => {
    let state = await fresh(operation);
    for (const step of prelude) {
      const exchange = await context.call(step, { purpose: "valid", path: state.path });
      state = { path: state.path, history: [...state.history, exchange] };
    }
    return state;
  };

  const learn = async (operation: Operation): Promise<readonly Operation[]> => {
    const others = siblings(operation).filter((one) => one.id !== operation.id && one.method !== "DELETE");
    const pairs = others.flatMap((first) =>
      others.filter((one) => one !== first).map((second) => [first, second]),
    );
    const candidates: (readonly Operation[])[] = [[], ...others.map((one) => [one]), ...pairs];
    for (const candidate of candidates) {
      if (context.away !== undefined) return [];
      const state = await along(operation, candidate);
      const exchange = await context.call(operation, { purpose: "valid", path: state.path });
      // Only a conflict with the state is worth another order; anything else stays as it is.
      if (isSuccess(exchange.response)) return candidate;
      if (exchange.response?.status !== 409) return [];
    }
    return [];
  };

  const prepare = async (operation: Operation): Promise<readonly Operation[]> => {
    const known = preludes.get(operation.id);
    if (known !== undefined) return known;
    const prelude = await learn(operation);
    preludes.set(operation.id, prelude);
    return prelude;
  };

  return {
    fresh,
    siblings,
    async isThere(operation) {
      if (itemPathOf(operation) !== undefined || hasKey(operation)) await prepare(operation);
      return !context.unmade.has(operation.id);
    },
    async ready(operation) {
      return itemPathOf(operation) === undefined ? NOTHING : along(operation, await prepare(operation));
    },
  };
}

/** Calls an operation on a resource that is ready for it. */
export async function callReady(
  context: ProviderContext,
  resources: Resources,
  operation: Operation,
  call: Call,
): Promise<{ exchange: Exchange; history: readonly Exchange[] }> {
  const state = await resources.ready(operation);
  const exchange = await context.call(operation, { ...call, path: { ...state.path, ...call.path } });
  return { exchange, history: [...state.history, exchange] };
}
