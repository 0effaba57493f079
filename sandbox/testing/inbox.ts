import { Webhook } from "standardwebhooks";
import { messageByType } from "../../specs/engine/catalog/lookup.ts";
import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import { formatOf } from "../../specs/engine/messages/message-format.ts";
import { parseJson } from "../../specs/engine/parse-json.ts";
import { isObject } from "../capabilities/define.ts";
import type { WebhookRequest, WebhookResult } from "../events/sender.ts";
import type { JsonObject } from "../store/store.ts";
import type { Tested } from "./tested.ts";

/** A webhook as it came to a test's inbox. */
export interface ReceivedEvent {
  readonly id: string;
  /** As the CloudEvent says; of a message without such an envelope, what the sandbox sent it as, and so with the rest. */
  readonly type: string;
  readonly subject: string;
  /** Virtual time. */
  readonly time: string;
  /** The CloudEvent's data, or the whole payload where it is none. */
  readonly data: JsonObject;
  /** `valid`, or why it is not. */
  readonly signature: string;
  /** The same `webhook-id` came before: a retry or a replay. */
  readonly repeated: boolean;
  /** What the receiver answered; 0 where it threw. */
  readonly status: number;
  /** What the receiver threw, an assertion of the test's own for one. */
  readonly error?: string;
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
  #closed = false;

  constructor({ test, url, party, secret, answer }: InboxParts) {
    this.test = test;
    this.url = url;
    this.party = party;
    this.secret = secret;
    this.#answer = answer;
  }

  /** Nothing comes to it any more: the endpoint is gone with the state that it belonged to. */
  close(): void {
    this.#closed = true;
  }

  /** @throws TypeError after a reset: what came before is of a state that is gone, and nothing will follow */
  checkOpen(): void {
    if (!this.#closed) return;
    throw new TypeError(
      `The inbox of ${this.party} ended with the reset of its sandbox: call \`sandbox.receive\` again afterwards.`,
    );
  }

  async take({ url, headers, body }: WebhookRequest): Promise<WebhookResult> {
    const came = {
      ...(await this.#read(body, headers["webhook-id"])),
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
      const reason = reasonOf(error);
      this.received.push({ ...came, status: 0, error: reason });
      return { kind: "failed", error: reason };
    }
  }

  async #read(body: string, id: string | undefined): Promise<EventContent> {
    const payload = objectIn(body);
    const sent = await this.#sentBare(id);
    // What comes in another form than JSON is what was sent.
    const said = sent === undefined ? payload : { ...sent, data: isEmpty(payload) ? sent.data : payload };
    return {
      id: String(said["id"] ?? ""),
      type: String(said["type"] ?? ""),
      subject: String(said["subject"] ?? ""),
      time: String(said["time"] ?? ""),
      data: isObject(said["data"]) ? said["data"] : {},
    };
  }

  /** The event that went out under the id, where its message has no envelope that would name it. */
  async #sentBare(id: string | undefined): Promise<EventContent | undefined> {
    const { store, tenant, catalog } = this.test.sandbox;
    const [event] = id === undefined ? [] : await store.reader(tenant).events({ id, limit: 1 });
    const message = event === undefined ? undefined : messageByType(catalog, event.type);
    return message === undefined || formatOf(catalog, message).enveloped ? undefined : event;
  }

  #judge(headers: Readonly<Record<string, string>>, body: string): string {
    try {
      new Webhook(this.secret).verify(body, { ...headers });
      return "valid";
    } catch (error) {
      return reasonOf(error);
    }
  }
}

const isEmpty = (value: JsonObject): boolean => Object.keys(value).length === 0;

type EventContent = Pick<ReceivedEvent, "id" | "type" | "subject" | "time" | "data">;

/** A body that a fault has broken is an event without anything in it. */
function objectIn(body: string): JsonObject {
  const value = parseJson(body);
  return isPlainObject(value) ? (value as JsonObject) : {};
}
