/**
 * `node portal/astro.ts build|dev`: Astro on this portal, with its telemetry off before any of its code runs.
 * `ECO_SPECS`, `ECO_PORTAL_OUT` and `ECO_PORTAL_BASE` choose the spec set, the folder built into and the base path.
 */
process.env["ASTRO_TELEMETRY_DISABLED"] = "1";
const { build, dev } = await import("astro");
const [command = "build"] = process.argv.slice(2);
if (command !== "build" && command !== "dev") throw new Error(`"${command}" is neither build nor dev.`);
await (command === "build" ? build : dev)({ root: import.meta.dirname });
