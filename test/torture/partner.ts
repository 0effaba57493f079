import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A company that submits deliveries, remembers every answer, and receives events: what it saw is what must be true. */
export interface Partner {
  /** Answers by the delivery's id: what was acknowledged, byte for byte. */
  readonly acknowledged: Map<string, string>;
  /** Event ids in the order of their first receipt, by subject. */
  readonly received: Map<string, string[]>;
  /** How often events came, repeated ones included. */
  receipts: number;
  readonly violations: string[];
  /** Registers its endpoint at a sandbox. */
  register(url: string): Promise<void>;
  /** Submits until it is over, as fast as it is answered or so many a second, to whoever is there. */
  submit(urls: () => readonly string[], until: () => boolean, perSecond?: number): Promise<void>;
  /** Asks again under a key that was answered before. */
  askAgain(url: string, how: number): Promise<void>;
  close(): void;
}

const LANES = 6;

export async function openPartner(): Promise<Partner> {
  const acknowledged = new Map<string, string>();
  const unanswered: string[] = [];
  const received = new Map<string, string[]>();
  const violations: string[] = [];
  let next = 0;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const event = JSON.parse(body) as { id: string; subject: string; data: { challenge?: string } };
    if (event.data.challenge === undefined) {
      partner.receipts += 1;
      const list = received.get(event.subject) ?? [];
      if (!list.includes(event.id)) list.push(event.id);
      received.set(event.subject, list);
    }
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ challenge: event.data.challenge }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tokens = new Map<string, string>();

  const tokenOf = async (url: string): Promise<string> => {
    const known = tokens.get(url);
    if (known !== undefined) return known;
    const answer = await fetch(`${url}/v1/oauth/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: "sandbox-harbour",
        client_secret: "sandbox-harbour-secret",
      }),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    tokens.set(url, token);
    return token;
  };
  const post = async (url: string, path: string, body: object, key: string) => {
    const answer = await fetch(`${url}/v1${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${await tokenOf(url)}`,
        "content-type": "application/json",
        "idempotency-key": key,
      },
      body: JSON.stringify(body),
    });
    return { status: answer.status, text: await answer.text() };
  };
  /** Every delivery is late, so that its service level is missed: two events, whose order counts. */
  const deliver = async (url: string, id: string): Promise<void> => {
    const { status, text } = await post(
      url,
      "/deliveries",
      {
        id,
        product: "express-leg",
        customer: "nordic-apps",
        startedAt: "2001-01-01T06:55:00",
        usage: { distanceMiles: 920, arrivalDelayMinutes: 20 },
      },
      `key-${id}`,
    );
    if (status === 409 || status === 503) throw new Error(`${status}: to be tried again`);
    if (status !== 201) violations.push(`${id} was answered ${status}: ${text}`);
    const before = acknowledged.get(id);
    if (before !== undefined && before !== text) violations.push(`${id} got other bytes under the same key`);
    acknowledged.set(id, text);
  };
  const partner: Partner = {
    acknowledged,
    received,
    receipts: 0,
    violations,
    async register(url) {
      const { status, text } = await post(url, "/webhook-endpoints", { url: endpoint }, "endpoint");
      if (status !== 201) throw new Error(`The endpoint was refused: ${status} ${text}`);
      // Before it is verified nothing is sent to it.
      const { id } = JSON.parse(text) as { id: string };
      const at = `${url}/v1/webhook-endpoints/${id}`;
      const headers = { authorization: `Bearer ${await tokenOf(url)}` };
      for (let known = text; known.includes('"status":"pending"'); ) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        known = await (await fetch(at, { headers })).text();
      }
    },
    async submit(urls, until, perSecond = Number.POSITIVE_INFINITY) {
      const began = performance.now();
      let sent = 0;
      const lane = async (): Promise<void> => {
        while (!until()) {
          const early = began + (1000 * sent++) / perSecond - performance.now();
          if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
          const id = unanswered.pop() ?? `leg-${next++}`;
          const open = urls();
          const url = open[Math.floor(Math.random() * open.length)];
          try {
            if (url === undefined) throw new Error("nobody is there");
            await deliver(url, id);
          } catch {
            // Nobody knows whether it was booked: the same key finds out.
            unanswered.push(id);
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
        }
      };
      await Promise.all(Array.from({ length: LANES }, lane));
    },
    async askAgain(url, how) {
      const known = [...acknowledged.keys()].slice(-how);
      for (const id of [...unanswered.splice(0), ...known]) await deliver(url, id);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return partner;
}
