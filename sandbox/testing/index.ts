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
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { assertUsable, loadCatalog } from "../../specs/engine/catalog/load.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import { packageRoot } from "../../specs/engine/package-root.ts";
import { nodeSender } from "../events/send-node.ts";
import { listen } from "../hosts/http.ts";
import { inProcess } from "../hosts/in-process.ts";
import { createSandbox } from "../index.ts";
import type { Sandbox } from "../pipeline/sandbox.ts";
import type { BundleFailure } from "../session/bundle-format.ts";
import { writeBundle } from "../session/files.ts";
import { Inboxes } from "./inboxes.ts";
import { checkOptions, type StartSandboxOptions } from "./start-options.ts";
import { TestSandbox } from "./test-sandbox.ts";
import type { Leave } from "./tested.ts";
import { checkTimers } from "./timers.ts";

/**
 * Starts a sandbox for a test: in memory, the same ids from one seed in every run, webhooks to this machine allowed.
 * @throws EcoError for an option that there isn't or can't be so, a spec set that can't be loaded or isn't sound, or a
 *   port that can't be used
 */
export async function startSandbox(options: StartSandboxOptions = {}): Promise<TestSandbox> {
  checkOptions(options);
  checkTimers();
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
    () => hostOf(sandbox, host, url?.replace(/\/$/, "")),
    () => sandbox.close(),
  );
  return closingOnFailure(
    () => TestSandbox.open({ sandbox, inboxes, ...hosted, ...leaving(sandbox, bundle) }, options),
    () => hosted.close(),
  );
}

/** With a bundle asked for, the first failure leaves it; a file that can't be written must not hide what failed. */
function leaving(sandbox: Sandbox, bundle: string | undefined): { leave?: Leave } {
  if (bundle === undefined) return {};
  const path = resolve(bundle);
  let left: Promise<string> | undefined;
  const write = async (failure: BundleFailure): Promise<string> => {
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeBundle(sandbox, path, { failure });
      return `What led there: eco sandbox replay ${path}`;
    } catch (error) {
      return `What led there couldn't be left at ${path}: ${reasonOf(error)}`;
    }
  };
  return {
    async leave(failure) {
      if (left !== undefined) return undefined;
      left = write(failure);
      return left;
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

async function hostOf(sandbox: Sandbox, host: NonNullable<StartSandboxOptions["host"]>, asked?: string) {
  const send = (request: Request): Promise<Response> => fetch(request);
  switch (host) {
    case "http": {
      const { url, close } = await listen(sandbox, { port: 0 });
      return { url, close, send };
    }
    case "process": {
      const { url, close } = inProcess(sandbox, asked);
      return { url, close, send };
    }
    case "none":
      return {
        url: asked ?? DEFAULT_URL,
        close: () => sandbox.close(),
        send: (request: Request) => sandbox.fetch(request),
      };
  }
}

const catalogs = new Map<string, Promise<Catalog>>();

/**
 * Loaded once a process, and compiled once a machine. A test whose documents are half read would fail far from the cause,
 * or pass: what is left out of them is told, and nothing at all is refused.
 */
function catalogAt(path = join(packageRoot(), "specs")): Promise<Catalog> {
  let loaded = catalogs.get(path);
  if (loaded === undefined) {
    const cacheDir = join(tmpdir(), "eco-test-catalogs");
    loaded = loadCatalog(path, { cacheDir }).then(({ catalog, findings }) => {
      const warning = assertUsable(catalog, findings);
      if (warning !== undefined) console.warn(`eco sandbox: ${warning}`);
      return catalog;
    });
    // A directory that can't be loaded may be mended, in a watch mode for one.
    loaded.catch(() => catalogs.delete(path));
    catalogs.set(path, loaded);
  }
  return loaded;
}

export { writeBundle } from "../session/files.ts";
export * from "./checks.ts";
export type { StartSandboxOptions } from "./start-options.ts";
