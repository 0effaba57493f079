import { RequestController } from "@mswjs/interceptors";
import { HttpRequestInterceptor } from "@mswjs/interceptors/http";
import { getResponse, type RequestHandler } from "msw";
import type { Sandbox } from "../pipeline/sandbox.ts";
import { handlersOf } from "./handlers.ts";

export interface InProcess {
  /** Requests of this process to it are answered by the sandbox. */
  readonly url: string;
  /** Lets requests pass again and closes the sandbox with its store. */
  close(): Promise<void>;
}

/** The sandbox within a test's process, without a port: requests to `url` never leave it. */
export function inProcess(sandbox: Sandbox, url = freeUrl()): InProcess {
  const own: Answering = { url, handlers: handlersOf(sandbox, { baseUrl: url }) };
  join(own);
  return {
    url,
    async close() {
      leave(own);
      await sandbox.close();
    },
  };
}

interface Answering {
  readonly url: string;
  readonly handlers: readonly RequestHandler[];
}

/** Each sandbox of this process, the latest first. */
let answering: readonly Answering[] = [];

/** Sandboxes of tests that run at once, none of which says where it is, must not answer for each other. */
function freeUrl(): string {
  for (let number = 1; ; number++) {
    const url = `http://sandbox${number === 1 ? "" : `-${number}`}.localhost`;
    if (!answering.some((other) => other.url === url)) return url;
  }
}

/**
 * Of several `setupServer` in one process, MSW lets the latest alone see a request, and the first that closes ends them
 * all. An interceptor of one's own below them sees what a tester's server sees, and each closes for itself.
 */
let interceptor: HttpRequestInterceptor | undefined;

function join(own: Answering): void {
  answering = [own, ...answering];
  if (interceptor !== undefined) return;
  interceptor = new HttpRequestInterceptor();
  interceptor.apply();
  const anyOrigin = requestsHideOrigin();
  interceptor.on("request", async (event) => {
    // A server that listened before has answered: nothing may be booked for it.
    if (event.controller.readyState !== RequestController.PENDING) return;
    const handlers = answering.flatMap((each) => each.handlers);
    const response = await getResponse(handlers, event.request);
    if (response === undefined || event.controller.readyState !== RequestController.PENDING) return;
    if (anyOrigin && response.type !== "error") response.headers.set("access-control-allow-origin", "*");
    // One that listens later has nothing to say to it any more.
    event.stopPropagation();
    event.controller.respondWith(response);
  });
}

function leave(own: Answering): void {
  answering = answering.filter((other) => other !== own);
  if (answering.length > 0) return;
  interceptor?.dispose();
  interceptor = undefined;
}

/**
 * Where a test's environment puts a page's `Request` in the place of Node's (happy-dom does), the request that arrives has
 * lost the headers that no page may set, `Origin` among them, and the page looks in vain for the leave to read the answer.
 * Whatever asks within this process is the test's own.
 */
const requestsHideOrigin = (): boolean =>
  !new Request("http://sandbox.localhost", { headers: { origin: "null" } }).headers.has("origin");
