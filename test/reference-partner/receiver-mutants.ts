import type { ReceiverMutation, ReceiverSecrets } from "./mutation.ts";
import {
  challengeReply,
  erasureReply,
  healthyReceiver,
  type Incoming,
  type ReceiverRules,
} from "./receiver.ts";
import { subtleReceiverMutants } from "./subtle-mutants.ts";

function eventOf(incoming: Incoming): Record<string, unknown> {
  try {
    return JSON.parse(incoming.body);
  } catch {
    return {};
  }
}

function understandOnly(
  healthy: ReceiverRules,
  test: (event: Record<string, unknown>) => boolean,
): Partial<ReceiverRules> {
  return {
    understand(body) {
      const event = healthy.understand(body) as Record<string, unknown>;
      if (!test(event)) throw new Error("not understood");
      return event;
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Check id → the receiver that breaks just that rule. */
export const receiverMutants: Readonly<Record<string, ReceiverMutation>> = {
  "receiver.core.every-message": (healthy) =>
    understandOnly(healthy, (event) => !String(event["type"]).includes("settlement")),
  "receiver.core.in-time"() {
    let count = 0;
    // Only every third, so that the others still show a receiver that is there.
    return {
      delay() {
        count += 1;
        return pause(count % 3 === 0 ? 1_500 : 0);
      },
    };
  },
  "receiver.core.only-post": () => ({ wrongMethod: () => new Response("Hello.") }),
  "receiver.signature.valid": (_healthy, secrets) => ({ secrets: [secrets.previous] }),
  "receiver.signature.wrong": (healthy) => ({
    matches: (header, wanted) =>
      header.split(" ").some((one) => one.startsWith(`v1,${wanted.slice(0, 9)}`)) ||
      healthy.matches(header, wanted),
  }),
  "receiver.signature.missing": (healthy) => ({
    present: (one) => one.id !== "" && one.timestamp !== "",
    matches: (header, wanted) => header === "" || healthy.matches(header, wanted),
  }),
  "receiver.signature.unknown-version": () => ({
    matches: (header, wanted) => header.split(" ").some((one) => one.slice(one.indexOf(",") + 1) === wanted),
  }),
  "receiver.signature.several": () => ({ matches: (header, wanted) => header === `v1,${wanted}` }),
  "receiver.signature.altered-body": (healthy) => ({
    // The classic: what is verified is a parsed and serialised copy.
    signedContent(one) {
      try {
        return healthy.signedContent({ ...one, body: JSON.stringify(JSON.parse(one.body)) });
      } catch {
        return healthy.signedContent(one);
      }
    },
  }),
  "receiver.signature.altered-id"(healthy) {
    return {
      signedContent(one) {
        const id = eventOf(one)["id"];
        return healthy.signedContent({ ...one, id: typeof id === "string" ? id : one.id });
      },
    };
  },
  "receiver.timestamp.stale": () => ({
    fresh: (timestamp, now) => /^\d+$/.test(timestamp) && Number(timestamp) - now <= 300,
  }),
  "receiver.timestamp.future": () => ({
    fresh: (timestamp, now) => /^\d+$/.test(timestamp) && now - Number(timestamp) <= 300,
  }),
  "receiver.timestamp.missing": (healthy) => ({
    present: (one) => one.id !== "" && one.signature !== "",
    fresh: (timestamp, now) => !/^\d+$/.test(timestamp) || healthy.fresh(timestamp, now),
    matches: () => true,
  }),
  "receiver.id.missing": (healthy) => ({
    present: (one) => one.timestamp !== "" && one.signature !== "",
    signedContent: (one) =>
      healthy.signedContent(one.id === "" ? { ...one, id: String(eventOf(one)["id"]) } : one),
  }),
  "receiver.replay.refused"() {
    let count = 0;
    // Its memory of ids lasts for nothing: each request is new to it.
    return {
      identity() {
        count += 1;
        return String(count);
      },
    };
  },
  "receiver.rotation.previous-accepted": (_healthy, secrets) => ({ secrets: [secrets.current] }),
  "receiver.rotation.retired-refused": (_healthy, secrets) => ({
    secrets: [secrets.current, secrets.previous, secrets.retired],
  }),
  "receiver.dispatch.duplicate": () => ({ duplicate: () => new Response("seen before", { status: 409 }) }),
  "receiver.dispatch.one-effect": () => ({ identity: (one) => `${one.id} ${one.timestamp}` }),
  "receiver.dispatch.retry"() {
    const announced = new Set<string>();
    let refuseNext = false;
    return {
      announced(id) {
        refuseNext = announced.has(id);
        announced.add(id);
      },
      readBody(request) {
        if (refuseNext) throw new Error("seen before");
        return request.text();
      },
    };
  },
  "receiver.dispatch.out-of-order"(healthy) {
    let latest = "";
    return understandOnly(healthy, (event) => {
      const time = String(event["time"] ?? "");
      const late = time < latest;
      latest = late ? latest : time;
      return !late;
    });
  },
  "receiver.content.unknown-type": (healthy) =>
    understandOnly(healthy, (event) => event["type"] !== "com.example.unheard-of.v1"),
  "receiver.content.unknown-field": (healthy) => understandOnly(healthy, (event) => !("unheardof" in event)),
  "receiver.content.structured": () => ({ acceptsType: (type) => type === "application/cloudevents+json" }),
  "receiver.content.not-json": () => ({ understand: () => undefined }),
  "receiver.content.large": () => ({ maxBytes: 64 * 1024 }),
  "receiver.content.slow": () => ({
    readBody: (request) =>
      Promise.race([request.text(), pause(400).then(() => Promise.reject(new Error("too slow")))]),
  }),
  "receiver.reply.declared": () => ({ answer: erasureReply }),
  "receiver.data.erasure": () => ({ answer: challengeReply }),
  "receiver.error.no-leaks": () => ({ refuse: (status, why) => new Response(why, { status }) }),
};

export function mutatedReceiver(check: string | undefined, secrets: ReceiverSecrets): ReceiverRules {
  const healthy = healthyReceiver([secrets.current, secrets.previous]);
  const mutants: Readonly<Record<string, ReceiverMutation>> = {
    ...receiverMutants,
    ...subtleReceiverMutants,
  };
  const mutation = check === undefined ? undefined : mutants[check];
  return mutation === undefined ? healthy : { ...healthy, ...mutation(healthy, secrets) };
}
