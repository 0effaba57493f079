import { fileURLToPath } from "node:url";
import { defineConfig } from "astro/config";
import { loadCatalog } from "../specs/engine/catalog/load.ts";
import { journeyValidators } from "./integrations/journey-validators.ts";
import { searchIndex } from "./integrations/search-index.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// Read by portal/lib/site.ts: pages are bundled before they run, so they can't find the repository from their own place.
process.env["ECO_SPECS"] ??= here("../specs");
process.env["ECO_ROOT"] ??= here("..");

// Here and not in the plugin: what a plugin imports later is imported after the config's own loader has closed.
const { catalog } = await loadCatalog(process.env["ECO_SPECS"]);

export default defineConfig({
  root: here("."),
  srcDir: here("."),
  outDir: process.env["ECO_PORTAL_OUT"] ?? here("./dist"),
  publicDir: here("./public"),
  cacheDir: here("../node_modules/.cache/astro"),
  base: process.env["ECO_PORTAL_BASE"] ?? "/",
  trailingSlash: "always",
  compressHTML: true,
  devToolbar: { enabled: false },
  // The content security policy allows neither inline styles nor inline scripts, so nothing may be inlined.
  build: { format: "directory", inlineStylesheets: "never", assets: "_assets" },
  vite: {
    plugins: [journeyValidators(catalog)],
    build: { assetsInlineLimit: 0, target: "es2022", chunkSizeWarningLimit: 200 },
    server: { fs: { allow: [here("..")] } },
  },
  integrations: [searchIndex()],
});
