/** The test kit for a page: the sandbox runs in it, and its requests are answered there by MSW's worker. */

import { createPageSandbox, type PageSandboxOptions } from "../browser.ts";
import type { WebhookSender } from "../events/sender.ts";
import { type InPageOptions, inPage } from "../hosts/browser.ts";
import { Inboxes } from "./inboxes.ts";
import { type TestOptions, TestSandbox } from "./test-sandbox.ts";
import { checkTimers } from "./timers.ts";

export interface StartSandboxInPageOptions extends TestOptions, PageSandboxOptions, InPageOptions {}

/** As `startSandbox`, within a page. Needs MSW's worker script at the page's origin, as `npx msw init` puts it there. */
export async function startSandboxInPage(options: StartSandboxInPageOptions): Promise<TestSandbox> {
  checkTimers();
  const { url, workerUrl, now, patience, handlers, onFailure, ...settings } = options;
  const inboxes = new Inboxes();
  const sandbox = await createPageSandbox({
    ...(settings.store === undefined ? { randomness: "seeded" } : {}),
    ...settings,
    sender: inboxes.sender(settings.sender ?? nowhere),
  });
  const page = await inPage(sandbox, {
    ...(url === undefined ? {} : { url }),
    ...(workerUrl === undefined ? {} : { workerUrl }),
  });
  const send = (request: Request): Promise<Response> => fetch(request);
  return TestSandbox.open({ sandbox, inboxes, url: page.url, send, close: () => page.close() }, options);
}

const nowhere: WebhookSender = async () => ({
  kind: "failed",
  error: "a page sends webhooks to its own inboxes only",
});

export * from "./checks.ts";
