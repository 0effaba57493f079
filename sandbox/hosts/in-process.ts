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
  const server = setupServer(...handlersOf(sandbox, { baseUrl: url }));
  server.listen({ onUnhandledFrame: "bypass" });
  return {
    url,
    server,
    async close() {
      server.close();
      await sandbox.close();
    },
  };
}
