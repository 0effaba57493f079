import { getResponse, http, type RequestHandler } from "msw";
import { type SetupServer, setupServer } from "msw/node";
import type { Sandbox } from "../pipeline/sandbox.ts";
import { handlersOf } from "./handlers.ts";

export interface InProcess {
  /** Requests of this process to it are answered by the sandbox. */
  readonly url: string;
  /** MSW's own server: `server.use(…)` overrides an operation, `server.resetHandlers()` takes that back. */
  readonly server: SetupServer;
  /** Lets requests pass again and closes the sandbox with its store. */
  close(): Promise<void>;
}

/** The sandbox within a test's process, without a port: requests to `url` never leave it. */
export function inProcess(sandbox: Sandbox, url = "http://sandbox.localhost"): InProcess {
  const handlers = handlersOf(sandbox, { baseUrl: url });
  return {
    url,
    server: join(handlers),
    async close() {
      leave(handlers);
      await sandbox.close();
    },
  };
}

/** The handlers of each sandbox in this process, the latest first. */
let answering: readonly (readonly RequestHandler[])[] = [];

/** Of several servers in one process, MSW lets the latest alone see a request: all sandboxes share one. */
let shared: SetupServer | undefined;

function join(handlers: readonly RequestHandler[]): SetupServer {
  answering = [handlers, ...answering];
  if (shared === undefined) {
    shared = setupServer(http.all("*", ({ request }) => getResponse(answering.flat(), request)));
    shared.listen({ onUnhandledFrame: "bypass" });
  }
  return shared;
}

function leave(handlers: readonly RequestHandler[]): void {
  answering = answering.filter((other) => other !== handlers);
  if (answering.length > 0) return;
  shared?.close();
  shared = undefined;
}
