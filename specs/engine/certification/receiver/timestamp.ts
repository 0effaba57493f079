import type { CheckTable } from "../check.ts";
import { held, skipped, statusOf, violated } from "../check.ts";
import { judge, type ReceiverContext } from "./context.ts";

const HOUR_SECONDS = 3600;

function seconds(context: ReceiverContext): number {
  return Math.floor(context.run.now() / 1000);
}

/** Age, identity and replay. */
export const timestampChecks: CheckTable<ReceiverContext> = {
  async *"receiver.timestamp.stale"(context) {
    const old = await context.dispatch({ timestamp: seconds(context) - HOUR_SECONDS });
    const justOld = await context.dispatch({ timestamp: seconds(context) - 330 });
    yield judge([
      { label: "Signed an hour ago", want: "refused", exchange: old.exchange },
      { label: "Signed 330 seconds ago", want: "refused", exchange: justOld.exchange },
    ]);
  },

  async *"receiver.timestamp.future"(context) {
    const { exchange } = await context.dispatch({ timestamp: seconds(context) + HOUR_SECONDS });
    yield judge([{ label: "Signed for an hour ahead", want: "refused", exchange }]);
  },

  async *"receiver.timestamp.missing"(context) {
    const without = await context.dispatch({ headers: { "webhook-timestamp": undefined } });
    const word = await context.dispatch({ headers: { "webhook-timestamp": "yesterday" } });
    yield judge([
      { label: "Without webhook-timestamp", want: "refused", exchange: without.exchange },
      { label: "With a word as webhook-timestamp", want: "refused", exchange: word.exchange },
    ]);
  },

  async *"receiver.id.missing"(context) {
    const { exchange } = await context.dispatch({ headers: { "webhook-id": undefined } });
    yield judge([{ label: "Without webhook-id", want: "refused", exchange }]);
  },

  async *"receiver.replay.refused"(context) {
    const first = await context.dispatch();
    const again = await context.send(first.request);
    const status = statusOf(again);
    const evidence = [first.exchange, again];
    if (status >= 400 && status < 500) {
      yield held(`The replay was refused with ${status}.`, { evidence, cases: 2 });
      return;
    }
    if (status < 200 || status >= 300) {
      yield violated(`The replay was answered ${status || "not at all"}, expected 4xx or 2xx.`, {
        evidence,
        cases: 2,
      });
      return;
    }
    const effects = await context.effectsOf(first.id);
    if (effects === undefined) {
      yield skipped(
        "not-configured",
        "The replay was acknowledged; without an inspection endpoint its effect can't be seen.",
      );
    } else if (effects > 1) {
      yield violated(`The replayed message took effect ${effects} times.`, { evidence, cases: 2 });
    } else {
      yield held("The replay was acknowledged without a second effect.", { evidence, cases: 2 });
    }
  },
};
