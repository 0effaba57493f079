import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { close, createIndex } from "pagefind";

/** Makes the search index over the built pages: everything in `data-pagefind-body`, names of things weighted first. */
export function searchIndex(): AstroIntegration {
  return {
    name: "search-index",
    hooks: {
      "astro:build:done": async ({ dir, logger }) => {
        const { index, errors } = await createIndex({ forceLanguage: "en", includeCharacters: "_-." });
        if (index === undefined) throw new Error(`The search index can't be made: ${errors.join("; ")}`);
        const folder = fileURLToPath(dir);
        const added = await index.addDirectory({ path: folder });
        const written = await index.writeFiles({ outputPath: `${folder}pagefind` });
        await close();
        const failures = [...added.errors, ...written.errors];
        if (failures.length > 0) throw new Error(`The search index can't be made: ${failures.join("; ")}`);
        logger.info(`${added.page_count} pages can be searched`);
      },
    },
  };
}
