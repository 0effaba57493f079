import { createSandbox, listen, openStore } from "../../sandbox/index.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";

/**
 * The sandbox as a process that calls nobody: node fuzz-server.ts SPECS DATABASE. Faults of its own go to stderr, which
 * the fuzzer counts.
 */
const [specs = "specs", database = "memory"] = process.argv.slice(2);
const { catalog } = await loadCatalog(specs);
const sandbox = await createSandbox({
  catalog,
  store: await openStore(database),
  seed: "fuzz",
  sender: async () => ({ kind: "failed", error: "this sandbox calls nobody" }),
});
const { url, close } = await listen(sandbox, { port: 0 });
console.log(url);
process.once("SIGTERM", () => void close().finally(() => process.exit()));
