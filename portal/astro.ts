/**
 * `astro.ts build|pages|index`: Astro on this portal, with its telemetry off before any of its code runs. `pages` stops
 * where the pages would be made, and leaves what makes them in `ECO_PORTAL_PROGRAM`; `index` makes the search index of pages
 * that are in `ECO_PORTAL_OUT`. `ECO_SPECS`, `ECO_PORTAL_OUT`, `ECO_PORTAL_BASE`, `ECO_CONTENT`, `ECO_RECORD` and
 * `ECO_PORTAL_CACHE` choose the spec set, the folder built into, the base path, the folder of guides of one's own, the
 * published record and where something is kept for the next build.
 */
import { join, resolve } from "node:path";
import { packageRoot } from "../specs/engine/package-root.ts";
import { portalConfig } from "./config.ts";
import { pageProgram } from "./integrations/page-program.ts";
import { writeSearchIndex } from "./integrations/search-index.ts";

process.env["ASTRO_TELEMETRY_DISABLED"] = "1";
// Whoever started it as a part of something larger is gone.
process.once("disconnect", () => process.exit(1));
process.channel?.unref();
const { env } = process;
const root = packageRoot();
const out = resolve(env["ECO_PORTAL_OUT"] ?? join(root, "portal/dist"));
const [command = "build"] = process.argv.slice(2);

if (command === "index") await writeSearchIndex(out);
else if (command === "build" || command === "pages") await runAstro(command);
else throw new Error(`"${command}" is none of build, pages and index.`);

async function runAstro(command: "build" | "pages"): Promise<void> {
  const { build } = await import("astro");
  const config = await portalConfig({
    specs: resolve(env["ECO_SPECS"] ?? join(root, "specs")),
    out,
    base: env["ECO_PORTAL_BASE"] ?? "/",
    content: env["ECO_CONTENT"] === undefined ? undefined : resolve(env["ECO_CONTENT"]),
    record: env["ECO_RECORD"] === undefined ? undefined : resolve(env["ECO_RECORD"]),
    cache: resolve(env["ECO_PORTAL_CACHE"] ?? join(root, "node_modules/.cache/astro")),
  });
  const program = resolve(env["ECO_PORTAL_PROGRAM"] ?? join(out, "program"));
  if (command === "build") await build(config);
  else await build({ ...config, integrations: [pageProgram(join(root, "portal/edition.ts"), program)] });
}
