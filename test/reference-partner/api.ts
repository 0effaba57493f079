import { createHash } from "node:crypto";

/** Plumbing of the reference partner's APIs: routes, tokens, validation, idempotency, problems. Shares no code with the certifier. */

interface Caller {
  readonly tenant: string;
  readonly scopes: readonly string[];
}

export interface ApiRequest {
  readonly method: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly caller: Caller;
  /** Parsed JSON; undefined where there is none. */
  readonly body: unknown;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly scope: string;
  /** Name of the body's schema. */
  readonly body?: string;
  /** Query parameters with the schema that their value (a number where it looks like one) has to meet. */
  readonly query?: Readonly<Record<string, object>>;
  readonly requiredQuery?: readonly string[];
  readonly idempotent?: boolean;
  handle(request: ApiRequest): Reply;
}

/** Everything that a mutant may get wrong, one decision each. */
export interface Policy {
  authenticate(authorization: string | null, now: number): Promise<Caller | undefined>;
  mayUse(caller: Caller, scope: string): boolean;
  parse(text: string): unknown;
  acceptsType(contentType: string): boolean;
  /** Faults of a body, as `pointer message`. */
  bodyFaults(schema: string, body: unknown): string[];
  queryFaults(route: Route, query: URLSearchParams): string[];
  pathFaults(path: Readonly<Record<string, string>>): string[];
  keyFault(key: string | null): string | undefined;
  /** How the answers to a key are told apart. */
  keyOf(caller: Caller, route: Route, key: string, body: string): string;
  digestOf(body: string): string;
  unknownRoute(): Reply;
  wrongMethod(allowed: readonly string[]): Reply;
  crashed(error: unknown): Reply;
}

export class Refused extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`refused with ${reply.status}`);
    this.reply = reply;
  }
}

export function problem(status: number, code: string, title: string, detail: string): Reply {
  return {
    status,
    headers: { "content-type": "application/problem+json" },
    body: { type: "about:blank", title, status, detail, code },
  };
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function match(route: Route, pathname: string): Record<string, string> | undefined {
  const wanted = route.path.split("/");
  const given = pathname.split("/");
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? "";
    if (!part.startsWith("{")) {
      if (part !== text) return undefined;
    } else if (text === "") return undefined;
    else values[part.slice(1, -1)] = decodeURIComponent(text);
  }
  return values;
}

function write(reply: Reply): Response {
  const headers = new Headers({ "content-type": "application/json", ...reply.headers });
  if (reply.body === undefined) headers.delete("content-type");
  return new Response(reply.body === undefined ? null : JSON.stringify(reply.body), {
    status: reply.status,
    headers,
  });
}

interface Remembered {
  readonly digest: string;
  readonly reply: Promise<Reply>;
}

export type Handler = (request: Request) => Promise<Response>;

export function createApi(routes: readonly Route[], policy: Policy): Handler {
  const answers = new Map<string, Remembered>();

  const readBody = async (route: Route, request: Request): Promise<{ text: string; body: unknown }> => {
    const text = await request.text();
    if (route.body === undefined) return { text, body: undefined };
    if (text !== "" && !policy.acceptsType(request.headers.get("content-type") ?? "")) {
      throw new Refused(
        problem(415, "UNSUPPORTED_MEDIA_TYPE", "Unsupported media type", "Send application/json."),
      );
    }
    const body = policy.parse(text);
    const faults = policy.bodyFaults(route.body, body);
    if (faults.length > 0)
      throw new Refused(problem(422, "REQUEST_INVALID", "Request invalid", faults.join("; ").slice(0, 2000)));
    return { text, body };
  };

  const answer = async (route: Route, path: Record<string, string>, request: Request): Promise<Reply> => {
    const caller = await policy.authenticate(request.headers.get("authorization"), Date.now());
    if (caller === undefined)
      return problem(401, "UNAUTHENTICATED", "Not authenticated", "There is no token that holds.");
    if (!policy.mayUse(caller, route.scope))
      return problem(403, "SCOPE_MISSING", "Scope missing", `The token lacks ${route.scope}.`);
    const query = new URL(request.url).searchParams;
    const faults = [...policy.pathFaults(path), ...policy.queryFaults(route, query)];
    if (faults.length > 0) return problem(422, "REQUEST_INVALID", "Request invalid", faults.join("; "));
    const key = request.headers.get("idempotency-key");
    const keyFault = route.idempotent === true ? policy.keyFault(key) : undefined;
    if (keyFault !== undefined) return problem(422, "REQUEST_INVALID", "Request invalid", keyFault);
    const { text, body } = await readBody(route, request);
    const handle = (): Reply =>
      route.handle({ method: request.method, path, query, headers: request.headers, caller, body });
    if (route.idempotent !== true || key === null) return handle();
    return remember(route, path, caller, key, text, handle);
  };

  const remember = (
    route: Route,
    path: Record<string, string>,
    caller: Caller,
    key: string,
    text: string,
    handle: () => Reply,
  ) => {
    const digest = policy.digestOf(`${JSON.stringify(path)} ${text}`);
    const place = policy.keyOf(caller, route, key, text);
    const known = answers.get(place);
    if (known !== undefined) {
      if (known.digest === digest) return known.reply;
      return problem(
        422,
        "IDEMPOTENCY_MISMATCH",
        "Key used for another request",
        "The key came with another body before.",
      );
    }
    // Remembered before it is known, so that a twin that comes in the meantime waits for the same answer.
    const reply = Promise.resolve().then(handle).catch(replyOf);
    answers.set(place, { digest, reply });
    return reply;
  };

  const replyOf = (error: unknown): Reply => (error instanceof Refused ? error.reply : policy.crashed(error));

  return async (request) => {
    const { pathname } = new URL(request.url);
    const found = routes
      .map((route) => ({ route, path: match(route, pathname) }))
      .filter((one) => one.path !== undefined);
    if (found.length === 0) return write(policy.unknownRoute());
    const exact = found.find((one) => one.route.method === request.method);
    if (exact?.path === undefined) return write(policy.wrongMethod(found.map((one) => one.route.method)));
    return write(await answer(exact.route, exact.path, request).catch(replyOf));
  };
}
