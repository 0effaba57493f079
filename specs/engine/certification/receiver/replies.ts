import { isPlainObject, resolvePointer } from "../../catalog/pointer.ts";
import type { Catalog, Message, SchemaRef } from "../../catalog/types.ts";
import { type CheckTable, held, type Observation, type RunContext, skipped, violated } from "../check.ts";
import type { Exchange } from "../model.ts";
import { jsonOf } from "../provider/responses.ts";
import { judge, type ReceiverContext } from "./context.ts";
import { contentOf, repliesTo } from "./declared-replies.ts";
import type { Template } from "./message.ts";

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
