import { outgoingOf } from "../../sandbox/index.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { pause } from "../../specs/engine/pause.ts";
import type { ApiClient, Fields } from "../http/api-client.ts";
import type { ControlClient } from "../http/control-client.ts";

/** An event to be forwarded. */
export interface FedEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly orderKey: string;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What goes over the wire. */
  readonly body: string;
}

export interface FeedPage {
  readonly items: readonly FedEvent[];
  /** The sandbox began again since the page before: what that one still had is lost. */
  readonly anew: boolean;
}

export interface FeedOptions {
  /** From the first event that there is, not from now on. */
  readonly all: boolean;
  readonly party?: string | undefined;
}

/** Events as they happen, page by page; each comes once. Waits for the next page itself. */
export interface EventFeed {
  next(signal: AbortSignal): Promise<FeedPage>;
}

const WAIT_SECONDS = 20;
const PAGE = 100;

/** By the sandbox's control: of every spec set, of all parties or of one. What happens once it is there comes. */
export async function controlFeed(control: ControlClient, { all, party }: FeedOptions): Promise<EventFeed> {
  let after = all ? undefined : (await control.call("listEvents", { after: "now", limit: 1 })).cursor;
  return {
    async next(signal) {
      const query = { limit: PAGE, waitSeconds: WAIT_SECONDS, ...(party === undefined ? {} : { party }) };
      const asked = after === undefined ? query : { ...query, after };
      const { items, cursor, anew } = await control.call("listEvents", asked, signal);
      after = cursor;
      return { items, anew };
    },
  };
}

const LOOK_EVERY_MS = 1_000;

/** By the operation that lists events, as the party whose credentials are used. */
export async function apiFeed(client: ApiClient, catalog: Catalog, { all }: FeedOptions): Promise<EventFeed> {
  // A page that isn't full yet is asked for again, and what it had already is known by its ids.
  let cursor: string | undefined;
  let known = new Set<string>();
  const page = async (): Promise<readonly Fields[]> => {
    const { result } = await client.call("events.list", {
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const items = (Array.isArray(result["items"]) ? result["items"] : []) as readonly Fields[];
    const fresh = items.filter(({ id }) => !known.has(String(id)));
    for (const { id } of fresh) known.add(String(id));
    const next = result["nextCursor"];
    if (typeof next === "string") {
      cursor = next;
      known = new Set();
    }
    return fresh;
  };
  if (!all) while ((await page()).length > 0);
  return {
    async next(signal) {
      for (;;) {
        const items = await page();
        if (items.length > 0) return { items: items.map((item) => fed(item, catalog)), anew: false };
        await pause(LOOK_EVERY_MS, signal);
        signal.throwIfAborted();
      }
    },
  };
}

/** The event as its message goes over the wire: the list holds what it is made of. */
function fed(item: Fields, catalog: Catalog): FedEvent {
  const text = (name: string): string => String(item[name] ?? "");
  const [id, type, subject, time] = ["id", "type", "subject", "time"].map(text) as [
    string,
    string,
    string,
    string,
  ];
  const data = (item["data"] ?? {}) as Parameters<typeof outgoingOf>[1]["data"];
  const { contentType, headers, body } = outgoingOf(catalog, { id, type, subject, time, data });
  return { id, type, subject, time, orderKey: subject, contentType, ...(headers && { headers }), body };
}

/** @throws EcoError where nobody may list events */
export const noFeed = (sandbox: string): EcoError =>
  new EcoError("ECO_CONTROL_REFUSED", `Nothing lets the events of the sandbox at ${sandbox} be read.`, {
    fix: "Start it on this machine, put its control token into ECO_SANDBOX_TOKEN, or use a spec set that binds an operation to `events.list`.",
  });
