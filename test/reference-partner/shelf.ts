import {
  type ApiRequest,
  createApi,
  type Handler,
  type Policy,
  problem,
  Refused,
  type Reply,
} from "./api.ts";

export interface ShelfRules {
  shown(shelf: Record<string, unknown>): Record<string, unknown>;
  removes: boolean;
  kept(shelf: Record<string, unknown>): Record<string, unknown>;
  version: string;
}

export const healthyShelves: ShelfRules = {
  shown: ({ pin: _pin, ...rest }) => rest,
  removes: true,
  kept: (shelf) => shelf,
  version: "1",
};

interface Shelf {
  readonly tenant: string;
  readonly data: Record<string, unknown>;
}

/** The provider of shelf-api.yaml. */
export function createShelves(policy: Policy, rules: ShelfRules = healthyShelves): Handler {
  const shelves = new Map<string, Shelf>();
  const find = (request: ApiRequest): Shelf => {
    const shelf = shelves.get(request.path["shelfId"] ?? "");
    if (shelf !== undefined && shelf.tenant === request.caller.tenant) return shelf;
    throw new Refused(problem(404, "NOT_FOUND", "Not found", "There is no such shelf."));
  };
  const add = (request: ApiRequest): Reply => {
    const id = `shelf-${shelves.size + 1}`;
    const sent = typeof request.body === "object" ? request.body : {};
    const data = { id, ...rules.kept({ ...sent }) };
    shelves.set(id, { tenant: request.caller.tenant, data });
    return { status: 201, headers: { "shelf-version": rules.version }, body: rules.shown(data) };
  };
  const list = (request: ApiRequest): Reply => {
    const own = [...shelves.values()].filter((one) => one.tenant === request.caller.tenant);
    return { status: 200, body: own.map((one) => rules.shown(one.data)) };
  };
  const remove = (request: ApiRequest): Reply => {
    find(request);
    if (rules.removes) shelves.set(request.path["shelfId"] ?? "", { tenant: "", data: {} });
    return { status: 204 };
  };
  const scope = "fulfilment:write";
  return createApi(
    [
      { method: "POST", path: "/shelves", scope, body: "NewShelf", handle: add },
      {
        method: "GET",
        path: "/shelves",
        scope,
        query: { room: { type: "string", minLength: 1, maxLength: 20 }, kind: { enum: ["open", "closed"] } },
        requiredQuery: ["room"],
        handle: list,
      },
      {
        method: "GET",
        path: "/shelves/{shelfId}",
        scope,
        handle: (one) => ({ status: 200, body: rules.shown(find(one).data) }),
      },
      { method: "DELETE", path: "/shelves/{shelfId}", scope, handle: remove },
    ],
    policy,
  );
}
