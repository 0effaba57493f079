import { Webhook } from "standardwebhooks";
import type { CloudEvent } from "../events/encode.ts";
import type { WebhookRequest, WebhookResult } from "../events/sender.ts";
import type { JsonObject } from "../store/store.ts";
import type { Tested } from "./tested.ts";

/** A webhook as it came to a test's inbox. */
export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  /** Virtual time. */
  readonly time: string;
  readonly data: JsonObject;
  /** `valid`, or why it is not. */
  readonly signature: string;
  /** The same `webhook-id` came before: a retry or a replay. */
  readonly repeated: boolean;
  /** What the receiver answered; 0 where it threw. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A receiver as a fetch-style function: one's own webhook handler fits. */
export type Receive = (request: Request) => Response | Promise<Response>;

export interface InboxParts {
  readonly test: Tested;
  readonly url: string;
  readonly party: string;
  /** `whsec_…` */
  readonly secret: string;
  readonly answer: Receive;
}

/** Where the events of one party arrive within a test, signed as they would be over the network. */
export class Inbox {
  /** The sandbox that sends to it. */
  readonly test: Tested;
  readonly url: string;
  readonly party: string;
  /** What the events are signed with, as Standard Webhooks has it. */
  readonly secret: string;
  /** In the order in which they came. */
  readonly received: ReceivedEvent[] = [];
  readonly #answer: Receive;

  constructor({ test, url, party, secret, answer }: InboxParts) {
    this.test = test;
    this.url = url;
    this.party = party;
    this.secret = secret;
    this.#answer = answer;
  }

  async take({ url, headers, body }: WebhookRequest): Promise<WebhookResult> {
    const event = eventIn(body);
    const came = {
      id: String(event["id"] ?? ""),
      type: String(event["type"] ?? ""),
      subject: String(event["subject"] ?? ""),
      time: String(event["time"] ?? ""),
      data: event.data ?? {},
      signature: this.#judge(headers, body),
      repeated: this.received.some((former) => former.headers["webhook-id"] === headers["webhook-id"]),
      headers,
      body,
    };
    try {
      const response = await this.#answer(
        new Request(url, { method: "POST", headers: { ...headers }, body }),
      );
      this.received.push({ ...came, status: response.status });
      const retryAfter = response.headers.get("retry-after");
      const text = await response.text();
      return {
        kind: "answered",
        status: response.status,
        ...(retryAfter === null ? {} : { retryAfter }),
        ...(text === "" ? {} : { body: text }),
      };
    } catch (error) {
      this.received.push({ ...came, status: 0 });
      return { kind: "failed", error: error instanceof Error ? error.message : String(error) };
    }
  }

  #judge(headers: Readonly<Record<string, string>>, body: string): string {
    try {
      new Webhook(this.secret).verify(body, { ...headers });
      return "valid";
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

/** A body that a fault has broken is an event without anything in it. */
function eventIn(body: string): Partial<CloudEvent> {
  try {
    const event: unknown = JSON.parse(body);
    return typeof event === "object" && event !== null ? event : {};
  } catch {
    return {};
  }
}
