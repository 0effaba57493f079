/** Runs in the browser: a page whose sandbox records a session in which the tester's own handlers answer. */
import { createPageSandbox, inPage } from "../../../sandbox/browser.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { askAll, ownHandlers } from "./handlers.ts";

declare global {
  interface Window {
    recordInPage(): Promise<{ readonly statuses: number[]; readonly session: string }>;
  }
}

window.recordInPage = async () => {
  const catalog = (await (await fetch("/catalog.json")).json()) as Catalog;
  const sandbox = await createPageSandbox({ catalog, validators: validatorsOf(catalog) });
  sandbox.use(...ownHandlers());
  const { url, close } = await inPage(sandbox);
  await sandbox.control.session.keep();
  const statuses = await askAll(fetch, url);
  const session = await sandbox.control.session.take();
  await close();
  return { statuses, session };
};
