import { didYouMean } from "../../specs/engine/suggest.ts";
import type { WebhookSender } from "../events/sender.ts";
import type { Inbox, Receive } from "./inbox.ts";
import { isObject, show } from "./match.ts";
import { refused } from "./refuse.ts";

export interface InboxOptions {
  /** Whose events. */
  readonly as: string;
  /** CloudEvents types, or domain event names; all that the party may read where left out. */
  readonly types?: readonly string[];
  /** `whsec_…`, for a receiver that is set up before; a new one where left out. */
  readonly secret?: string;
  /** One's own receiver: gets the signed request, and its answer decides on retries. Default: 204. */
  readonly answer?: Receive;
}

const OPTIONS = Object.keys({
  as: true,
  types: true,
  secret: true,
  answer: true,
} satisfies Record<keyof InboxOptions, true>);

/** @throws EcoError `ECO_USAGE` for options that an inbox hasn't, or of another kind */
export function checkInboxOptions(options: unknown): asserts options is InboxOptions {
  if (!isObject(options) || typeof options["as"] !== "string")
    throw refused("An inbox is somebody's", 'Write sandbox.receive({ as: "…" }), with the id of a party.');
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined)
    throw refused(
      `An inbox has no option ${unknown}`,
      didYouMean(unknown, OPTIONS) ?? `Use one of ${OPTIONS.join(", ")}.`,
    );
  const { types = [], answer } = options;
  if (!Array.isArray(types))
    throw refused(`The types of an inbox are ${show(types)}`, "Give a list of them.");
  if (answer !== undefined && typeof answer !== "function")
    throw refused(
      `An inbox can't answer by ${show(answer)}`,
      "Give a function from a Request to a Response, or leave it out.",
    );
}

/** The inboxes of a test, by address. */
export class Inboxes {
  readonly #byUrl = new Map<string, Inbox>();

  get size(): number {
    return this.#byUrl.size;
  }

  add(inbox: Inbox): void {
    this.#byUrl.set(inbox.url, inbox);
  }

  clear(): void {
    for (const inbox of this.#byUrl.values()) inbox.close();
    this.#byUrl.clear();
  }

  /** What is for an inbox goes there, all else over the network. */
  sender(network: WebhookSender): WebhookSender {
    return (request) => this.#byUrl.get(request.url)?.take(request) ?? network(request);
  }
}
