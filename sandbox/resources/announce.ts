import type { RequestParts } from "../../specs/engine/catalog/exchange/bind.ts";
import { isPlainObject, type PlainObject, resolvePointer } from "../../specs/engine/catalog/pointer.ts";
import type { Catalog, Message } from "../../specs/engine/catalog/types.ts";
import type { DomainEvent } from "../capabilities/capability.ts";
import { digestText } from "../capabilities/digest.ts";
import { CALLBACK_PREFIX, ENDPOINTS, type WebhookEndpoint, webhookSecret } from "../events/endpoint.ts";
import type { JsonObject, RecordWrite } from "../store/store.ts";
import type { Announcement } from "./announced.ts";
import { heldIn, idAt } from "./holder.ts";
import { objectIn } from "./shape.ts";
import type { Made, Step, Tools } from "./step.ts";

/** An answer with the events that the spec sends with it. */
export async function announce(tools: Tools, step: Step, made: Made): Promise<Made> {
  const { plan, parts, context } = step;
  const { callbacks, webhooks } = plan.announced;
  const events: DomainEvent[] = [];
  const writes: RecordWrite[] = [];
  const said = objectIn(plan.holder === undefined ? made.result : heldIn(plan.holder, made.result));
  for (const callback of callbacks) {
    const target = targetOf(callback.url, parts, made.result);
    if (target === undefined) continue;
    const data = dataOf(tools, step, callback, said);
    if (data === undefined) continue;
    const { message } = callback;
    const { endpoint, write } = await endpointFor(context.catalog, step, message, target);
    if (write !== undefined) writes.push(write);
    events.push({
      name: message.type,
      subject: endpoint.id,
      audience: [endpoint.party],
      data,
      inferred: true,
    });
  }
  for (const webhook of webhooks) {
    const data = dataOf(tools, step, webhook, said);
    if (data === undefined) continue;
    const subject = String(idAt(said, plan.idPath ?? ["id"]) ?? Object.values(parts.path).at(-1) ?? "");
    events.push({ name: webhook.message.type, subject, audience: audienceOf(step), data, inferred: true });
  }
  return writes.length === 0
    ? { ...made, events }
    : { ...made, events, writes: [...(made.writes ?? []), ...writes] };
}

function audienceOf({ context: { caller, catalog } }: Step): string[] {
  const { orchestrator } = catalog.ecosystem;
  return caller === undefined || caller.party === orchestrator
    ? [orchestrator]
    : [caller.party, orchestrator];
}

/** The payload: what the answer says, as far as the message's schema has a place for it, completed from the schema. */
function dataOf(
  { schemas, composer }: Tools,
  { context, plan }: Step,
  { message, success, schema, wrappers }: Announcement,
  said: PlainObject,
): JsonObject | undefined {
  const own = overlaps(schemas.properties(schema), said);
  const wrapper = own ? undefined : wrappers.find(([, node]) => overlaps(schemas.properties(node), said));
  const wanted =
    wrapper === undefined ? composer.known(schema, said) : { [wrapper[0]]: composer.known(wrapper[1], said) };
  const made = composer.answer(success, wanted, `${plan.operation.id} ${message.id}`, context);
  return isPlainObject(made?.value) ? (made.value as JsonObject) : undefined;
}

const overlaps = (properties: ReadonlyMap<string, unknown>, said: PlainObject): boolean =>
  Object.keys(said).some((name) => properties.has(name));

/** The place of a callback, as the request names it; undefined where it names none. */
function targetOf(expression: string, parts: RequestParts, answer: unknown): string | undefined {
  let complete = true;
  const textOf = (text: string): string => {
    const value = lookUp(text, parts, answer);
    if (value === undefined || value === null) complete = false;
    return String(value);
  };
  const url = expression.startsWith("$")
    ? textOf(expression)
    : expression.replace(/\{(\$[^{}]+)\}/g, (_, text: string) => textOf(text));
  return complete && /^https?:\/\//i.test(url) ? url : undefined;
}

function lookUp(expression: string, parts: RequestParts, answer: unknown): unknown {
  const [, side = "", place = "", rest = ""] =
    /^\$(request|response)\.(body|query|path|header)(.*)$/.exec(expression) ?? [];
  if (place === "body") return resolvePointer(side === "request" ? parts.body : answer, rest || "#");
  const name = rest.slice(1);
  if (side !== "request") return undefined;
  if (place !== "header") return parts[place === "query" ? "query" : "path"][name];
  return Object.entries(parts.headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** The endpoint that a callback goes to: the same for the same place, so that a thousand calls make one. */
async function endpointFor(
  { ecosystem }: Catalog,
  { context }: Step,
  message: Message,
  url: string,
): Promise<{ readonly endpoint: WebhookEndpoint; readonly write?: RecordWrite }> {
  const party = context.caller?.party ?? ecosystem.orchestrator;
  const id = `${CALLBACK_PREFIX}${digestText(`${party} ${message.type} ${url}`).slice(7, 27)}`;
  const known = await context.read.get<WebhookEndpoint>(ENDPOINTS, id);
  if (known !== undefined) return { endpoint: known.value };
  const secrets = [{ secret: webhookSecret(context.newSecret()) }];
  const endpoint: WebhookEndpoint = { id, party, url, types: [message.type], status: "active", secrets };
  const write = {
    collection: ENDPOINTS,
    id,
    value: endpoint,
    expectedVersion: 0,
    keys: [`party:${party}`],
  };
  return { endpoint, write };
}
