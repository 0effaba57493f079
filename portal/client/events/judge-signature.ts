import { Webhook } from "standardwebhooks";
import { jsonOrText } from "../../../specs/engine/parse-json.ts";

/** A message as a receiver has it, with the secret of its endpoint. */
export interface SignedMessage {
  /** `name: value`, one a line. */
  readonly headers: string;
  /** As it came, to the byte. */
  readonly body: string;
  readonly secret: string;
}

export interface Judgement {
  readonly holds: boolean;
  /** What holds, or what is wrong, in sentences. */
  readonly words: string;
}

/** What the library lets a message's clock differ by. */
const TOLERANCE_SECONDS = 300;

const ID = "webhook-id";
const TIME = "webhook-timestamp";
const SIGNATURE = "webhook-signature";

/**
 * Says whether a message is signed as Standard Webhooks has it, by the library that the sandbox signs with; and where it
 * isn't, which part is wrong.
 * @param delivered the message as it was sent, where that is known: then each part can be compared
 */
export function judgeSignature(
  message: SignedMessage,
  { nowMs, delivered }: { readonly nowMs: number; readonly delivered?: SignedMessage | undefined },
): Judgement {
  const fields = fieldsIn(message.headers);
  const missing = [ID, TIME, SIGNATURE].filter((name) => !fields[name]);
  if (missing.length > 0) return wrong(`There is no header ${missing.join(" and no ")}.`);
  const { key, problem } = keyOf(message.secret);
  if (key === undefined) return wrong(problem);
  const { [ID]: id = "", [TIME]: time = "", [SIGNATURE]: sent = "" } = fields;
  if (!/^\d+$/u.test(time))
    return wrong(`\`${TIME}\` is \`${time}\`: it must be seconds since 1970, in digits.`);
  const signatures = sent.split(" ").filter((one) => one.startsWith("v1,"));
  if (signatures.length === 0)
    return wrong(`\`${SIGNATURE}\` holds no signature of version v1: each begins with \`v1,\`.`);
  const isSigned = (signed: SignedParts): boolean => signatures.includes(sign(key, signed));
  const parts = { id, time, body: message.body };
  if (!isSigned(parts)) return wrong(mismatch(parts, isSigned, signatures, delivered));
  const ageSeconds = Math.floor(nowMs / 1000) - Number(time);
  if (Math.abs(ageSeconds) > TOLERANCE_SECONDS)
    return wrong(`The signature fits, and ${ageWords(ageSeconds)}.`);
  return {
    holds: true,
    words: `It holds: signed ${ageSeconds} s ago with this secret, and nothing was changed since.`,
  };
}

interface SignedParts {
  readonly id: string;
  readonly time: string;
  readonly body: string;
}

const sign = (key: Webhook, { id, time, body }: SignedParts): string =>
  key.sign(id, new Date(Number(time) * 1000), body);

const wrong = (words: string): Judgement => ({ holds: false, words });

function fieldsIn(headers: string): Readonly<Record<string, string>> {
  const lines = headers.split("\n").flatMap((line) => {
    const [, name, value] = /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/u.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value]];
  });
  return Object.fromEntries(lines);
}

type Key =
  | { readonly key: Webhook; readonly problem: "" }
  | { readonly key: undefined; readonly problem: string };

function keyOf(secret: string): Key {
  const given = secret.trim();
  if (/^wh[sp]k_/u.test(given))
    return {
      key: undefined,
      problem: "This is a key of asymmetric signatures (v1a); a shared secret begins with `whsec_`.",
    };
  const text = given.replace(/^whsec_/u, "");
  try {
    // The library takes other letters of base64 than its own for what they are not.
    if (!/^[A-Za-z0-9+/]+={0,2}$/u.test(text)) throw new Error("no base64");
    return { key: new Webhook(given), problem: "" };
  } catch {
    return {
      key: undefined,
      problem: "The secret has the wrong form: it is `whsec_` and base64, as the endpoint was given it.",
    };
  }
}

/** Which part was changed: put back one at a time, it fits again. */
function mismatch(
  parts: SignedParts,
  isSigned: (parts: SignedParts) => boolean,
  signatures: readonly string[],
  delivered: SignedMessage | undefined,
): string {
  const laidOut = bodiesLike(parts.body).find((body) => isSigned({ ...parts, body }));
  if (laidOut !== undefined)
    return "The body was laid out anew: its values fit, its bytes don't. Verify the body as it came, before anything reads it.";
  if (/^\d{13}$/u.test(parts.time) && isSigned({ ...parts, time: parts.time.slice(0, 10) }))
    return `\`${TIME}\` is in milliseconds: it was signed in seconds.`;
  const known = delivered && knownMismatch(parts, isSigned, signatures, delivered);
  return (
    known ??
    "No v1 signature fits: the body, `webhook-id`, `webhook-timestamp` or the secret is another than the message was signed with."
  );
}

function knownMismatch(
  parts: SignedParts,
  isSigned: (parts: SignedParts) => boolean,
  signatures: readonly string[],
  { headers, body, secret }: SignedMessage,
): string | undefined {
  const { [ID]: id = "", [TIME]: time = "" } = fieldsIn(headers);
  if (isSigned({ ...parts, body })) return "The body was changed: with the one that was delivered it holds.";
  if (isSigned({ ...parts, id })) return "`webhook-id` was changed: it is signed too.";
  if (isSigned({ ...parts, time })) return "`webhook-timestamp` was changed: it is signed too.";
  const { key } = keyOf(secret);
  if (key !== undefined && signatures.includes(sign(key, parts)))
    return "The secret is another than the endpoint's.";
  if (key !== undefined && !signatures.includes(sign(key, { id, time, body })))
    return "The signature is another than the one that was delivered.";
  return undefined;
}

/** The same values in other bytes: as one line, laid out, with or without white space at the end. */
function bodiesLike(body: string): readonly string[] {
  const value = jsonOrText(body);
  const written = typeof value === "string" ? [] : [JSON.stringify(value), JSON.stringify(value, null, 2)];
  return [...written, body.trimEnd(), `${body}\n`, body.replaceAll("\r\n", "\n")].filter(
    (one) => one !== body,
  );
}

function ageWords(ageSeconds: number): string {
  const minutes = Math.round(Math.abs(ageSeconds) / 60);
  const span = minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
  return ageSeconds > 0
    ? `the time stamp is ${span} old: 5 minutes at most are taken, so that nobody can send an old message again`
    : `the time stamp is ${span} in the future: 5 minutes at most are taken. Is a clock wrong?`;
}
