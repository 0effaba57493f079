import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { judgeSignature, type SignedMessage } from "../../portal/client/events/judge-signature.ts";

const SECRET = `whsec_${btoa("a secret of twenty-four b")}`;
const OTHER = `whsec_${btoa("another of twenty-four by")}`;
const AT = 1_767_000_000;
const BODY = '{"id":"evt_1","data":{"a":1}}';

const signature = new Webhook(SECRET).sign("evt_1", new Date(AT * 1000), BODY);
const headersWith = (changes: Readonly<Record<string, string | undefined>> = {}): string =>
  Object.entries({
    "webhook-id": "evt_1",
    "webhook-timestamp": String(AT),
    "webhook-signature": signature,
    ...changes,
  })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
    .join("\n");

const delivered: SignedMessage = { headers: headersWith(), body: BODY, secret: SECRET };
const judged = (changes: Partial<SignedMessage>, known = true, afterSeconds = 2) =>
  judgeSignature(
    { ...delivered, ...changes },
    { nowMs: (AT + afterSeconds) * 1000, delivered: known ? delivered : undefined },
  );

describe("judging a signature", () => {
  it.each<[string, Partial<SignedMessage>]>([
    ["as it was delivered", {}],
    [
      "with names in another case",
      {
        headers: headersWith()
          .toUpperCase()
          .replace(signature.toUpperCase(), signature)
          .replace("EVT_1", "evt_1"),
      },
    ],
    [
      "beside a signature of a former secret",
      { headers: headersWith({ "webhook-signature": `v1,AAAA v1a,BBBB ${signature}` }) },
    ],
    ["with a secret that lost its prefix", { secret: SECRET.slice("whsec_".length) }],
  ])("holds %s", (_, changes) => {
    expect(judged(changes)).toMatchObject({ holds: true });
  });

  it.each<[Partial<SignedMessage>, RegExp]>([
    [
      { headers: headersWith({ "webhook-id": undefined, "webhook-signature": "" }) },
      /no header webhook-id and no webhook-signature/,
    ],
    [{ secret: "whsec_not base64" }, /secret has the wrong form/],
    [{ secret: "" }, /secret has the wrong form/],
    [{ secret: "whpk_abc" }, /asymmetric/],
    [{ secret: OTHER }, /secret is another/],
    [
      { headers: headersWith({ "webhook-signature": signature.replace("v1,", "v1a,") }) },
      /no signature of version v1/,
    ],
    [{ headers: headersWith({ "webhook-signature": `v1,${btoa("x".repeat(32))}` }) }, /signature is another/],
    [{ headers: headersWith({ "webhook-id": "evt_2" }) }, /webhook-id` was changed/],
    [{ headers: headersWith({ "webhook-timestamp": String(AT + 1) }) }, /webhook-timestamp` was changed/],
    [{ headers: headersWith({ "webhook-timestamp": `${AT}000` }) }, /milliseconds/],
    [{ headers: headersWith({ "webhook-timestamp": "today" }) }, /must be seconds/],
    [{ body: BODY.replace("1}", "2}") }, /body was changed/],
    [{ body: JSON.stringify(JSON.parse(BODY), null, 2) }, /laid out anew/],
    [{ body: `${BODY}\n` }, /laid out anew/],
  ])("says what is wrong: %o", (changes, words) => {
    const { holds, words: said } = judged(changes);
    expect(holds).toBe(false);
    expect(said).toMatch(words);
  });

  it("says of a time stamp how far it is from now, where the signature fits", () => {
    expect(judged({}, true, 301).words).toBe(
      "The signature fits, and the time stamp is 5 minutes old: 5 minutes at most are taken, so that nobody can send an old message again.",
    );
    expect(judged({}, true, 300).holds).toBe(true);
    expect(judged({}, true, -3 * 3600).words).toContain("3 hours in the future");
  });

  it("names all that it may be of a message that it doesn't know", () => {
    expect(judged({ secret: OTHER }, false).words).toMatch(
      /^No v1 signature fits: the body, .* or the secret/,
    );
  });
});
