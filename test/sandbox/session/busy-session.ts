import { numbersFrom } from "../../../sandbox/values/ids.ts";

/** How a request gets to the sandbox: its `fetch`, or the network's. */
export type Send = (request: Request) => Promise<Response>;

export interface BusySession {
  readonly send: Send;
  readonly url: string;
  /** Where webhooks go. */
  readonly hooks: readonly string[];
  /** What a host does in the background. */
  settle(): Promise<void>;
  /** Moves the wall clock on, where it is the test's own. */
  wait?(milliseconds: number): void;
  readonly rounds: number;
  /** The number of the first round. Default 0. */
  readonly from?: number;
  /** Whether requests that go together wait for each other all the same. */
  readonly oneByOne?: boolean;
}

const parties = ["blueline", "harbour", "nordic-apps"] as const;
type Party = (typeof parties)[number];

/**
 * A day in the life of a sandbox, always the same from one seed: deliveries at once and again under the same key, broken
 * requests, webhooks that are refused and tried again, work orders whose stand-ins are late, the clock that moves.
 * Gives how many exchanges there were.
 */
export async function playBusySession(session: BusySession): Promise<number> {
  const { url, settle, wait = () => {}, hooks, rounds, from = 0, oneByOne = false } = session;
  const next = numbersFrom("busy");
  let exchanges = 0;
  const tokens = new Map<Party, string>();
  const ask = async (
    method: string,
    path: string,
    as?: Party,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<string> => {
    exchanges += 1;
    const raw = typeof body === "string" || body instanceof Uint8Array;
    const sent = body === undefined ? undefined : raw ? body : JSON.stringify(body);
    // A fault may cut the connection, or the body.
    const text = await session
      .send(
        new Request(`${url}${path}`, {
          method,
          headers: {
            ...(as === undefined ? {} : { authorization: `Bearer ${tokens.get(as) ?? ""}` }),
            ...(sent === undefined ? {} : { "content-type": "application/json" }),
            ...headers,
          },
          // A body of bytes or text, whose type TypeScript can't tell from the test above.
          ...(sent === undefined ? {} : { body: sent as BodyInit }),
        }),
      )
      .then((response) => response.text())
      .catch(() => "");
    return text;
  };
  const together = async (...requests: (() => Promise<unknown>)[]): Promise<void> => {
    if (oneByOne) for (const request of requests) await request();
    else await Promise.all(requests.map((request) => request()));
  };
  const signIn = async (party: Party): Promise<void> => {
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: `sandbox-${party}`,
      client_secret: `sandbox-${party}-secret`,
    });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const answer = await ask("POST", "/v1/oauth/token", undefined, String(form), headers);
    tokens.set(party, String((JSON.parse(answer) as { access_token: string }).access_token));
  };
  const delivery = (id: string) => ({
    id,
    product: "express-leg",
    customer: "nordic-apps",
    provider: "blueline",
    startedAt: "2025-03-03T10:00:00Z",
    endedAt: "2025-03-03T12:00:00Z",
    usage: { distanceMiles: 100 + (next() % 900), arrivalDelayMinutes: next() % 90 },
  });

  await together(...parties.map((party) => () => signIn(party)));
  for (const [index, hook] of hooks.entries())
    await ask("POST", "/v1/webhook-endpoints", parties[index % parties.length], { url: hook });
  await settle();
  for (let round = from; round < from + rounds; round++) {
    const of = `leg-${round}`;
    const first = delivery(`${of}-a`);
    await together(
      () => ask("POST", "/v1/deliveries", "blueline", first, { "idempotency-key": `k${round}` }),
      () => ask("POST", "/v1/deliveries", "blueline", first, { "idempotency-key": `k${round}` }),
      () => ask("POST", "/v1/deliveries", "blueline", delivery(`${of}-b`)),
      () =>
        ask("POST", "/v1/deliveries", "blueline", delivery(`${of}-c`), { "idempotency-key": `c${round}` }),
      () => ask("GET", "/v1/events?limit=5", "harbour"),
    );
    wait(7 + (next() % 1000));
    await ask("POST", "/v1/deliveries", "blueline", first, { "idempotency-key": `k${round}` });
    await ask("GET", `/v1/deliveries/${of}-a/explanation`, "harbour");
    await settle();
    switch (round % 6) {
      case 0:
        await ask("PUT", "/v1/sandbox/clock", "harbour", { advance: "PT40S" });
        break;
      case 1:
        await ask("POST", "/v1/deliveries", "blueline", '{"id":1,"id":2}');
        await ask("POST", "/v1/deliveries", "blueline", new Uint8Array([0x7b, 0xff, 0xfe]));
        break;
      case 2:
        await ask("POST", `/v1/deliveries`, "blueline", delivery("x"), {
          authorization: "Bearer real.secret.token",
        });
        await ask("GET", "/v1/nothing");
        await ask("OPTIONS", "/v1/parties");
        break;
      case 3:
        await together(
          () =>
            ask("POST", "/v1/feedback", "nordic-apps", {
              deliveryId: `${of}-b`,
              score: 4,
              comment: "Grüße 🎉",
            }),
          () => ask("HEAD", "/v1/parties", "harbour"),
          () => ask("PUT", "/v1/sandbox/clock", "harbour", { advance: "PT3H" }),
          () =>
            ask("POST", "/v1/deliveries/batch", "blueline", {
              deliveries: [delivery(`${of}-d`), delivery(`${of}-d`)],
            }),
        );
        break;
      case 4:
        await signIn("blueline");
        await ask("GET", "/v1/webhook-endpoints", "blueline");
        break;
      default:
        await ask("PUT", "/v1/sandbox/clock", "harbour", { advance: "P1D", mode: "frozen" });
        await ask("PUT", "/v1/sandbox/clock", "harbour", { mode: "running" });
    }
    await settle();
  }
  return exchanges;
}
