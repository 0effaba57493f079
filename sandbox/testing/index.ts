/**
 * The sandbox in a test suite.
 *
 * ```ts
 * const sandbox = await startSandbox({ now: "2025-03-10T09:00:00Z" });
 * const inbox = await sandbox.receive({ as: "nordic-apps" });
 * await sandbox.as("blueline")("/v1/deliveries", { json: delivery });
 * await eventually(received(inbox, "delivery.rated", { subject: delivery.id }));
 * await sandbox.close();
 * ```
 */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { packageRoot } from "../../specs/engine/package-root.ts";
import { nodeSender } from "../events/send-node.ts";
import { listen } from "../hosts/http.ts";
import { inProcess } from "../hosts/in-process.ts";
import { createSandbox } from "../index.ts";
import type { Sandbox } from "../pipeline/sandbox.ts";
import { writeBundle } from "../session/files.ts";
import { checkOptions, type StartSandboxOptions } from "./start-options.ts";
import { Inboxes, TestSandbox } from "./test-sandbox.ts";
import type { OnFailure } from "./tested.ts";

/**
 * Starts a sandbox for a test: in memory, the same ids from one seed in every run, webhooks to this machine allowed.
 * @throws EcoError for an option that there isn't, a spec set that can't be loaded, or a port that can't be used
 */
export async function startSandbox(options: StartSandboxOptions = {}): Promise<TestSandbox> {
  checkOptions(options);
  const { specs, host = "process", url, now, patience, handlers, onFailure, bundle, ...settings } = options;
  const catalog = typeof specs === "object" ? specs : await catalogAt(specs);
  const inboxes = new Inboxes();
  const network = settings.sender ?? nodeSender({ allowLoopback: settings.allowLoopbackWebhooks ?? true });
  const sandbox = await createSandbox({
    allowLoopbackWebhooks: true,
    // A store that outlives the test must not see the same request ids again.
    ...(settings.store === undefined ? { randomness: "seeded" } : {}),
    ...settings,
    catalog,
    sender: inboxes.sender(network),
  });
  if (bundle !== undefined) await sandbox.control.session.keep();
  const hosted = await closingOnFailure(
    () => hostOf(sandbox, host, url),
    () => sandbox.close(),
  );
  return closingOnFailure(
    () => TestSandbox.open({ sandbox, inboxes, ...hosted }, { ...options, ...leaving(bundle, onFailure) }),
    () => hosted.close(),
  );
}

/** With a bundle asked for, the first failure writes it, before anyone else hears of it. */
function leaving(bundle: string | undefined, onFailure: OnFailure | undefined): { onFailure?: OnFailure } {
  if (bundle === undefined) return onFailure === undefined ? {} : { onFailure };
  let left = false;
  return {
    async onFailure(failure) {
      if (!left) {
        left = true;
        const { sandbox } = failure.test;
        await writeBundle(sandbox, bundle, { failure: { name: "a check", message: failure.message } });
      }
      await onFailure?.(failure);
    },
  };
}

/** A start that fails leaves nothing open behind it. */
async function closingOnFailure<T>(start: () => Promise<T>, close: () => Promise<void>): Promise<T> {
  try {
    return await start();
  } catch (cause) {
    await close();
    throw cause;
  }
}

const DEFAULT_URL = "http://sandbox.localhost";

async function hostOf(sandbox: Sandbox, host: NonNullable<StartSandboxOptions["host"]>, url = DEFAULT_URL) {
  const send = (request: Request): Promise<Response> => fetch(request);
  switch (host) {
    case "http": {
      const { url, close } = await listen(sandbox, { port: 0 });
      return { url, close, send };
    }
    case "process": {
      const { close } = inProcess(sandbox, url);
      return { url, close, send };
    }
    case "none":
      return {
        url,
        close: () => sandbox.close(),
        send: (request: Request) => sandbox.fetch(request),
      };
  }
}

const catalogs = new Map<string, Promise<Catalog>>();

/** Loaded once a process, and compiled once a machine. */
function catalogAt(path = join(packageRoot(), "specs")): Promise<Catalog> {
  let loaded = catalogs.get(path);
  if (loaded === undefined) {
    const cacheDir = join(tmpdir(), "eco-test-catalogs");
    loaded = loadCatalog(path, { cacheDir }).then(({ catalog }) => catalog);
    // A directory that can't be loaded may be mended, in a watch mode for one.
    loaded.catch(() => catalogs.delete(path));
    catalogs.set(path, loaded);
  }
  return loaded;
}

export { writeBundle } from "../session/files.ts";
export * from "./checks.ts";
export type { StartSandboxOptions } from "./start-options.ts";
