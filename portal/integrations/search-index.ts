import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

/** The program that comes with the package, beside its library. */
const PAGEFIND = fileURLToPath(new URL("runner/bin.cjs", import.meta.resolve("pagefind")));

/** Makes the search index over the built pages: everything in `data-pagefind-body`, names of things weighted first. */
export function searchIndex(): AstroIntegration {
  return {
    name: "search-index",
    hooks: {
      "astro:build:done": async ({ dir, logger }) => {
        const pages = await writeSearchIndex(fileURLToPath(dir));
        logger.info(`${pages} pages can be searched`);
      },
    },
  };
}

/**
 * Writes `pagefind/` into the folder of a built site, and returns how many pages it finds.
 * Rejects where it can't be written whole, with what Pagefind said of it.
 */
export async function writeSearchIndex(site: string): Promise<number> {
  const out = join(site, "pagefind");
  const options = ["--site", site, "--output-path", out, "--force-language", "en"];
  await runPagefind([...options, "--include-characters", "_-.", "--quiet"]);
  const entry = JSON.parse(await readFile(join(out, "pagefind-entry.json"), "utf8")) as {
    languages: Readonly<Record<string, { page_count: number }>>;
  };
  return entry.languages["en"]?.page_count ?? 0;
}

// The library in front of the same program waits for ever where the program dies, which it does on any file that it
// can't write: the build then ends without an index and without an error. A process of its own tells by its exit code.
function runPagefind(options: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [PAGEFIND, ...options], (error, stdout, stderr) => {
      if (error === null) return resolve();
      const said =
        `${stdout}${stderr}`.trim() || "It said nothing: something may have ended it, for want of memory.";
      reject(
        new Error(`The search index can't be made: Pagefind ended with exit code ${error.code}.\n${said}`),
      );
    });
  });
}
