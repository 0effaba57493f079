import { createHmac, timingSafeEqual } from "node:crypto";

/** A webhook receiver by Standard Webhooks. Shares no code with the certifier. */

export interface Incoming {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly contentType: string;
  readonly body: string;
}

/** Everything that a mutant may get wrong, one decision each. Times are seconds since the epoch. */
export interface ReceiverRules {
  readonly secrets: readonly string[];
  readonly maxBytes: number;
  wrongMethod(): Response;
  readBody(request: Request): Promise<string>;
  /** Called when the headers are in, before the body is read. */
  announced(id: string): void;
  present(incoming: Incoming): boolean;
  fresh(timestamp: string, now: number): boolean;
  /** The content that the signature covers. */
  signedContent(incoming: Incoming): string;
  matches(header: string, expected: string): boolean;
  acceptsType(contentType: string): boolean;
  /** Throws on what it can't use. */
  understand(body: string): unknown;
  /** What marks two dispatches as the same message. */
  identity(incoming: Incoming): string;
  /** Refuses a message that was handled before, where it does. */
  duplicate(): Response;
  refuse(status: number, why: string, incoming: Incoming): Response;
  /** The body of the acknowledgement, where the event asks for one. */
  answer(event: unknown): object | undefined;
  delay(incoming: Incoming): Promise<void>;
}

function expected(secret: string, content: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return createHmac("sha256", key).update(content).digest("base64");
}

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function healthyReceiver(secrets: readonly string[]): ReceiverRules {
  return {
    secrets,
    maxBytes: 1024 * 1024,
    wrongMethod: () => new Response(null, { status: 405, headers: { allow: "POST" } }),
    readBody: (request) => request.text(),
    announced: () => undefined,
    present: (one) => one.id !== "" && one.timestamp !== "" && one.signature !== "",
    fresh: (timestamp, now) => /^\d+$/.test(timestamp) && Math.abs(now - Number(timestamp)) <= 300,
    signedContent: (one) => `${one.id}.${one.timestamp}.${one.body}`,
    matches: (header, wanted) =>
      header.split(" ").some((one) => one.startsWith("v1,") && equal(one.slice(3), wanted)),
    acceptsType: (type) => /^application\/(cloudevents\+)?json\s*(;|$)/i.test(type),
    understand: (body) => JSON.parse(body),
    identity: (one) => one.id,
    duplicate: () => new Response(null, { status: 204 }),
    refuse: (status) => new Response("refused", { status }),
    answer: (event) => challengeReply(event) ?? erasureReply(event),
    delay: async () => undefined,
  };
}

/** Handles `POST /webhooks` and offers `GET /inspection?id=`. */
export function createReceiver(rules: ReceiverRules): (request: Request) => Promise<Response> {
  const handled = new Set<string>();
  const effects = new Map<string, number>();

  const inspect = (url: URL): Response => {
    const id = url.searchParams.get("id") ?? "";
    return Response.json({ id, effects: effects.get(id) ?? 0 });
  };

  const take = async (request: Request): Promise<Response> => {
    const header = (name: string): string => request.headers.get(name) ?? "";
    const head = {
      id: header("webhook-id"),
      timestamp: header("webhook-timestamp"),
      signature: header("webhook-signature"),
      contentType: header("content-type"),
    };
    rules.announced(head.id);
    const incoming: Incoming = { ...head, body: await rules.readBody(request) };
    if (incoming.body.length > rules.maxBytes) return rules.refuse(413, "too large", incoming);
    if (!rules.present(incoming)) return rules.refuse(400, "headers are missing", incoming);
    if (!rules.fresh(incoming.timestamp, Math.floor(Date.now() / 1000)))
      return rules.refuse(400, "not fresh", incoming);
    const content = rules.signedContent(incoming);
    const valid = rules.secrets.some((secret) =>
      rules.matches(incoming.signature, expected(secret, content)),
    );
    if (!valid) return rules.refuse(401, `expected ${expected(rules.secrets[0] ?? "", content)}`, incoming);
    if (!rules.acceptsType(incoming.contentType)) return rules.refuse(415, "type", incoming);
    return use(incoming);
  };

  const use = async (incoming: Incoming): Promise<Response> => {
    const identity = rules.identity(incoming);
    if (handled.has(identity)) return rules.duplicate();
    let event: unknown;
    try {
      event = rules.understand(incoming.body);
    } catch {
      return rules.refuse(400, "not understood", incoming);
    }
    handled.add(identity);
    effects.set(incoming.id, (effects.get(incoming.id) ?? 0) + 1);
    await rules.delay(incoming);
    const answer = rules.answer(event);
    return answer === undefined ? new Response(null, { status: 204 }) : Response.json(answer);
  };

  return async (request) => {
    const url = new URL(request.url);
    if (url.pathname === "/inspection") return inspect(url);
    if (url.pathname !== "/webhooks") return new Response("not found", { status: 404 });
    if (request.method !== "POST") return rules.wrongMethod();
    try {
      return await take(request);
    } catch {
      return new Response("bad request", { status: 400 });
    }
  };
}

function textIn(event: unknown, name: string): string | undefined {
  const data = typeof event === "object" && event !== null && "data" in event ? event.data : undefined;
  const fields = typeof data === "object" && data !== null ? Object.entries(data) : [];
  const found = fields.find(([key]) => key === name)?.[1];
  return typeof found === "string" ? found : undefined;
}

/** The challenge of a verification event, to be handed back. */
export function challengeReply(event: unknown): object | undefined {
  const challenge = textIn(event, "challenge");
  return challenge === undefined ? undefined : { challenge };
}

/** This partner keeps nothing about people but what its books have to hold. */
export function erasureReply(event: unknown): object | undefined {
  const dataSubject = textIn(event, "dataSubject");
  if (dataSubject === undefined) return undefined;
  return { dataSubject, erasure: "retained", reason: "Bookings are kept for seven years." };
}
