import { messageByType } from "../../../specs/engine/catalog/lookup.ts";
import { ENDPOINTS, VERIFICATION, type WebhookEndpoint } from "../../events/endpoint.ts";
import type { JsonObject, StoredDispatch, StoredEvent } from "../../store/store.ts";
import { isoOf } from "../../values/iso.ts";
import { maySee, viewpoint } from "../access.ts";
import type { Capability, DecisionContext } from "../capability.ts";
import { answer, define, notFound, optional, optionalText, pageFields, required, text } from "../define.ts";
import { pageOf, readCursor, readLimit } from "../page.ts";

/** An event goes to as many endpoints as its audience has, and again with each replay. */
const MAX_DISPATCHES = 1000;

const eventInput = { eventId: required("text", "The event.") };

function viewEvent(event: StoredEvent, context: DecisionContext): JsonObject {
  const { id, type, subject, time, causedBy, sequence } = event;
  return { id, type, subject, time, causedBy, data: shownData(event, context), sequence };
}

/**
 * A challenge proves that its endpoint is the party's own, so nobody reads it anywhere but there: else a party could
 * verify an endpoint of somebody else, and have the sandbox send events to it.
 */
function shownData({ type, data }: StoredEvent, { catalog }: DecisionContext): JsonObject {
  const isChallenge = messageByType(catalog, type)?.event === VERIFICATION && "challenge" in data;
  return isChallenge ? { ...data, challenge: "[redacted]" } : data;
}

/** `work-order.declined` as well as the type that the event document gives it. */
function typeOf(asked: string, context: DecisionContext): string {
  return context.catalog.messages.find((message) => message.event === asked)?.type ?? asked;
}

const list = define({
  name: "events.list",
  summary: "Events that the caller may read, in the order in which they happened.",
  input: {
    ...pageFields,
    type: optional("text", "Only events of this type: the CloudEvents type, or the domain event's name."),
    subject: optional("text", "Only events about this id."),
    causedBy: optional("text", "Only events that this request caused: the answer's Eco-Request-Id."),
  },
  async decide(input, context) {
    const after = readCursor({ input, context });
    if (typeof after !== "number") return after;
    const limit = readLimit(input);
    const type = optionalText(input, "type");
    const subject = optionalText(input, "subject");
    const causedBy = optionalText(input, "causedBy");
    const party = viewpoint(context);
    const found = await context.read.events({
      ...(type === undefined ? {} : { type: typeOf(type, context) }),
      ...(subject === undefined ? {} : { subject }),
      ...(causedBy === undefined ? {} : { causedBy }),
      ...(party === undefined ? {} : { party }),
      after,
      limit: limit + 1,
    });
    return pageOf({ input, context }, found, limit, (event) => viewEvent(event, context));
  },
});

async function findEvent(id: string, context: DecisionContext): Promise<StoredEvent | undefined> {
  const [event] = await context.read.events({ id, limit: 1 });
  return event !== undefined && maySee(context, event.audience) ? event : undefined;
}

const get = define({
  name: "events.get",
  summary: "One event.",
  input: eventInput,
  async decide(input, context) {
    const id = text(input, "eventId");
    const event = await findEvent(id, context);
    return event === undefined ? notFound("event", id) : answer(viewEvent(event, context));
  },
});

const replay = define({
  name: "events.replay",
  summary: "Dispatches an event once more, to the caller's own endpoints.",
  input: eventInput,
  async decide(input, context) {
    const id = text(input, "eventId");
    const event = await findEvent(id, context);
    if (event === undefined) return notFound("event", id);
    const party = viewpoint(context);
    return answer(viewEvent(event, context), {
      replay: [party === undefined ? { eventId: id } : { eventId: id, party }],
    });
  },
});

const dispatches = define({
  name: "events.dispatches",
  summary:
    "How an event fared on its way to the caller's own endpoints: every attempt, and when the next one is due.",
  input: eventInput,
  async decide(input, context) {
    const id = text(input, "eventId");
    const event = await findEvent(id, context);
    if (event === undefined) return notFound("event", id);
    const party = viewpoint(context);
    const found = await context.dispatches({ eventId: id, limit: MAX_DISPATCHES });
    const items = await Promise.all(found.map((dispatch) => viewDispatch(dispatch, party, context)));
    return answer({ items: items.flat() });
  },
});

/** Nothing for an endpoint of another party, or one that is gone. */
async function viewDispatch(
  { id, endpointId, state, attempts, notBeforeMs }: StoredDispatch,
  party: string | undefined,
  { read }: DecisionContext,
): Promise<JsonObject[]> {
  const endpoint = await read.get<WebhookEndpoint>(ENDPOINTS, endpointId);
  if (endpoint === undefined || (party !== undefined && endpoint.value.party !== party)) return [];
  const next = state === "pending" && notBeforeMs > 0 ? { nextAttemptAt: isoOf(notBeforeMs) } : {};
  const shown = attempts.map((attempt) => ({ ...attempt }));
  return [{ id, endpointId, url: endpoint.value.url, state, attempts: shown, ...next }];
}

export const eventCapabilities: readonly Capability[] = [list, get, replay, dispatches];
