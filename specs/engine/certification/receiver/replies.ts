import { isPlainObject, type PlainObject, resolvePointer } from "../../catalog/pointer.ts";
import type { Catalog, Message, SchemaRef } from "../../catalog/types.ts";
import { type CheckTable, held, type Observation, type RunContext, skipped, violated } from "../check.ts";
import type { Exchange } from "../model.ts";
import { jsonOf } from "../provider/responses.ts";
import { judge, type ReceiverContext } from "./context.ts";
import type { Template } from "./message.ts";

function objects(value: unknown): PlainObject[] {
  const list = Array.isArray(value) ? value : isPlainObject(value) ? Object.values(value) : [];
  return list.filter(isPlainObject);
}

/** Where the thing stands that a chain of references leads to, `#/channels/…` included. */
function target(content: unknown, reference: PlainObject): string | undefined {
  let pointer: string | undefined;
  let at: unknown = reference;
  for (let hops = 0; hops < 8 && isPlainObject(at) && typeof at["$ref"] === "string"; hops += 1) {
    pointer = at["$ref"].replace(/^#/, "");
    at = resolvePointer(content, pointer);
  }
  return pointer;
}

interface Replied {
  readonly sent: readonly string[];
  readonly replies: readonly string[];
}

/** The messages of each operation of a document that expects an answer, and those of the answer, as pointers. */
function repliedIn(content: PlainObject): Replied[] {
  return objects(content["operations"]).flatMap((operation) => {
    const reply = operation["reply"];
    if (!isPlainObject(reply)) return [];
    const pointers = (list: unknown): string[] => objects(list).flatMap((one) => target(content, one) ?? []);
    return [{ sent: pointers(operation["messages"]), replies: pointers(reply["messages"]) }];
  });
}

function contentOf(catalog: Catalog, document: string): PlainObject {
  return catalog.documents.find((one) => one.path === document)?.content ?? {};
}

/** Is it an answer to a message rather than one that is sent? */
export function isReply(message: Message, catalog: Catalog): boolean {
  return repliedIn(contentOf(catalog, message.document)).some((one) => one.replies.includes(message.pointer));
}

/** Schemas of the answers that a message asks for; none where any 2xx will do. */
function repliesTo(message: Message, catalog: Catalog): SchemaRef[] {
  const content = contentOf(catalog, message.document);
  const pointers = repliedIn(content)
    .filter((one) => one.sent.includes(message.pointer))
    .flatMap((one) => one.replies);
  return pointers.flatMap((pointer) => {
    const known = catalog.messages.find(
      (one) => one.document === message.document && one.pointer === pointer,
    );
    return known === undefined ? [] : [known.payload];
  });
}

function purposeOf(message: Message, catalog: Catalog): unknown {
  const node = resolvePointer(contentOf(catalog, message.document), message.pointer);
  return isPlainObject(node) ? node["x-eco-purpose"] : undefined;
}

function replyFault(exchange: Exchange, replies: readonly SchemaRef[], run: RunContext): string | undefined {
  const body = jsonOf(exchange.response);
  if (body === undefined) return "the answer has no JSON body";
  const faults = replies.map((one) => run.validators.get(one)(body)[0]);
  const [first] = faults;
  if (first === undefined || faults.includes(undefined)) return undefined;
  return `the answer's ${first.pointer || "body"} ${first.message}`;
}

/** One dispatch, acknowledged and with the answer that it asks for. */
function answered(
  exchange: Exchange,
  label: string,
  replies: readonly SchemaRef[],
  run: RunContext,
): Observation {
  const acknowledged = judge([{ label, want: "accepted", exchange }]);
  if (acknowledged.result !== "held") return acknowledged;
  const fault = replies.length === 0 ? undefined : replyFault(exchange, replies, run);
  if (fault !== undefined) return violated(`${label}: ${fault}.`, { evidence: [exchange] });
  return held(`${label}: answered as declared.`, { evidence: [exchange] });
}

type Asking = Template & { readonly message: Message };

function asking(context: ReceiverContext, applies: (message: Message) => boolean): Asking[] {
  return context.templates.filter((one): one is Asking => one.message !== undefined && applies(one.message));
}

function about({ message }: Asking): { readonly subject: string; readonly pointer: string } {
  return { subject: message.type, pointer: `${message.document}#${message.pointer}` };
}

/** Messages that want more of their receiver than an acknowledgement. */
export const replyChecks: CheckTable<ReceiverContext> = {
  async *"receiver.reply.declared"(context) {
    const { run } = context;
    for (const template of asking(context, (one) => repliesTo(one, run.catalog).length > 0)) {
      const { exchange } = await context.dispatch({ template });
      const replies = repliesTo(template.message, run.catalog);
      yield { ...answered(exchange, template.message.title, replies, run), ...about(template) };
      if (context.away !== undefined) return;
    }
  },

  async *"receiver.data.erasure"(context) {
    const { run } = context;
    const requests = asking(context, (one) => purposeOf(one, run.catalog) === "data-erasure");
    if (requests.length === 0)
      yield skipped("not-applicable", "No message of the specification has the purpose data-erasure.");
    for (const template of requests) {
      const replies = repliesTo(template.message, run.catalog);
      // Whoever has erased already says so again: the request may come from several sides.
      for (const label of ["A request for erasure", "The same request under another id"]) {
        const { exchange } = await context.dispatch({ template });
        const observation = { ...answered(exchange, label, replies, run), ...about(template), cases: 2 };
        if (observation.result !== "held" || label !== "A request for erasure") {
          yield observation;
          break;
        }
      }
    }
  },
};
