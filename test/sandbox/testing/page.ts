/** Runs in the browser: a test of the kit within a page. */
import { HttpResponse, http } from "msw";
import { eventually, rated, received, startSandboxInPage } from "../../../sandbox/testing/browser.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { leg } from "./leg.ts";

declare global {
  interface Window {
    testInPage(): Promise<readonly number[]>;
  }
}

window.testInPage = async () => {
  const catalog = (await (await fetch("/catalog.json")).json()) as Catalog;
  const sandbox = await startSandboxInPage({
    catalog,
    validators: validatorsOf(catalog),
    now: "2026-03-16T08:00:00Z",
    handlers: [http.get("*/v1/parties", () => HttpResponse.json({}, { status: 418 }))],
  });
  const inbox = await sandbox.receive({ as: "nordic-apps" });
  const blueline = sandbox.as("blueline");
  const { status } = await blueline("/v1/deliveries", { json: leg });
  await eventually(rated(sandbox, leg.id, { netMinor: 14431 }));
  await eventually(received(inbox, "delivery.rated", { subject: leg.id }));
  const overridden = await blueline("/v1/parties");
  const party = await blueline("/v1/parties/blueline");
  await sandbox.close();
  return [status, overridden.status, party.status];
};
