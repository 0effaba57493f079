import { IndexedDbStore, type Sandbox, type WebhookRequest } from "../../../sandbox/browser.ts";
import { url } from "../../lib/url.ts";
import { type PageCatalog, pageCatalog, passingSandbox } from "./page-sandbox.ts";

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

let lasting: Promise<LastingSandbox> | undefined;

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
