import {
  createPageSandbox,
  IndexedDbStore,
  type PageSandboxOptions,
  type Sandbox,
  type WebhookRequest,
} from "../../../sandbox/browser.ts";
import { interpretingValidators } from "../../../specs/engine/catalog/schemas/interpreted.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { url } from "../../lib/url.ts";

/** What `/sandbox/catalog.json` holds. */
export interface PageCatalog {
  readonly catalog: Catalog;
  /** Type of a message → path of its page. */
  readonly events: Readonly<Record<string, string>>;
  /** Id of an operation → path of its page. */
  readonly operations: Readonly<Record<string, string>>;
}

/** A sandbox that pages of this portal share and that a reload doesn't end. */
export interface LastingSandbox extends PageCatalog {
  readonly sandbox: Sandbox;
  /** Code of the last refusal, whatever form the ecosystem gives its errors; undefined where there was none. */
  lastCode(): string | undefined;
  /** Takes what is sent to receivers from now on, in place of the network, which nothing goes to. */
  receive(take: (request: WebhookRequest) => void): void;
  /** What should never happen, if it did. */
  fault(): string | undefined;
}

let catalogue: Promise<PageCatalog> | undefined;
let lasting: Promise<LastingSandbox> | undefined;

/** The spec set, fetched once. @throws Error where the portal doesn't hand it out */
export function pageCatalog(): Promise<PageCatalog> {
  catalogue ??= fetchCatalog().catch((error: unknown) => {
    // So that the next press tries again.
    catalogue = undefined;
    throw error;
  });
  return catalogue;
}

async function fetchCatalog(): Promise<PageCatalog> {
  const address = url("/sandbox/catalog.json");
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
  return (await answer.json()) as PageCatalog;
}

/** A sandbox that ends with its use. */
export async function passingSandbox(settings: Partial<PageSandboxOptions> = {}): Promise<Sandbox> {
  const { catalog } = await pageCatalog();
  return createPageSandbox({
    catalog,
    validators: interpretingValidators(catalog),
    docsBase: url("/"),
    ...settings,
  });
}

/** The reader's own sandbox, kept in this browser; for this page alone where the browser keeps nothing. */
export function lastingSandbox(): Promise<LastingSandbox> {
  lasting ??= open().catch((error: unknown) => {
    lasting = undefined;
    throw error;
  });
  return lasting;
}

async function open(): Promise<LastingSandbox> {
  const page = await pageCatalog();
  let code: string | undefined;
  let fault: string | undefined;
  let take: ((request: WebhookRequest) => void) | undefined;
  // Another spec set's records may mean nothing to this one, and a site may hold several portals.
  const store = await IndexedDbStore.open(`eco ${url("/")} ${page.catalog.digest}`).catch(() => undefined);
  const sandbox = await passingSandbox({
    ...(store === undefined ? {} : { store }),
    onExchange: (exchange) => {
      code = exchange.code;
    },
    onFault: ({ where, error }) => {
      fault = `${where}: ${String(error)}`;
    },
    sender: async (request) => {
      take?.(request);
      return take === undefined
        ? { kind: "failed", error: "a sandbox in a page sends nothing" }
        : { kind: "answered", status: 200 };
    },
  });
  return {
    ...page,
    sandbox,
    lastCode: () => code,
    fault: () => fault,
    receive(taker) {
      take = taker;
    },
  };
}
