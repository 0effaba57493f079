import type { SetupWorker } from "msw/browser";
import type { Sandbox } from "../pipeline/sandbox.ts";

export interface InPageOptions {
  /** Requests of the page to it are answered by the sandbox. Default: the page's own origin. */
  readonly url?: string;
  /** Where MSW's service worker script is served. Default `/mockServiceWorker.js`. */
  readonly workerUrl?: string;
}

export interface InPage {
  readonly url: string;
  /** MSW's own worker: `worker.use(…)` overrides an operation. */
  readonly worker: SetupWorker;
  close(): Promise<void>;
}

/** The sandbox within a page: its requests are answered there, with no server and no third party. */
export async function inPage(sandbox: Sandbox, options: InPageOptions = {}): Promise<InPage> {
  const { url = location.origin, workerUrl = "/mockServiceWorker.js" } = options;
  // A page that only sends requests to its sandbox doesn't carry what catches those of others.
  const [{ setupWorker }, { handlersOf }] = await Promise.all([
    import("msw/browser"),
    import("./handlers.ts"),
  ]);
  const worker = setupWorker(...handlersOf(sandbox, { baseUrl: url }));
  await worker.start({ quiet: true, onUnhandledFrame: "bypass", serviceWorker: { url: workerUrl } });
  return {
    url,
    worker,
    async close() {
      worker.stop();
      await sandbox.close();
    },
  };
}
