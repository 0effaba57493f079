import {
  type ApiRequest,
  createApi,
  type Handler,
  type Policy,
  problem,
  Refused,
  type Reply,
  type Route,
} from "./api.ts";

interface Order {
  readonly tenant: string;
  readonly offered: string;
  data: Record<string, unknown>;
}

/** What a mutant may get wrong about orders. */
export interface OrderRules {
  /** From which states an action is allowed. */
  readonly transitions: Readonly<Record<string, readonly string[]>>;
  visible(order: { readonly tenant: string }, tenant: string): boolean;
  changeable(order: { readonly tenant: string }, tenant: string): boolean;
  stored(offer: Record<string, unknown>): Record<string, unknown>;
  page(
    ids: readonly string[],
    after: string | undefined,
    limit: number,
  ): { ids: readonly string[]; next?: string };
}

const open = ["accepted", "rescheduled"];

export const healthyRules: OrderRules = {
  transitions: {
    acceptance: ["offered"],
    decline: ["offered"],
    reschedule: open,
    cancellation: [...open, "in-progress"],
    report: [...open, "in-progress"],
    completion: [...open, "in-progress"],
  },
  visible: (order, tenant) => order.tenant === tenant,
  changeable: (order, tenant) => order.tenant === tenant,
  stored: (offer) => offer,
  page(ids, after, limit) {
    const start = after === undefined ? 0 : ids.indexOf(after) + 1;
    const page = ids.slice(start, start + limit);
    const last = page.at(-1);
    return start + limit < ids.length && last !== undefined ? { ids: page, next: last } : { ids: page };
  },
};

const statusAfter: Readonly<Record<string, string>> = {
  acceptance: "accepted",
  decline: "declined",
  reschedule: "rescheduled",
  cancellation: "cancelled",
  report: "in-progress",
  completion: "completed",
};

const bodies: Readonly<Record<string, string>> = {
  acceptance: "Acceptance",
  decline: "Reasoned",
  reschedule: "Rescheduling",
  cancellation: "Reasoned",
  report: "Report",
  completion: "Completion",
};

const statuses = ["offered", "accepted", "declined", "rescheduled", "in-progress", "completed", "cancelled"];

function object(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** The work orders of a healthy partner, in memory. */
export function createProvider(policy: Policy, rules: OrderRules = healthyRules): Handler {
  const orders = new Map<string, Order>();
  const stamp = (): string => new Date().toISOString();

  const find = (request: ApiRequest, mayUse: OrderRules["visible"]): Order => {
    const id = request.path["workOrderId"] ?? "";
    const order = orders.get(id);
    if (order !== undefined && mayUse(order, request.caller.tenant)) return order;
    throw new Refused(problem(404, "NOT_FOUND", "Not found", `There is no order ${id}.`));
  };

  const offer = (request: ApiRequest): Reply => {
    const body = object(request.body);
    const id = String(body["id"]);
    const known = orders.get(id);
    const offered = JSON.stringify(body);
    if (known === undefined) {
      const data = { ...rules.stored(body), status: "offered", updatedAt: stamp() };
      orders.set(id, { tenant: request.caller.tenant, offered, data });
      return { status: 201, headers: { location: `/work-orders/${encodeURIComponent(id)}` }, body: data };
    }
    if (known.offered === offered && known.tenant === request.caller.tenant)
      return { status: 200, body: known.data };
    return problem(
      409,
      "CONFLICT",
      "Known with other content",
      `The order ${id} was offered with other content.`,
    );
  };

  const list = (request: ApiRequest): Reply => {
    const status = request.query.get("status");
    const own = [...orders].filter(([, one]) => one.tenant === request.caller.tenant);
    const ids = own.filter(([, one]) => status === null || one.data["status"] === status).map(([id]) => id);
    const limit = Number(request.query.get("limit") ?? 50);
    // Ids may hold characters that a cursor may not.
    const cursor = request.query.get("cursor");
    const after = cursor === null ? undefined : Buffer.from(cursor, "base64url").toString();
    const page = rules.page(ids, after, limit);
    const items = page.ids.map((id) => orders.get(id)?.data);
    return {
      status: 200,
      body:
        page.next === undefined
          ? { items }
          : { items, nextCursor: Buffer.from(page.next).toString("base64url") },
    };
  };

  const act =
    (action: string) =>
    (request: ApiRequest): Reply => {
      const order = find(request, rules.changeable);
      const status = String(order.data["status"]);
      if (!rules.transitions[action]?.includes(status)) {
        return problem(409, "STATE_TRANSITION", "Not possible in this state", `The order is ${status}.`);
      }
      order.data = {
        ...order.data,
        ...object(request.body),
        status: statusAfter[action],
        updatedAt: stamp(),
      };
      return { status: 200, body: order.data };
    };

  const write = { scope: "fulfilment:write", idempotent: true, method: "POST" };
  const routes: Route[] = [
    { ...write, path: "/work-orders", body: "Offer", handle: offer },
    {
      method: "GET",
      path: "/work-orders",
      scope: "fulfilment:read",
      query: {
        status: { enum: statuses },
        limit: { type: "integer", minimum: 1, maximum: 100 },
        cursor: { type: ["string", "number"], maxLength: 512, pattern: "^[A-Za-z0-9_=.-]+$" },
      },
      handle: list,
    },
    {
      method: "GET",
      path: "/work-orders/{workOrderId}",
      scope: "fulfilment:read",
      handle: (request) => ({ status: 200, body: find(request, rules.visible).data }),
    },
    ...Object.entries(bodies).map(([action, body]) => ({
      ...write,
      path: `/work-orders/{workOrderId}/${action}`,
      body,
      handle: act(action),
    })),
  ];
  return createApi(routes, policy);
}
