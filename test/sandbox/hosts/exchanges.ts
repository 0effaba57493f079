import type { FaultRule } from "../../../sandbox/faults/rule.ts";

/** One request of the suite. `as` is the party whose token it carries. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly as?: string;
  readonly json?: unknown;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Played {
  readonly request: string;
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** What the way of the bytes adds, and not the sandbox. */
const transport = new Set(["connection", "content-length", "date", "keep-alive", "transfer-encoding"]);

/** A leg of blueline's, 45 minutes late. */
export const delivery = {
  id: "leg-1",
  product: "express-leg",
  customer: "nordic-apps",
  provider: "blueline",
  startedAt: "2025-03-03T10:00:00Z",
  endedAt: "2025-03-03T12:00:00Z",
  usage: { distanceMiles: 300, arrivalDelayMinutes: 45 },
};

/** How a party that the specs publish test credentials of signs in. */
export const signIn = (party: string): Exchange => ({
  method: "POST",
  path: "/v1/oauth/token",
  body: `grant_type=client_credentials&client_id=sandbox-${party}&client_secret=sandbox-${party}-secret`,
  headers: { "content-type": "application/x-www-form-urlencoded" },
});

/** What goes wrong with the exchanges below, one after the other. */
export const faults: readonly FaultRule[] = [
  { operation: "getParty", status: 503, retryAfterSeconds: 2, count: 1 },
  { operation: "submitDelivery", status: 500, phase: "after", count: 1 },
  { operation: "submitDelivery", drop: true, skip: 1, count: 1 },
  { operation: "listParties", body: "malformed", count: 1 },
  { operation: "listParties", contentType: "text/html", skip: 1, count: 1 },
  { operation: "listParties", body: "truncated", skip: 2, count: 1 },
  { operation: "listParties", dripMs: 20, latencyMs: 5, skip: 3, count: 1 },
  { operation: "listParties", rateLimit: { quota: 1, windowSeconds: 60 } },
];

/** Exchanges of which most go wrong. */
export const faultyExchanges: readonly Exchange[] = [
  signIn("blueline"),
  signIn("harbour"),
  { method: "GET", path: "/v1/parties/blueline", as: "blueline" },
  { method: "GET", path: "/v1/parties/blueline", as: "blueline" },
  ...["k1", "k1", "k2", "k2", "k2"].map((key) => ({
    method: "POST",
    path: "/v1/deliveries",
    as: "blueline",
    json: { ...delivery, id: `faulty-${key}` },
    headers: { "idempotency-key": key },
  })),
  ...Array.from({ length: 6 }, () => ({ method: "GET", path: "/v1/parties?limit=2", as: "harbour" })),
];

/** Reads, writes, refusals, repeats and inferred state of the reference ecosystem. */
export const exchanges: readonly Exchange[] = [
  signIn("blueline"),
  signIn("harbour"),
  signIn("nordic-apps"),
  {
    ...signIn("blueline"),
    body: "grant_type=client_credentials&client_id=sandbox-blueline&client_secret=wrong",
  },
  { method: "GET", path: "/v1/parties?limit=3", as: "harbour" },
  { method: "GET", path: "/v1/parties/blueline", as: "blueline" },
  { method: "GET", path: "/v1/parties" },
  { method: "GET", path: "/v1/nothing" },
  { method: "PUT", path: "/v1/parties", as: "harbour" },
  { method: "OPTIONS", path: "/v1/parties" },
  { method: "HEAD", path: "/v1/parties", as: "harbour" },
  {
    method: "POST",
    path: "/v1/deliveries",
    as: "blueline",
    json: delivery,
    headers: { "idempotency-key": "k1" },
  },
  {
    method: "POST",
    path: "/v1/deliveries",
    as: "blueline",
    json: delivery,
    headers: { "idempotency-key": "k1" },
  },
  {
    method: "POST",
    path: "/v1/deliveries",
    as: "blueline",
    json: { ...delivery, usage: {} },
    headers: { "idempotency-key": "k1" },
  },
  {
    method: "POST",
    path: "/v1/deliveries",
    as: "blueline",
    json: { ...delivery, id: "leg-2", surprise: true, usage: { distanceMiles: -1 } },
  },
  {
    method: "POST",
    path: "/v1/deliveries",
    as: "blueline",
    body: '{"id":1,"id":2}',
    headers: { "content-type": "application/json" },
  },
  {
    method: "POST",
    path: "/v1/deliveries",
    as: "blueline",
    body: "not json",
    headers: { "content-type": "application/json" },
  },
  {
    method: "POST",
    path: "/v1/deliveries/batch",
    as: "blueline",
    json: {
      deliveries: [
        { ...delivery, id: "leg-3" },
        { ...delivery, id: "leg-3", product: "none" },
      ],
    },
  },
  { method: "GET", path: "/v1/deliveries/leg-1", as: "blueline" },
  { method: "GET", path: "/v1/deliveries/leg-1/explanation", as: "harbour" },
  { method: "GET", path: "/v1/deliveries/leg-1", as: "nordic-apps" },
  { method: "GET", path: "/v1/events?limit=10", as: "harbour" },
  {
    method: "POST",
    path: "/v1/feedback",
    as: "nordic-apps",
    json: { deliveryId: "leg-1", score: 4, comment: "Grüße, 日本 🎉" },
  },
  { method: "GET", path: "/v1/feedback", as: "harbour" },
  {
    method: "POST",
    path: "/v1/webhook-endpoints",
    as: "blueline",
    json: { url: "https://partner.example/hooks" },
  },
  { method: "PUT", path: "/v1/sandbox/clock", as: "harbour", json: { advance: "PT2H" } },
  { method: "GET", path: "/v1/sandbox/clock", as: "harbour" },
];

/** Sends the exchanges one after the other and notes what came back, byte for byte. */
export async function play(send: typeof fetch, url: string, list: readonly Exchange[]): Promise<Played[]> {
  const tokens = new Map<string, string>();
  const played: Played[] = [];
  for (const { method, path, as, json, body, headers = {} } of list) {
    const sent = json === undefined ? body : JSON.stringify(json);
    const sending = send(`${url}${path}`, {
      method,
      headers: {
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...(as === undefined ? {} : { authorization: `Bearer ${tokens.get(as) ?? ""}` }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const response = await sending.catch(() => Response.error());
    const text = await response.text().catch(() => "cut");
    const party = /client_id=sandbox-([a-z-]+)/.exec(body ?? "")?.[1];
    if (party !== undefined && response.status === 200) {
      tokens.set(party, String((JSON.parse(text) as { access_token: string }).access_token));
    }
    played.push({
      request: `${method} ${path}`,
      status: response.status,
      headers: [...response.headers].filter(([name]) => !transport.has(name)).sort(),
      body: text,
    });
  }
  return played;
}
