import type { CheckTable } from "../check.ts";
import { held, skipped, violated } from "../check.ts";
import { judge, type ReceiverContext } from "./context.ts";
import { anyTemplate, freshEvent } from "./message.ts";

function half(body: string): string {
  return body.slice(0, Math.floor(body.length / 2));
}

/** At least once, in any order, interrupted: what a receiver of dispatches has to live with. */
export const dispatchChecks: CheckTable<ReceiverContext> = {
  async *"receiver.dispatch.duplicate"(context) {
    const first = await context.dispatch();
    const body = first.request.body ?? "";
    // A retry is signed anew, a second later, over the same id and body.
    const timestamp = Math.floor(context.run.now() / 1000) + 1;
    const second = await context.dispatch({ id: first.id, body, timestamp });
    yield judge([
      { label: "The first dispatch", want: "accepted", exchange: first.exchange },
      { label: "The second dispatch with the same id", want: "accepted", exchange: second.exchange },
    ]);
  },

  async *"receiver.dispatch.one-effect"(context) {
    if (context.target.inspection === undefined) {
      yield skipped("not-configured", "Effects can't be seen without an inspection endpoint.");
      return;
    }
    const id = context.newId();
    const body = JSON.stringify(freshEvent(anyTemplate(context.templates), id, context.run.now()));
    const twins = await Promise.all([context.dispatch({ id, body }), context.dispatch({ id, body })]);
    const timestamp = Math.floor(context.run.now() / 1000) + 1;
    const third = await context.dispatch({ id, body, timestamp });
    // Who remembers only the last id forgets this one over another message.
    const between = await context.dispatch();
    const late = await context.dispatch({ id, body, timestamp });
    const effects = await context.effectsOf(id);
    const sent = [...twins, third, between, late];
    const more = { evidence: sent.map((one) => one.exchange), cases: sent.length };
    if (effects === undefined)
      yield violated("The inspection endpoint doesn't answer with the number of effects.", more);
    else if (effects === 1) yield held("Four dispatches of one message took effect once.", more);
    else yield violated(`Four dispatches of one message took effect ${effects} times.`, more);
  },

  async *"receiver.dispatch.retry"(context) {
    const id = context.newId();
    const body = JSON.stringify(freshEvent(anyTemplate(context.templates), id, context.run.now()));
    await context.dispatch({
      id,
      body,
      pieces: (whole) => ({ parts: [half(whole)], pauseMs: 50, broken: true }),
    });
    const again = await context.dispatch({ id, body });
    const more = { cases: 2 };
    const judged = judge(
      [{ label: "The retry after a broken dispatch", want: "accepted", exchange: again.exchange }],
      more,
    );
    const effects = judged.result === "held" ? await context.effectsOf(id) : undefined;
    if (effects === undefined || effects === 1) yield judged;
    else
      yield violated(`The retried message took effect ${effects} times.`, {
        ...more,
        evidence: [again.exchange],
      });
  },

  async *"receiver.dispatch.out-of-order"(context) {
    const template = anyTemplate(context.templates);
    const now = context.run.now();
    const [earlierId, laterId] = [context.newId(), context.newId()];
    const later = freshEvent(template, laterId, now);
    const earlier = freshEvent(template, earlierId, now - 60_000);
    const first = await context.dispatch({ id: laterId, event: later });
    const second = await context.dispatch({ id: earlierId, event: earlier });
    yield judge([
      { label: "The later message", want: "accepted", exchange: first.exchange },
      { label: "The earlier message, after the later one", want: "accepted", exchange: second.exchange },
    ]);
  },
};
