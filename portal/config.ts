import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { AstroInlineConfig } from "astro";
import { packageRoot } from "../specs/engine/package-root.ts";
import { lightPages } from "./integrations/light-pages.ts";
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
  /** A published record that pages are made of too; of the toolkit's own specs the one that comes with it, if any. */
  readonly record?: string | undefined;
  /** For what is kept between builds. */
  readonly cache: string;
}

/** Astro's settings for this portal; none is read from a file, since an installed package's would be in a language that Node doesn't take there. */
export async function portalConfig({
  specs,
  out,
  base,
  content,
  record,
  cache,
}: PortalSettings): Promise<AstroInlineConfig> {
  const root = packageRoot();
  const portal = join(root, "portal");
  // Read by portal/lib: pages are bundled before they run, so they can't find the package from their own place.
  process.env["ECO_SPECS"] = specs;
  process.env["ECO_ROOT"] = root;
  if (content !== undefined) process.env["ECO_CONTENT"] = content;
  const published = record ?? recordOfToolkit(specs, root);
  if (published !== undefined) process.env["ECO_RECORD"] = published;
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
      // Lists of what else to load would weigh on every page, whether anything is opened there or not.
      build: { modulePreload: false, assetsInlineLimit: 0, target: "es2022", chunkSizeWarningLimit: 200 },
      plugins: [lightPages()],
      server: { fs: { allow: [root] } },
    },
    integrations: [searchIndex()],
  };
}

/** Beside the built command line, for the specs that come with it: `npm run portal:record` plays it. */
function recordOfToolkit(specs: string, root: string): string | undefined {
  const played = join(root, "dist/record.json");
  return resolve(specs) === join(root, "specs") && existsSync(played) ? played : undefined;
}
