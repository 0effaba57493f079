import type { CheckTable } from "../check.ts";
import { skipped } from "../check.ts";
import { foreignSecret, judge, type ReceiverContext, sign } from "./context.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Another character at one place of the base64 part; of the last one before the padding, bits that count. */
function changedAt(signature: string, place: (from: number, to: number) => number): string {
  const to = signature.replace(/=+$/, "").length - 1;
  const at = place(signature.indexOf(",") + 1, to);
  const other = ALPHABET[ALPHABET.indexOf(signature[at] ?? "A") ^ 32] ?? "A";
  return `${signature.slice(0, at)}${other}${signature.slice(at + 1)}`;
}

const inOtherCase = (signature: string): string =>
  signature.slice(0, 3) +
  signature
    .slice(3)
    .replace(/[A-Za-z]/g, (one) => (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase()));

/** Signatures that are nearly right: each is what a comparison that isn't of the whole would let pass. */
const NEARLY_RIGHT: readonly (readonly [label: string, change: (signature: string) => string])[] = [
  ["The first character of the signature changed", (right) => changedAt(right, (from) => from)],
  [
    "One character of the signature changed",
    (right) => changedAt(right, (from, to) => Math.floor((from + to) / 2)),
  ],
  ["The last character of the signature changed", (right) => changedAt(right, (_, to) => to)],
  ["The letters of the signature in the other case", inOtherCase],
  ["Only the beginning of the signature", (right) => right.slice(0, 12)],
];

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
    const cases = [
      { label: "Signed with another secret", want: "refused" as const, exchange: foreign.exchange },
    ];
    for (const [label, signature] of NEARLY_RIGHT) {
      const { exchange } = await context.dispatch({ signature });
      cases.push({ label, want: "refused", exchange });
    }
    yield judge(cases);
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
