import type { CheckTable } from "../check.ts";
import { skipped } from "../check.ts";
import { foreignSecret, judge, type ReceiverContext, sign } from "./context.ts";

/** Changes one character in the middle of the base64 part. */
function flipped(signature: string): string {
  const at = Math.floor(signature.length / 2);
  return `${signature.slice(0, at)}${signature[at] === "A" ? "B" : "A"}${signature.slice(at + 1)}`;
}

function altered(body: string): string {
  // Any digit or letter of the data may have changed on the way; the id at the end of the envelope is the easiest.
  const at = body.lastIndexOf("}");
  return `${body.slice(0, at)},"altered":true${body.slice(at)}`;
}

const otherKey = async (
  context: ReceiverContext,
  secret: string,
  label: string,
  want: "accepted" | "refused",
) => {
  const { exchange } = await context.dispatch({ secret });
  return { label, want, exchange } as const;
};

/** What the signature has to do: Standard Webhooks 1.0. */
export const signatureChecks: CheckTable<ReceiverContext> = {
  async *"receiver.signature.valid"(context) {
    const { exchange } = await context.dispatch();
    yield judge([{ label: "A rightly signed message", want: "accepted", exchange }]);
  },

  async *"receiver.signature.wrong"(context) {
    const foreign = await context.dispatch({ secret: foreignSecret(context.random) });
    const flip = await context.dispatch({ signature: flipped });
    const short = await context.dispatch({ signature: (right) => right.slice(0, 12) });
    yield judge([
      { label: "Signed with another secret", want: "refused", exchange: foreign.exchange },
      { label: "One character of the signature changed", want: "refused", exchange: flip.exchange },
      { label: "Only the beginning of the signature", want: "refused", exchange: short.exchange },
    ]);
  },

  async *"receiver.signature.missing"(context) {
    const without = await context.dispatch({ headers: { "webhook-signature": undefined } });
    const empty = await context.dispatch({ headers: { "webhook-signature": "" } });
    yield judge([
      { label: "Without webhook-signature", want: "refused", exchange: without.exchange },
      { label: "With an empty webhook-signature", want: "refused", exchange: empty.exchange },
    ]);
  },

  async *"receiver.signature.unknown-version"(context) {
    const { exchange } = await context.dispatch({ signature: (right) => right.replace(/^v1,/, "v9,") });
    yield judge([{ label: "The right bytes as version v9", want: "refused", exchange }]);
  },

  async *"receiver.signature.several"(context) {
    const secret = foreignSecret(context.random);
    const first = await context.dispatch({
      signature: (right, content) => `${sign(secret, content)} ${right}`,
    });
    const second = await context.dispatch({
      signature: (right, content) => `${right} ${sign(secret, content)}`,
    });
    const unknown = await context.dispatch({ signature: (right) => `v9,AAAA ${right}` });
    yield judge([
      { label: "A foreign signature before the valid one", want: "accepted", exchange: first.exchange },
      { label: "A foreign signature after the valid one", want: "accepted", exchange: second.exchange },
      { label: "An unknown version before the valid one", want: "accepted", exchange: unknown.exchange },
    ]);
  },

  async *"receiver.signature.altered-body"(context) {
    const value = await context.dispatch({ ...bodies(context, altered) });
    const space = await context.dispatch({
      ...bodies(context, (body) => `${body.slice(0, 1)} ${body.slice(1)}`),
    });
    yield judge([
      { label: "A field added after signing", want: "refused", exchange: value.exchange },
      { label: "A space added after signing", want: "refused", exchange: space.exchange },
    ]);
  },

  async *"receiver.signature.altered-id"(context) {
    const id = await context.dispatch({ headers: { "webhook-id": context.newId() } });
    const later = String(Math.floor(context.run.now() / 1000) + 30);
    const time = await context.dispatch({ headers: { "webhook-timestamp": later } });
    yield judge([
      { label: "Another webhook-id than the signed one", want: "refused", exchange: id.exchange },
      { label: "Another webhook-timestamp than the signed one", want: "refused", exchange: time.exchange },
    ]);
  },

  async *"receiver.rotation.previous-accepted"(context) {
    const { previousSecret, secret } = context.target;
    if (previousSecret === undefined) {
      yield skipped("not-configured", "The run was given no previous secret.");
      return;
    }
    yield judge([
      await otherKey(context, secret, "Signed with the current secret", "accepted"),
      await otherKey(context, previousSecret, "Signed with the previous secret", "accepted"),
    ]);
  },

  async *"receiver.rotation.retired-refused"(context) {
    const { retiredSecret } = context.target;
    if (retiredSecret === undefined) {
      yield skipped("not-configured", "The run was given no retired secret.");
      return;
    }
    yield judge([await otherKey(context, retiredSecret, "Signed with the retired secret", "refused")]);
  },
};

function bodies(
  context: ReceiverContext,
  alter: (body: string) => string,
): { body: string; sentBody: string } {
  const template = context.templates[0]?.event ?? {
    specversion: "1.0",
    type: "com.example.certification.v1",
  };
  const body = JSON.stringify({
    ...template,
    id: context.newId(),
    time: new Date(context.run.now()).toISOString(),
  });
  return { body, sentBody: alter(body) };
}
