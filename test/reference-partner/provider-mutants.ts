import { decodeJwt } from "jose";
import { type Handler, problem, type Reply } from "./api.ts";
import type { Mutation } from "./mutation.ts";
import { healthyPolicy } from "./policy.ts";
import { createProvider, healthyRules } from "./provider.ts";
import { createShelves, healthyShelves } from "./shelf.ts";
import { subtleProviderMutants } from "./subtle-mutants.ts";

/** Changes the answers for which `test` holds. */
function answering(
  test: (request: Request, response: Response) => boolean,
  change: (response: Response, request: Request) => Response | Promise<Response>,
): Pick<Mutation, "wrap"> {
  return {
    wrap: (inner) => async (request) => {
      const response = await inner(request);
      return test(request, response) ? change(response, request) : response;
    },
  };
}

function withHeader(
  response: Response,
  name: string,
  value: string | undefined,
  status = response.status,
): Response {
  const headers = new Headers(response.headers);
  if (value === undefined) headers.delete(name);
  else headers.set(name, value);
  return new Response(response.body, { status, headers });
}

function claims(authorization: string | null): { tenant: string; scopes: string[] } | undefined {
  try {
    const payload = decodeJwt((authorization ?? "").replace(/^\S+ /, ""));
    return { tenant: String(payload["tenant"]), scopes: String(payload["scope"]).split(" ") };
  } catch {
    return undefined;
  }
}

function algorithm(authorization: string | null): string {
  const header = (authorization ?? "").replace(/^\S+ /, "").split(".")[0] ?? "";
  try {
    return String(JSON.parse(Buffer.from(header, "base64url").toString())["alg"]);
  } catch {
    return "";
  }
}

const anyone = { tenant: "harbour", scopes: ["fulfilment:read", "fulfilment:write"] };
const isGetOne = (request: Request): boolean =>
  request.method === "GET" && /\/work-orders\/[^/]+$/.test(new URL(request.url).pathname);
const isList = (request: Request): boolean =>
  request.method === "GET" && /\/work-orders$/.test(new URL(request.url).pathname);

const STATUSES = ["offered", "accepted", "declined", "rescheduled", "in-progress", "completed", "cancelled"];

/** How a check's own rule is broken, and nothing else. */
export const providerMutants: Readonly<Record<string, Mutation>> = {
  "provider.core.no-server-error": {
    policy: () => ({
      parse(text) {
        if (text === "") return undefined;
        return JSON.parse(text);
      },
    }),
  },
  "provider.core.status-declared": answering(
    (request, response) => isGetOne(request) && response.ok,
    (response) => withHeader(response, "x", undefined, 203),
  ),
  "provider.core.content-type": answering(
    (request, response) => isList(request) && response.ok,
    (response) => withHeader(response, "content-type", "text/html"),
  ),
  "provider.core.body-schema": answering(
    (request, response) => isGetOne(request) && response.ok,
    async (response) => Response.json({ ...(await response.json()), updatedAt: "just now" }),
  ),
  "provider.core.headers": { api: "shelves", shelves: () => ({ version: "first" }) },
  "provider.core.problem-json": answering(
    (_request, response) => response.status === 404,
    (response) => withHeader(response, "content-type", "application/json"),
  ),
  "provider.core.time-limit": {
    wrap(inner) {
      let count = 0;
      return async (request) => {
        count += isList(request) ? 1 : 0;
        if (isList(request) && count % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 1_500));
        return inner(request);
      };
    },
  },
  "provider.input.accepts-valid": {
    policy: (healthy) => ({
      bodyFaults: (schema, body) =>
        /å/.test(JSON.stringify(body)) ? ["# must be ASCII"] : healthy.bodyFaults(schema, body),
    }),
  },
  "provider.input.rejects-invalid": {
    policy: (healthy) => ({
      bodyFaults: (schema, body) =>
        healthy.bodyFaults(schema, body).filter((one) => !one.includes("fewer than 1 char")),
    }),
  },
  "provider.input.rejects-parameters": { policy: () => ({ queryFaults: () => [] }) },
  "provider.input.required-parameter": {
    policy: (healthy) => ({ keyFault: (key) => (key === null ? undefined : healthy.keyFault(key)) }),
  },
  "provider.input.required-body": {
    policy: (healthy) => ({
      bodyFaults: (schema, body) => (body === undefined ? [] : healthy.bodyFaults(schema, body)),
    }),
  },
  "provider.input.malformed-json": {
    policy: (healthy) => ({
      parse(text) {
        try {
          return healthy.parse(text);
        } catch {
          return {};
        }
      },
    }),
  },
  "provider.input.content-type": { policy: () => ({ acceptsType: () => true }) },
  "provider.input.method": { policy: (healthy) => ({ wrongMethod: () => healthy.unknownRoute() }) },
  "provider.input.unknown-path": {
    policy: () => ({ unknownRoute: (): Reply => ({ status: 200, body: { hello: "world" } }) }),
  },
  "provider.input.write-only": { api: "shelves", shelves: () => ({ shown: (shelf) => shelf }) },
  "provider.input.parameter-styles": {
    api: "shelves",
    shelves: () => ({ items: (text) => text.split(",") }),
  },
  "provider.input.read-only": {
    api: "shelves",
    shelves: () => ({ kept: (shelf) => ({ builder: "us", ...shelf }) }),
  },
  "provider.security.no-credentials": {
    policy: (healthy) => ({
      authenticate: async (authorization, now) =>
        authorization === null ? anyone : healthy.authenticate(authorization, now),
    }),
  },
  "provider.security.wrong-scheme": {
    policy: (healthy) => ({
      authenticate: (authorization, now) =>
        healthy.authenticate(authorization?.replace(/^\S+/, "Bearer") ?? null, now),
    }),
  },
  "provider.security.forged-token": {
    policy: (healthy) => ({
      async authenticate(authorization, now) {
        const known = await healthy.authenticate(authorization, now);
        if (known !== undefined || algorithm(authorization) === "none") return known;
        return /^Bearer /.test(authorization ?? "") ? claims(authorization) : undefined;
      },
    }),
  },
  "provider.security.alg-none": {
    policy: (healthy) => ({
      authenticate: async (authorization, now) =>
        algorithm(authorization) === "none"
          ? claims(authorization)
          : healthy.authenticate(authorization, now),
    }),
  },
  "provider.security.expired-token": {
    policy: (healthy) => ({
      async authenticate(authorization, now) {
        const known = await healthy.authenticate(authorization, now);
        const [, payload = ""] = (authorization ?? "").split(".");
        const expiry =
          payload === "" ? 0 : Number(JSON.parse(Buffer.from(payload, "base64url").toString())["exp"]);
        return known ?? (expiry > 0 && expiry * 1000 < now ? claims(authorization) : undefined);
      },
    }),
  },
  "provider.security.missing-scope": { policy: () => ({ mayUse: () => true }) },
  "provider.security.foreign-resource": { rules: () => ({ visible: () => true }) },
  "provider.security.foreign-change": {
    // Reading asks for the tenant, changing doesn't.
    rules: () => ({ changeable: () => true }),
  },
  "provider.security.no-leaks": {
    policy: (healthy) => ({
      bodyFaults(schema, body) {
        const faults = healthy.bodyFaults(schema, body);
        return faults.length === 0 ? faults : [...faults, String(new Error("invalid").stack)];
      },
    }),
  },
  "provider.state.created-readable": answering(isGetOne, () =>
    Response.json(problem(404, "NOT_FOUND", "Not found", "Not yet there.").body, {
      status: 404,
      headers: { "content-type": "application/problem+json" },
    }),
  ),
  "provider.state.read-equals-written": {
    rules: () => ({ stored: (offer) => ({ ...offer, usage: { covers: 1 } }) }),
  },
  "provider.state.deleted-gone": { api: "shelves", shelves: () => ({ removes: false }) },
  "provider.state.unknown-resource": answering(
    (request, response) => isGetOne(request) && response.status === 404,
    (_response, request) => {
      const id = decodeURIComponent(new URL(request.url).pathname.split("/").at(-1) ?? "");
      const instant = "2025-03-11T11:30:00Z";
      return Response.json({
        id,
        product: "none",
        customer: "none",
        scheduledFor: instant,
        status: "offered",
        updatedAt: instant,
      });
    },
  ),
  "provider.state.illegal-transition": {
    rules: (healthy) => ({
      transitions: {
        ...healthy.transitions,
        completion: [
          "offered",
          "accepted",
          "rescheduled",
          "in-progress",
          "completed",
          "declined",
          "cancelled",
        ],
      },
    }),
  },
  "provider.state.conditional-read": { api: "shelves", shelves: () => ({ known: () => false }) },
  "provider.state.conditional-change": { api: "shelves", shelves: () => ({ current: () => true }) },
  "provider.state.idempotent-repeat": {
    policy() {
      let count = 0;
      return {
        keyOf() {
          count += 1;
          return String(count);
        },
      };
    },
  },
  "provider.state.idempotency-mismatch": { policy: () => ({ digestOf: () => "same" }) },
  "provider.state.idempotency-keys-apart": {
    policy: (healthy) => ({
      keyOf: (caller, route, key, body) => healthy.keyOf(caller, route, key.toLowerCase(), body),
    }),
  },
  "provider.state.concurrent-twins": {
    wrap(inner) {
      const inFlight = new Set<string>();
      return async (request) => {
        const key = request.headers.get("idempotency-key") ?? "";
        if (key === "") return inner(request);
        // The answer is remembered only once it is there: a twin that comes before is new to it.
        if (inFlight.has(key)) request.headers.set("idempotency-key", `${key}-${inFlight.size}`);
        inFlight.add(key);
        const response = await inner(request);
        await new Promise((resolve) => setTimeout(resolve, 30));
        inFlight.delete(key);
        return response;
      };
    },
  },
  "provider.state.filter": {
    wrap: (inner) => (request) => {
      const url = new URL(request.url);
      if (!isList(request) || !STATUSES.includes(url.searchParams.get("status") ?? "")) return inner(request);
      url.searchParams.delete("status");
      return inner(new Request(url, request));
    },
  },
  "provider.state.pagination": {
    rules: (healthy) => ({
      page(ids, after, limit) {
        const page = healthy.page(ids, after, limit);
        // The classic off by one: the cursor points behind the next item.
        const skipped = page.next === undefined ? undefined : ids[ids.indexOf(page.next) + 1];
        return skipped === undefined ? { ids: page.ids } : { ids: page.ids, next: skipped };
      },
    }),
  },
};

export interface ProviderDocuments {
  readonly orders: object;
  readonly shelves: object;
}

/** The partner that breaks one rule, or the healthy one. `api` says which of the two APIs to look at. */
export function mutatedProvider(
  check: string | undefined,
  api: "orders" | "shelves",
  documents: ProviderDocuments,
): Handler {
  const mutants: Readonly<Record<string, Mutation>> = { ...providerMutants, ...subtleProviderMutants };
  const mutation: Mutation = (check === undefined ? undefined : mutants[check]) ?? {};
  const healthy = healthyPolicy(documents[api]);
  const policy = { ...healthy, ...mutation.policy?.(healthy) };
  const handler =
    api === "shelves"
      ? createShelves(policy, { ...healthyShelves, ...mutation.shelves?.(healthyShelves) })
      : createProvider(policy, { ...healthyRules, ...mutation.rules?.(healthyRules) });
  return mutation.wrap?.(handler) ?? handler;
}

export function apiOf(check: string): "orders" | "shelves" {
  return providerMutants[check]?.api ?? "orders";
}
