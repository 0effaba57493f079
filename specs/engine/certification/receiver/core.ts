import type { CheckTable } from "../check.ts";
import { answerOf, held, skipped, violated } from "../check.ts";
import { judge, type ReceiverContext } from "./context.ts";

/** What a receiver promises its sender, in milliseconds. */
const ACKNOWLEDGE_MS = 5_000;
/** Dispatches to time where the check runs alone. */
const LEAST_TIMED = 5;

export const firstChecks: CheckTable<ReceiverContext> = {
  async *"receiver.core.reachable"(context) {
    const { exchange } = await context.dispatch();
    const evidence = [exchange];
    if (exchange.response !== undefined) {
      yield held(`The receiver answers (${exchange.response.status}).`, { evidence });
      return;
    }
    context.away = `The receiver gave ${answerOf(exchange)}.`;
    yield violated(context.away, { evidence });
  },

  async *"receiver.core.every-message"(context) {
    for (const template of context.templates) {
      const { message } = template;
      if (message === undefined) continue;
      const { exchange } = await context.dispatch({ template });
      const pointer = `${message.document}#${message.pointer}`;
      yield judge([{ label: message.title, want: "accepted", exchange }], { subject: message.type, pointer });
      if (context.away !== undefined) return;
    }
    for (const message of context.withoutTemplate) {
      const text = "No valid message could be made from its examples or its schema.";
      yield skipped("not-applicable", text, {
        subject: message.type,
        pointer: `${message.document}#${message.pointer}`,
      });
    }
  },

  async *"receiver.core.only-post"(context) {
    const exchange = await context.send({ method: "GET", url: context.target.url });
    yield judge([{ label: "A GET to the endpoint", want: "refused", exchange }]);
  },
};

/** They sum up what the others saw, so they come last. */
export const lastChecks: CheckTable<ReceiverContext> = {
  async *"receiver.core.in-time"(context) {
    for (let round = context.sent.length; round < LEAST_TIMED; round += 1) await context.dispatch();
    const limit = Math.min(ACKNOWLEDGE_MS, context.run.options.timeoutMs ?? ACKNOWLEDGE_MS);
    // Dispatches in pieces are slow by intent of the sender.
    const timed = context.sent.filter((one) => one.request.pieces === undefined).map((one) => one.exchange);
    const slow = timed.find((one) => one.failure?.kind === "timeout" || one.durationMs > limit);
    const longest = Math.max(...timed.map((one) => one.durationMs));
    const more = { cases: timed.length };
    if (slow === undefined) yield held(`The slowest of ${timed.length} answers took ${longest} ms.`, more);
    else yield violated(`An answer took longer than ${limit} ms.`, { ...more, evidence: [slow] });
  },
};
