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
export function inProcess(sandbox: Sandbox, url = "http://sandbox.localhost"): InProcess {
  const handlers = handlersOf(sandbox, { baseUrl: url });
  join(handlers);
  return {
    url,
    async close() {
      leave(handlers);
      await sandbox.close();
    },
  };
}

/** The handlers of each sandbox in this process, the latest first. */
let answering: readonly (readonly RequestHandler[])[] = [];

/**
 * Of several `setupServer` in one process, MSW lets the latest alone see a request, and the first that closes ends them
 * all. An interceptor of one's own below them sees what a tester's server sees, and each closes for itself.
 */
let interceptor: HttpRequestInterceptor | undefined;

function join(handlers: readonly RequestHandler[]): void {
  answering = [handlers, ...answering];
  if (interceptor !== undefined) return;
  interceptor = new HttpRequestInterceptor();
  interceptor.apply();
  interceptor.on("request", async (event) => {
    // A server that listened before has answered: nothing may be booked for it.
    if (event.controller.readyState !== RequestController.PENDING) return;
    const response = await getResponse(answering.flat(), event.request);
    if (response === undefined || event.controller.readyState !== RequestController.PENDING) return;
    // One that listens later has nothing to say to it any more.
    event.stopPropagation();
    event.controller.respondWith(response);
  });
}

function leave(handlers: readonly RequestHandler[]): void {
  answering = answering.filter((other) => other !== handlers);
  if (answering.length > 0) return;
  interceptor?.dispose();
  interceptor = undefined;
}
