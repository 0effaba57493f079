import { join } from "node:path";
import type { AstroInlineConfig } from "astro";
import { packageRoot } from "../specs/engine/package-root.ts";
import { lightPages } from "./integrations/light-pages.ts";
import { searchIndex } from "./integrations/search-index.ts";
import { nameInputs, type PortalInputs } from "./lib/inputs.ts";

/** What a portal is built from and into. */
export interface PortalSettings extends PortalInputs {
  /** Folder that is built into. */
  readonly out: string;
  /** Under which path it is served: `/` or `/portal/`. */
  readonly base: string;
  /** For what is kept between builds. */
  readonly cache: string;
}

/** Astro's settings for this portal; none is read from a file, since an installed package's would be in a language that Node doesn't take there. */
export async function portalConfig({
  out,
  base,
  cache,
  ...inputs
}: PortalSettings): Promise<AstroInlineConfig> {
  const root = packageRoot();
  const portal = join(root, "portal");
  nameInputs(inputs, root);
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
    // The content security policy allows neither inline styles nor inline scripts, so nothing may be inlined.
    build: { format: "directory", inlineStylesheets: "never", assets: "_assets" },
    vite: {
      cacheDir: join(cache, "vite"),
      // Lists of what else to load would weigh on every page, whether anything is opened there or not.
      build: { modulePreload: false, assetsInlineLimit: 0, target: "es2022", chunkSizeWarningLimit: 200 },
      plugins: [lightPages()],
      // What makes the pages runs from beside the folder that is built into, where nothing that Astro needs may be installed.
      environments: { prerender: { resolve: { noExternal: true } } },
    },
    integrations: [searchIndex()],
  };
}
