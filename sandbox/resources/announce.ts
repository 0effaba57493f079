import type { RequestParts } from "../../specs/engine/catalog/bind.ts";
import { isPlainObject, resolvePointer } from "../../specs/engine/catalog/pointer.ts";
import type { Catalog, Message } from "../../specs/engine/catalog/types.ts";
import type { DomainEvent } from "../capabilities/capability.ts";
import { digestText } from "../capabilities/digest.ts";
import { CALLBACK_PREFIX, ENDPOINTS, type WebhookEndpoint, webhookSecret } from "../events/endpoint.ts";
import type { JsonObject, RecordWrite } from "../store/store.ts";
import type { ResourceAction } from "./infer.ts";
import type { Schemas } from "./schemas.ts";
import { asObject, lastLiteral, plain, singularOf } from "./shape.ts";
import type { Step, Tools } from "./step.ts";

/**
 * What a spec sends when one of its operations succeeds: the operation's callbacks, to where the request says, and the
 * webhooks whose name tells of just that (`newPet`, `booking.cancelled`), to whoever registered.
 */
export async function announcements(
  tools: Tools,
  catalog: Catalog,
  step: Step,
  result: unknown,
): Promise<{ readonly events: readonly DomainEvent[]; readonly writes: readonly RecordWrite[] }> {
  const events: DomainEvent[] = [];
  const writes: RecordWrite[] = [];
  const said = asObject(result);
  for (const { message: id, url } of step.operation.callbacks ?? []) {
    const message = catalog.messages.find((one) => one.id === id);
    const target = targetOf(url, step.parts, result);
    const data = message && dataOf(tools, step, message, said);
    if (message === undefined || target === undefined || data === undefined) continue;
    const { endpoint, write } = await endpointFor(catalog, step, message, target);
    if (write !== undefined) writes.push(write);
    events.push({ name: message.type, subject: endpoint.id, audience: [endpoint.party], data });
  }
  for (const message of catalog.messages.filter((one) => tellsOf(one, step, tools.schemas))) {
    const data = dataOf(tools, step, message, said);
    if (data === undefined) continue;
    const subject = String(said[step.idProperty ?? "id"] ?? Object.values(step.parts.path).at(-1) ?? "");
    events.push({ name: message.type, subject, audience: audienceOf(catalog, step), data });
  }
  return { events, writes };
}

const audienceOf = ({ ecosystem }: Catalog, { context }: Step): string[] => [
  ...new Set([context.caller?.party ?? ecosystem.orchestrator, ecosystem.orchestrator]),
];

/** The payload: what the answer says, as far as the message's schema has a place for it, completed from the schema. */
function dataOf(tools: Tools, { context, operation }: Step, message: Message, said: JsonRecord) {
  const schema = tools.schemas.at(message.payload);
  const success = { status: 200, response: NO_RESPONSE, schema, examples: message.examples };
  const [wrapper] = [...tools.schemas.properties(schema)].filter(
    ([, node]) => tools.schemas.properties(node).size > 0 && overlaps(tools.schemas.properties(node), said),
  );
  const own = overlaps(tools.schemas.properties(schema), said);
  const { composer } = tools;
  const wanted =
    !own && wrapper !== undefined
      ? { [wrapper[0]]: composer.known(wrapper[1], { ...said }) }
      : composer.known(schema, { ...said });
  const made = composer.answer(success, wanted, `${operation.id} ${message.id}`, context);
  return isPlainObject(made?.value) ? (made.value as JsonObject) : undefined;
}

type JsonRecord = Readonly<Record<string, unknown>>;

const NO_RESPONSE = { status: "200", description: "", headers: {}, content: {} };

const overlaps = (properties: ReadonlyMap<string, unknown>, said: JsonRecord): boolean =>
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

const WORDS: Readonly<Partial<Record<ResourceAction, readonly string[]>>> = {
  create: ["new", "create", "created", "add", "added", "open", "opened", "registered", "placed", "made"],
  change: ["update", "updated", "change", "changed", "modified", "edited", "patched"],
  replace: ["update", "updated", "change", "changed", "modified", "edited", "replaced"],
  remove: ["delete", "deleted", "remove", "removed", "gone"],
};

/** Letters that a step and the word for it share: `cancel` and `cancelled`. */
const SHARED_LETTERS = 4;

/** Whether a webhook tells of what the operation just did, by the words of its name. */
function tellsOf(message: Message, { inference, operation, collection }: Step, schemas: Schemas): boolean {
  if (message.event !== undefined || message.channel === "callbacks") return false;
  const words = message.id
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const noun = plain(
    singularOf(lastLiteral(inference.action === "act" ? parentOf(operation.path) : collection.template)),
  );
  const same =
    collection.item !== undefined && schemas.at(message.payload).ref.pointer === collection.item.ref.pointer;
  if (!same && !plain(words.map(singularOf).join("")).includes(noun)) return false;
  if (inference.action !== "act")
    return WORDS[inference.action]?.some((word) => words.includes(word)) ?? false;
  const verb = lastLiteral(operation.path).toLowerCase();
  return words.some(
    (word) => word.length >= SHARED_LETTERS && verb.startsWith(word.slice(0, SHARED_LETTERS)),
  );
}

/** `/bookings/{id}` of `/bookings/{id}/cancel` */
const parentOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));
