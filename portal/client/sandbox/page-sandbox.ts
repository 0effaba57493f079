import { createPageSandbox, type PageSandboxOptions } from "../../../sandbox/open-in-page.ts";
import type { Sandbox } from "../../../sandbox/pipeline/sandbox.ts";
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

let catalogue: Promise<PageCatalog> | undefined;

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
