import type { IncomingHttpHeaders } from "node:http";
import { Webhook } from "standardwebhooks";
import type { Answer, Memory } from "./memory.ts";

/** An event whose signature was right, and which was not handled before. */
export interface ReceivedEvent {
  /** The same for every attempt to bring it. */
  readonly id: string;
  /** As its body says; empty where it says none. */
  readonly type: string;
  /** Parsed. */
  readonly body: unknown;
}

/** Does what an event asks for. What it resolves to is the answer, for the few events that want one. */
export type Handle = (event: ReceivedEvent) => object | undefined | Promise<object | undefined>;

export interface ReceiverOptions {
  /** All that are good at this moment: two while a secret is rotated. */
  readonly secrets: () => Promise<readonly string[]>;
  readonly memory: Memory;
  readonly handle: Handle;
}

/**
 * Takes events in by Standard Webhooks. The signature covers the raw bytes, so it is checked on them and before anything is
 * read; a time more than five minutes away is refused; an id that was handled gets its first answer again, and has no
 * second effect. An event whose handling fails is not remembered: it comes again.
 */
export function createReceiver({ secrets, memory, handle }: ReceiverOptions) {
  const running = new Map<string, Promise<Answer>>();
  return async (headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> => {
    const id = headerOf(headers, "webhook-id");
    const timestamp = headerOf(headers, "webhook-timestamp");
    const signature = headerOf(headers, "webhook-signature");
    if (id === "" || !/^\d+$/.test(timestamp) || signature === "") return { status: 400 };
    const signed = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
    if (!(await secrets()).some((secret) => isGenuine(secret, body, signed))) return { status: 401 };
    const event = parsed(id, body);
    if (event === undefined) return { status: 400 };
    const earlier = memory.get(id) ?? running.get(id);
    if (earlier !== undefined) return earlier;
    const work = Promise.resolve(handle(event)).then((reply) => {
      const answer = reply === undefined ? { status: 204 } : { status: 200, body: reply };
      memory.set(id, answer);
      return answer;
    });
    running.set(id, work);
    return work.finally(() => running.delete(id));
  };
}

function headerOf(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === "string" ? value : "";
}

function isGenuine(secret: string, body: Buffer, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

function parsed(id: string, bytes: Buffer): ReceivedEvent | undefined {
  try {
    const body: unknown = JSON.parse(bytes.toString("utf8"));
    const type = typeof body === "object" && body !== null && "type" in body ? body.type : undefined;
    return { id, type: typeof type === "string" ? type : "", body };
  } catch {
    return undefined;
  }
}
