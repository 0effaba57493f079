import { readResponse, writeRequest } from "../catalog/exchange/bind.ts";
import { operationsByCapability } from "../catalog/lookup.ts";
import { isPlainObject } from "../catalog/pointer.ts";
import type { Catalog, Operation } from "../catalog/types.ts";
import { objectsOf } from "../catalog/untyped.ts";
import { EcoError } from "../errors/index.ts";
import { textWithin } from "../limited-body.ts";
import { parseJson } from "../parse-json.ts";

/** A message as an event step sees it. */
export interface StepMessage {
  /** Name of the channel in its AsyncAPI document. */
  readonly channel: string;
  readonly type: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: unknown;
}

/** A message that came, before a step took it. */
export interface ReceivedMessage extends Omit<StepMessage, "channel"> {
  /** The same for the same message, however often it comes. */
  readonly id: string;
}

export interface WantedMessages {
  /** Message types as the event spec names them. */
  readonly types: readonly string[];
  /** Only messages about this: their CloudEvents `subject`. */
  readonly subject?: string;
  /** Only messages that one of these requests caused. Empty: of any cause. */
  readonly causedBy: readonly string[];
}

/** Where event steps get their messages from, and where they leave theirs. */
export interface MessageExchange {
  /** What came so far, oldest first. It may hold more than is wanted. */
  received(wanted: WantedMessages): Promise<readonly ReceivedMessage[]>;
  send?(message: StepMessage): Promise<void>;
}

export interface PolledApi {
  readonly catalog: Catalog;
  readonly fetch: (request: Request) => Promise<Response>;
  /** The URL of an operation without its path template. */
  readonly baseUrlOf: (operation: Operation) => string;
  /** Of the last request of the run: who may call may also read what it caused. */
  readonly headers: () => Readonly<Record<string, string>>;
}

const PAGE = 100;

/**
 * Messages as an API shows them that has an operation for it (capability `events.list`), read with the credentials of
 * the step before. A run in a page, in a terminal and in a test needs no endpoint of its own.
 */
export function polledMessages(api: PolledApi): MessageExchange {
  const [operation] = operationsByCapability(api.catalog, "events.list");
  return {
    async received({ types, subject, causedBy }) {
      if (operation === undefined) {
        throw new EcoError("ECO_OPERATION_UNKNOWN", "No operation of the spec set lists events.", {
          fix: "Bind one to the capability events.list, or give the run messages of its own.",
        });
      }
      const filters = types.flatMap((type) =>
        (causedBy.length === 0 ? [undefined] : causedBy).map((cause) => ({
          type,
          ...(subject === undefined ? {} : { subject }),
          ...(cause === undefined ? {} : { causedBy: cause }),
        })),
      );
      const found = await Promise.all(filters.map((filter) => list(api, operation, filter)));
      return found.flat();
    },
  };
}

type Filter = Readonly<Record<string, string>>;

async function list(api: PolledApi, operation: Operation, filter: Filter): Promise<ReceivedMessage[]> {
  const messages: ReceivedMessage[] = [];
  let cursor: unknown;
  do {
    const page = await onePage(api, operation, filter, cursor);
    const items = objectsOf(page["items"]);
    messages.push(...items.map((item) => messageOf(item, api.catalog)));
    cursor = page["nextCursor"];
  } while (typeof cursor === "string");
  return messages.filter(({ type }) => type === filter["type"]);
}

async function onePage(
  { fetch, baseUrlOf, headers }: PolledApi,
  operation: Operation,
  filter: Filter,
  cursor: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  const { path, search } = written(operation, {
    ...filter,
    ...(typeof cursor === "string" ? { cursor, limit: PAGE } : {}),
  });
  const template = path.slice(operation.path.length - operation.template.length);
  const { authorization } = headers();
  const response = await fetch(
    new Request(`${baseUrlOf(operation)}${template}${search}`, {
      headers: { accept: "application/json", ...(authorization === undefined ? {} : { authorization }) },
      // As with every request of a journey: its token goes where the document says, and nowhere else.
      redirect: "manual",
    }),
  );
  const body = parseJson(await textWithin(response.body).catch(() => ""));
  if (!response.ok || !isPlainObject(body)) {
    throw new EcoError(
      "ECO_JOURNEY_FAILED",
      `${operation.id}, which shows the messages, answered ${response.status}.`,
    );
  }
  const page = readResponse(operation, body);
  return isPlainObject(page) ? page : {};
}

/** The request with those of the filters that the operation has a place for. */
function written(operation: Operation, filter: Readonly<Record<string, unknown>>) {
  const names = new Set(operation.parameters.map(({ name }) => name));
  const bound = operation.capability?.request ?? {};
  const known = Object.entries(filter).filter(([name]) => name in bound || names.has(name));
  return writeRequest(operation, Object.fromEntries(known));
}

/** The CloudEvent again that the API shows without its envelope. */
function messageOf(item: Readonly<Record<string, unknown>>, { ecosystem }: Catalog): ReceivedMessage {
  const { id, type, subject, time, data } = item;
  return {
    id: String(id ?? `${String(type)} ${String(subject)} ${String(time)}`),
    type: String(type),
    headers: { "content-type": "application/cloudevents+json" },
    payload: {
      specversion: "1.0",
      id,
      source: `urn:eco:${ecosystem.id}`,
      type,
      subject,
      time,
      datacontenttype: "application/json",
      data,
    },
  };
}
