import { follow } from "../catalog/follow.ts";
import { isPlainObject, type PlainObject, resolvePointer } from "../catalog/pointer.ts";
import type { Message } from "../catalog/types.ts";
import { type Direction, VERDICTS } from "./change.ts";
import { carriedIn } from "./channels.ts";
import {
  type Comparison,
  compareKeys,
  directionOf,
  newAt,
  oldAt,
  type Spot,
  tell,
  tellLevel,
} from "./comparison.ts";
import { compareSchemas } from "./content.ts";
import { pairUp } from "./pair-up.ts";
import { saysTheSame } from "./substance.ts";
import { compareWiring } from "./wiring.ts";

/** The messages of a document, webhooks and callbacks among them: by id, else by type. */
export function compareMessages(comparison: Comparison): void {
  const mine = (side: "old" | "new"): Message[] =>
    comparison[side].messages.filter(({ document }) => document === comparison.documents[side].path);
  const { pairs, gone, come } = pairUp(mine("old"), mine("new"), [
    ({ id, type }) => `${id} ${type}`,
    ({ type }) => type,
    ({ id }) => id,
  ]);
  for (const [old, now] of pairs) compareMessage(comparison, old, now);
  for (const old of gone)
    tellLevel(
      spotOf(comparison, old, "old"),
      "message.removed",
      "breaking",
      `The message ${old.type} is no longer there.`,
      oldAt(comparison, old.pointer),
    );
  for (const now of come) {
    const spot = spotOf(comparison, now, "new");
    tellLevel(
      spot,
      "message.added",
      "compatible",
      `The message ${now.type} is new.`,
      newAt(comparison, now.pointer),
    );
  }
}

function spotOf(comparison: Comparison, message: Message, side: "old" | "new"): Spot {
  const direction = directionOfMessage(comparison, message, side);
  return { comparison, subject: { kind: "message", id: message.type }, where: "", direction };
}

/** What partners do with a message: the operations of its document say who sends it, else its meaning. */
function directionOfMessage(comparison: Comparison, message: Message, side: "old" | "new"): Direction {
  const { content } = comparison.documents[side];
  // A webhook or a callback goes where answers go.
  if ("openapi" in content) return directionOf(comparison, "answer");
  const operations = isPlainObject(content["operations"]) ? Object.values(content["operations"]) : [];
  const actions = new Set(
    operations.filter(isPlainObject).flatMap((operation) => {
      const channel = follow(content, operation["channel"], "");
      const listed = Array.isArray(operation["messages"]) ? operation : channel?.node;
      const carried = carriedIn(content, listed, channel?.pointer ?? "");
      return carried.includes(message.pointer) ? [operation["action"]] : [];
    }),
  );
  if (actions.size === 1) return actions.has("send") ? "reader" : "writer";
  return message.event === undefined ? "either" : "reader";
}

/** Keys that are compared by themselves; the first of OpenAPI's, where the message is a webhook. */
const HANDLED = new Set([
  "requestBody",
  "operationId",
  "responses",
  "payload",
  "headers",
  "examples",
  "traits",
  "contentType",
  "bindings",
  "correlationId",
  "x-eco-response",
]);

function compareMessage(comparison: Comparison, old: Message, now: Message): void {
  const spot = { ...spotOf(comparison, old, "old"), direction: directionOfMessage(comparison, now, "new") };
  const place = newAt(comparison, now.pointer);
  const { old: before, new: after } = comparison.documents;
  compareKeys(
    spot,
    { value: resolvePointer(before.content, old.pointer), pointer: old.pointer },
    { value: resolvePointer(after.content, now.pointer), pointer: now.pointer },
    HANDLED,
  );
  const [was, is] = [resolvePointer(before.content, old.pointer), resolvePointer(after.content, now.pointer)];
  if ("asyncapi" in after.content && isPlainObject(was) && isPlainObject(is))
    compareWiring(spot, { old: was, new: is, pointer: now.pointer });
  if (old.contentType !== now.contentType)
    tell(
      spot,
      "message.content-type",
      VERDICTS.replaced,
      `The message ${old.type} was ${old.contentType ?? "of no media type"} and is ${now.contentType ?? "of none"} now.`,
      place,
    );
  compareWebhook(spot, old, now);
  compareSchemas({ ...spot, where: "payload" }, old.payload, now.payload, place);
  compareSchemas({ ...spot, where: "headers" }, old.headers, now.headers, place);
}

/** What a webhook or a callback has beside its payload: whether that has to come, and how it may be answered. */
function compareWebhook(spot: Spot, old: Message, now: Message): void {
  const { old: before, new: after } = spot.comparison.documents;
  const [was, is] = [resolvePointer(before.content, old.pointer), resolvePointer(after.content, now.pointer)];
  if (!isPlainObject(was) || !isPlainObject(is)) return;
  const place = newAt(spot.comparison, now.pointer);
  if (
    !saysTheSame(
      { value: was["responses"], document: before.content },
      { value: is["responses"], document: after.content },
    )
  )
    tell(
      spot,
      "message.answers",
      VERDICTS.unjudged,
      `How the message ${old.type} may be answered changed; what that asks can't be judged.`,
      place,
    );
  const needsBody = (content: unknown, webhook: PlainObject): boolean => {
    const body = follow(content, webhook["requestBody"], "")?.node;
    return isPlainObject(body) && body["required"] === true;
  };
  const [needed, needs] = [needsBody(before.content, was), needsBody(after.content, is)];
  if (needed === needs) return;
  const verdict = needs ? VERDICTS.narrower : VERDICTS.wider;
  tell(
    spot,
    needs ? "body.required" : "body.optional",
    verdict,
    `The message ${old.type} ${needs ? "always has" : "may come without"} a body now.`,
    place,
  );
}
