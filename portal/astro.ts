/**
 * `astro.ts build|dev`: Astro on this portal, with its telemetry off before any of its code runs. `ECO_SPECS`,
 * `ECO_PORTAL_OUT`, `ECO_PORTAL_BASE`, `ECO_CONTENT`, `ECO_RECORD` and `ECO_PORTAL_CACHE` choose the spec set, the folder built into, the
 * base path, the folder of guides of one's own and where something is kept for the next build.
 */
import { join, resolve } from "node:path";
import { packageRoot } from "../specs/engine/package-root.ts";
import { portalConfig } from "./config.ts";

process.env["ASTRO_TELEMETRY_DISABLED"] = "1";
const { build, dev } = await import("astro");
const [command = "build"] = process.argv.slice(2);
if (command !== "build" && command !== "dev") throw new Error(`"${command}" is neither build nor dev.`);
const { env } = process;
const root = packageRoot();
const config = await portalConfig({
  specs: resolve(env["ECO_SPECS"] ?? join(root, "specs")),
  out: resolve(env["ECO_PORTAL_OUT"] ?? join(root, "portal/dist")),
  base: env["ECO_PORTAL_BASE"] ?? "/",
  content: env["ECO_CONTENT"] === undefined ? undefined : resolve(env["ECO_CONTENT"]),
  record: env["ECO_RECORD"] === undefined ? undefined : resolve(env["ECO_RECORD"]),
  cache: resolve(env["ECO_PORTAL_CACHE"] ?? join(root, "node_modules/.cache/astro")),
});
await (command === "build" ? build : dev)(config);
