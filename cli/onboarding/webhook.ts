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
  for await (const endpoint of client.list("webhooks.list"))
    if (textAt(endpoint, "url") === url) {
      out.note(`The webhook endpoint ${url} is registered already.`);
      return undefined;
    }
  const { result } = await client.call("webhooks.create", {
    url,
    ...(answers.webhook?.events === undefined ? {} : { eventTypes: answers.webhook.events }),
  });
  const endpointId = textAt(result, "id");
  const secret = textAt(result, "secret");
  await save({ endpointId, url, secret });
  const verified = await waitForVerification(session, endpointId);
  if (verified) out.success(`Webhook endpoint ${url} registered and verified.`);
  else
    out.warn(
      `Webhook endpoint ${url} is registered, and has not answered the signed challenge yet: no events are sent to it before it does.`,
    );
  return { endpointId, url, secret, verified };
}

async function askUrl(mayAsk: boolean): Promise<string> {
  // A webhook is optional, so nobody is told off for leaving it out where nothing can be asked.
  if (!canAsk(mayAsk)) return "";
  const message = "Webhook URL for events (empty for none)";
  return (await ask<string>({ message, flag: "--webhook", kind: "text" }, mayAsk)).trim();
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
