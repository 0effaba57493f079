import { join } from "node:path";
import type { AstroInlineConfig } from "astro";
import { loadCatalog } from "../specs/engine/catalog/load.ts";
import { packageRoot } from "../specs/engine/package-root.ts";
import { journeyValidators } from "./integrations/journey-validators.ts";
import { searchIndex } from "./integrations/search-index.ts";

/** What a portal is built from and into. */
export interface PortalSettings {
  /** Folder or file of the spec set. */
  readonly specs: string;
  /** Folder that is built into. */
  readonly out: string;
  /** Under which path it is served: `/` or `/portal/`. */
  readonly base: string;
  /** Folder with `guides` and `decisions` of those who build it; without one, of the toolkit's own specs the toolkit's. */
  readonly content?: string | undefined;
  /** For what is kept between builds. */
  readonly cache: string;
}

/** Astro's settings for this portal; none is read from a file, since an installed package's would be in a language that Node doesn't take there. */
export async function portalConfig({
  specs,
  out,
  base,
  content,
  cache,
}: PortalSettings): Promise<AstroInlineConfig> {
  const root = packageRoot();
  const portal = join(root, "portal");
  // Read by portal/lib: pages are bundled before they run, so they can't find the package from their own place.
  process.env["ECO_SPECS"] = specs;
  process.env["ECO_ROOT"] = root;
  if (content !== undefined) process.env["ECO_CONTENT"] = content;
  const { catalog } = await loadCatalog(specs);
  return {
    configFile: false,
    root: portal,
    srcDir: portal,
    outDir: out,
    publicDir: join(portal, "public"),
    cacheDir: cache,
    base,
    trailingSlash: "always",
    compressHTML: true,
    devToolbar: { enabled: false },
    // The content security policy allows neither inline styles nor inline scripts, so nothing may be inlined.
    build: { format: "directory", inlineStylesheets: "never", assets: "_assets" },
    vite: {
      cacheDir: join(cache, "vite"),
      plugins: [journeyValidators(catalog)],
      build: { assetsInlineLimit: 0, target: "es2022", chunkSizeWarningLimit: 200 },
      server: { fs: { allow: [root] } },
    },
    integrations: [searchIndex()],
  };
}
