import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { httpUrl } from "../../specs/engine/http-url.ts";
import { asGiven } from "../config/as-given.ts";
import type { Fields } from "../http/api-client.ts";
import type { Output } from "../output/output.ts";
import { ask, canAsk } from "../prompts.ts";
import type { Session } from "../session.ts";
import { textAt } from "../views/fields.ts";
import type { Answers } from "./answers.ts";

export interface RegisteredWebhook {
  readonly endpointId: string;
  readonly url: string;
  /** Seen this once; it goes into the profile. */
  readonly secret: string;
  readonly verified: boolean;
}

const VERIFICATION_MS = 10_000;

/**
 * Registers the endpoint and waits a moment for it to answer the signed challenge. One that does not is still registered:
 * the receiver may not be written yet.
 * @param save keeps the secret before the first challenge is waited for, so that a receiver which reads it there can answer
 */
export async function registerWebhook(
  session: Session,
  answers: Answers,
  out: Output,
  mayAsk: boolean,
  save: (webhook: Omit<RegisteredWebhook, "verified">) => Promise<void>,
): Promise<RegisteredWebhook | undefined> {
  const { client } = session;
  if (!client.has("webhooks.create")) return undefined;
  const url = answers.webhook?.url ?? (await askUrl(mayAsk));
  if (url === "") return undefined;
  const wrong = isAddress(url);
  if (wrong !== true)
    throw new EcoError("ECO_INPUT_INVALID", `The webhook URL \`${url}\` can't be called. ${wrong}`, {
      fix: "Give it with --webhook.",
    });
  for await (const endpoint of client.list("webhooks.list"))
    if (textAt(endpoint, "url") === url) {
      await verifyRegistered(session, endpoint, out);
      return undefined;
    }
  const { result } = await client.call("webhooks.create", {
    url,
    ...(answers.webhook?.events === undefined ? {} : { eventTypes: answers.webhook.events }),
  });
  const endpointId = textAt(result, "id");
  const secret = textAt(result, "secret");
  await save({ endpointId, url, secret });
  const verified = await waitForAnswer(session, endpointId, out);
  if (verified) out.success(`Webhook endpoint ${url} registered and verified.`);
  else out.warn(unanswered(`Webhook endpoint ${url} is registered`, endpointId, session));
  return { endpointId, url, secret, verified };
}

/** One that is there, and was never verified, gets a new challenge: its receiver may run by now. */
async function verifyRegistered(session: Session, endpoint: Fields, out: Output): Promise<void> {
  const url = textAt(endpoint, "url");
  const endpointId = textAt(endpoint, "id");
  const { client } = session;
  const proven = !["pending", "unverified", "disabled"].includes(textAt(endpoint, "status"));
  if (proven || !client.has("webhooks.verify")) {
    out.note(`The webhook endpoint ${url} is registered already.`);
    return;
  }
  await client.call("webhooks.verify", { endpointId });
  if (await waitForAnswer(session, endpointId, out))
    out.success(`Webhook endpoint ${url} was registered already, and is verified now.`);
  else out.warn(unanswered(`Webhook endpoint ${url} is registered already`, endpointId, session));
}

const unanswered = (what: string, endpointId: string, { settings }: Session): string =>
  `${what}, and has not answered the signed challenge yet: no events are sent to it before it does. Once your receiver runs: eco events endpoints verify ${endpointId}${asGiven(settings)}`;

async function waitForAnswer(session: Session, endpointId: string, out: Output): Promise<boolean> {
  const progress = out.progress("Waiting up to ten seconds for your receiver to answer the signed challenge");
  try {
    return await waitForVerification(session, endpointId);
  } finally {
    progress.stop();
  }
}

async function askUrl(mayAsk: boolean): Promise<string> {
  // A webhook is optional, so nobody is told off for leaving it out where nothing can be asked.
  if (!canAsk(mayAsk)) return "";
  const message = "Webhook URL for events (empty for none)";
  const validate = (text: string): true | string => text.trim() === "" || isAddress(text.trim());
  return (await ask<string>({ message, flag: "--webhook", kind: "text", validate }, mayAsk)).trim();
}

function isAddress(text: string): true | string {
  return httpUrl(text) === undefined
    ? "Write an http or https address, like https://partner.example/webhooks."
    : true;
}

/** Waits a moment for the endpoint to answer the challenge that was sent to it. */
export async function waitForVerification({ client }: Session, endpointId: string): Promise<boolean> {
  if (!client.has("webhooks.get")) return false;
  const until = performance.now() + VERIFICATION_MS;
  for (let waitMs = 100; performance.now() < until; waitMs = Math.min(1_000, waitMs * 2)) {
    const status = textAt((await client.call("webhooks.get", { endpointId })).result, "status");
    if (status === "verified" || status === "active") return true;
    if (status === "disabled") return false;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return false;
}
