import type { CheckTable } from "../check.ts";
import { held, type Observation, skipped, violated } from "../check.ts";
import { leakIn } from "../http/leaks.ts";
import { foreignSecret, judge, type ReceiverContext } from "./context.ts";
import { anyTemplate, EVENT_TYPE, freshEvent, hasRoom, withData } from "./message.ts";

const LARGE_BYTES = 256 * 1024;
const SLOW_PIECES = 10;

function inPieces(body: string): string[] {
  const size = Math.ceil(body.length / SLOW_PIECES);
  return Array.from({ length: SLOW_PIECES }, (_, index) =>
    body.slice(index * size, (index + 1) * size),
  ).filter((piece) => piece !== "");
}

const noRoom = (): Observation =>
  skipped("not-applicable", "The message has no envelope, and its schema no room for more fields.");

/** What stands in the body, and how it arrives. */
export const contentChecks: CheckTable<ReceiverContext> = {
  async *"receiver.content.unknown-type"(context) {
    if (anyTemplate(context.templates).bare !== undefined) {
      yield skipped("not-applicable", "The message has no envelope whose type could be an unknown one.");
      return;
    }
    const { exchange } = await context.dispatch({ changes: { type: "com.example.unheard-of.v1" } });
    yield judge([{ label: "A type that nobody declared", want: "accepted", exchange }]);
  },

  async *"receiver.content.unknown-field"(context) {
    const template = anyTemplate(context.templates);
    const id = context.newId();
    const fresh = freshEvent(template, id, context.run.now());
    const event = withData(template, fresh, { unheardOf: { deep: [1] } });
    if (!hasRoom(template, event, context.run)) {
      yield noRoom();
      return;
    }
    const attribute = await context.dispatch({ changes: { unheardof: "attribute" } });
    const field = await context.dispatch({ id, event });
    yield judge([
      { label: "An unknown extension attribute", want: "accepted", exchange: attribute.exchange },
      { label: "An unknown field in the data", want: "accepted", exchange: field.exchange },
    ]);
  },

  async *"receiver.content.structured"(context) {
    const type = anyTemplate(context.templates).bare?.contentType ?? EVENT_TYPE;
    const plain = await context.dispatch({ headers: { "content-type": type } });
    const charset = await context.dispatch({ headers: { "content-type": `${type}; charset=utf-8` } });
    yield judge([
      { label: type, want: "accepted", exchange: plain.exchange },
      { label: `${type}; charset=utf-8`, want: "accepted", exchange: charset.exchange },
    ]);
  },

  async *"receiver.content.not-json"(context) {
    const { exchange } = await context.dispatch({ body: '{"specversion":"1.0","id":' });
    yield judge([{ label: "A signed body that ends in the middle", want: "refused", exchange }]);
  },

  async *"receiver.content.large"(context) {
    const id = context.newId();
    const template = anyTemplate(context.templates);
    const fresh = freshEvent(template, id, context.run.now());
    const padding = "x".repeat(Math.max(0, LARGE_BYTES - JSON.stringify(fresh).length));
    const event = withData(template, fresh, { padding });
    if (!hasRoom(template, event, context.run)) {
      yield noRoom();
      return;
    }
    const { exchange } = await context.dispatch({ id, event });
    yield judge([{ label: "A message of 256 KiB", want: "accepted", exchange }]);
  },

  async *"receiver.content.slow"(context) {
    const { exchange } = await context.dispatch({
      pieces: (body) => ({ parts: inPieces(body), pauseMs: 100 }),
    });
    yield judge([{ label: "A body in ten pieces over a second", want: "accepted", exchange }]);
  },

  async *"receiver.error.no-leaks"(context) {
    await context.dispatch({ secret: foreignSecret(context.random) });
    await context.dispatch({ signature: () => "v1,AAAA" });
    await context.dispatch({ body: '{"specversion":' });
    const { secret, previousSecret, retiredSecret } = context.target;
    const secrets = [secret, previousSecret, retiredSecret].filter((one) => one !== undefined);
    const refused = context.sent.filter((one) => (one.exchange.response?.status ?? 0) >= 400);
    for (const dispatch of refused) {
      const right = dispatch.rightSignature.replace(/^v1,/, "");
      const leak = leakIn(dispatch.exchange.response, [...secrets, right]);
      if (leak === undefined) continue;
      yield violated(`A refusal gives away ${leak}.`, {
        evidence: [dispatch.exchange],
        cases: refused.length,
      });
      return;
    }
    yield held(`${refused.length} refusals give nothing away.`, { cases: refused.length });
  },
};
