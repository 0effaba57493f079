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
  /** The items of a list parameter. */
  items(text: string): string[];
  tag(revision: number): string;
  /** Is it the version that the caller has? */
  known(sent: string | null, tag: string): boolean;
  /** May a change under this If-Match be made? */
  current(sent: string, tag: string): boolean;
}

export const healthyShelves: ShelfRules = {
  shown: ({ pin: _pin, ...rest }) => rest,
  removes: true,
  kept: ({ builder: _builder, ...rest }) => ({ ...rest, builder: "us" }),
  version: "1",
  items: (text) => text.split("|"),
  tag: (revision) => `"${revision}"`,
  known: (sent, tag) => sent === tag,
  current: (sent, tag) => sent === tag || sent === "*",
};

interface Shelf {
  readonly tenant: string;
  readonly data: Record<string, unknown>;
  readonly revision: number;
}

const places = ["low", "high", "wide"];

function object(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function unprocessable(detail: string): Refused {
  return new Refused(problem(422, "REQUEST_INVALID", "Request invalid", detail));
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
    const data = { id, ...rules.kept(object(request.body)) };
    shelves.set(id, { tenant: request.caller.tenant, data, revision: 1 });
    return { status: 201, headers: { "shelf-version": rules.version }, body: rules.shown(data) };
  };
  const show = (request: ApiRequest): Reply => {
    const shelf = find(request);
    const etag = rules.tag(shelf.revision);
    if (rules.known(request.headers.get("if-none-match"), etag)) return { status: 304, headers: { etag } };
    return { status: 200, headers: { etag }, body: rules.shown(shelf.data) };
  };
  const list = (request: ApiRequest): Reply => {
    const { query } = request;
    const wanted = query.has("places") ? rules.items(query.get("places") ?? "") : [];
    if (wanted.length > 3 || wanted.some((one) => !places.includes(one)))
      throw unprocessable("places is invalid");
    const bounds = [...query].filter(([name]) => name.startsWith("size"));
    if (bounds.some(([name, value]) => !/^size\[(from|to)\]$/.test(name) || !/^-?\d+$/.test(value)))
      throw unprocessable("size is invalid");
    const own = [...shelves.values()].filter((one) => one.tenant === request.caller.tenant);
    const kind = query.get("kind");
    const chosen = own.filter(({ data }) => kind === null || data["kind"] === kind);
    return { status: 200, body: chosen.map((one) => rules.shown(one.data)) };
  };
  const move = (request: ApiRequest): Reply => {
    const shelf = find(request);
    const condition = request.headers.get("if-match");
    if (condition === null) return problem(428, "CONDITION_MISSING", "Condition missing", "Send If-Match.");
    if (!rules.current(condition, rules.tag(shelf.revision)))
      return problem(412, "CONDITION_FAILED", "Changed meanwhile", "The shelf has another version.");
    const data = { ...shelf.data, ...object(request.body) };
    shelves.set(String(shelf.data["id"]), { ...shelf, data, revision: shelf.revision + 1 });
    return { status: 200, body: rules.shown(data) };
  };
  const remove = (request: ApiRequest): Reply => {
    const { data } = find(request);
    const id = String(data["id"]);
    if (rules.removes) shelves.set(id, { tenant: "", data: {}, revision: 0 });
    return { status: 204 };
  };
  const scope = "fulfilment:write";
  const one = { path: "/shelves/{shelfId}", scope };
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
      { ...one, method: "GET", handle: show },
      { ...one, method: "PUT", body: "Move", handle: move },
      { ...one, method: "DELETE", handle: remove },
    ],
    policy,
  );
}
