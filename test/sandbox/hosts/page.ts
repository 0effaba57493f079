/** Runs in the browser: a page that holds the whole sandbox. */
import { HttpResponse, http } from "msw";
import { createPageSandbox, inPage } from "../../../sandbox/browser.ts";
import type { FaultRule } from "../../../sandbox/faults/rule.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { type Exchange, type Played, play } from "./exchanges.ts";

declare global {
  interface Window {
    playInPage(
      wallMs: number,
      exchanges: readonly Exchange[],
      override: boolean,
      faults: readonly FaultRule[],
    ): Promise<Played[]>;
  }
}

window.playInPage = async (wallMs, exchanges, override, faults) => {
  const catalog = (await (await fetch("/catalog.json")).json()) as Catalog;
  const sandbox = await createPageSandbox({
    catalog,
    validators: validatorsOf(catalog),
    seed: "hosts",
    randomness: "seeded",
    wallClock: () => wallMs,
    faults,
  });
  if (override) {
    sandbox.use(http.get("*/v1/parties", () => HttpResponse.json({ overridden: true }, { status: 418 })));
  }
  const { url, close } = await inPage(sandbox);
  const played = await play(fetch, url, exchanges);
  await close();
  return played;
};
