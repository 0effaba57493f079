import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { type OnLoopback, serveOnLoopback } from "../../support/loopback.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** A page with the bundled sandbox, the catalogue as JSON, and MSW's worker; nothing behind it answers an operation. */
export async function servePage(catalog: Catalog, script: string): Promise<OnLoopback> {
  const bundle = await rolldown({
    input: script,
    platform: "browser",
  });
  const { output } = await bundle.generate({ format: "iife", codeSplitting: false });
  await bundle.close();
  const files = new Map<string, readonly [type: string, content: string]>([
    [
      "/",
      [
        "text/html",
        "<!doctype html><meta charset=utf-8><title>Sandbox</title><script src=/page.js></script>",
      ],
    ],
    ["/page.js", ["text/javascript", output[0].code]],
    ["/catalog.json", ["application/json", JSON.stringify(catalog)]],
    [
      "/mockServiceWorker.js",
      ["text/javascript", await readFile(join(root, "node_modules/msw/lib/mockServiceWorker.js"), "utf8")],
    ],
  ]);
  return serveOnLoopback(({ url = "" }, response) => {
    const [type, content] = files.get(url) ?? ["text/plain", ""];
    response.writeHead(content === "" ? 599 : 200, { "content-type": type }).end(content);
  });
}
