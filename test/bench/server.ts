import { createSandbox, listen, openStore } from "../../sandbox/index.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";

/**
 * The sandbox as a process of its own, for measurements. Prints its address once it listens.
 * node server.ts SPECS DATABASE [CACHE]
 */
const [specs = "specs", database = "memory", cacheDir] = process.argv.slice(2);
const { catalog } = await loadCatalog(specs, cacheDir === undefined ? {} : { cacheDir });
const sandbox = await createSandbox({ catalog, store: await openStore(database), seed: "bench" });
const { url, close } = await listen(sandbox, { port: 0 });
console.log(url);
process.once("SIGTERM", () => void close().finally(() => process.exit()));
