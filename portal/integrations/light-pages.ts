import { join } from "node:path";
import type { Plugin } from "vite";
import { type ErrorDefinition, errorRegistry } from "../../specs/engine/errors/index.ts";
import { rateCardErrors } from "../../specs/engine/errors/rate-card-errors.ts";
import { packageRoot } from "../../specs/engine/package-root.ts";
import { ratingOf } from "../lib/rating.ts";
import { site } from "../lib/site.ts";

const ERRORS = /[\\/]specs[\\/]engine[\\/]errors[\\/]registry\.ts$/u;
const CHECKS = /[\\/]sandbox[\\/]rating[\\/]checks[\\/]index\.ts$/u;

/**
 * What is loaded together lies together, since one file packs better than fifty. A group takes a module with all that it
 * imports; the first that could take one has it. What a page loads by itself stands first, so that it brings nothing else.
 */
const GROUPS = [
  // The bundler's own: every script that loads others by and by has it.
  { name: "loader", test: /preload-helper/u },
  { name: "reason", test: /engine[\\/]errors[\\/]reason\.ts$/u },
  { name: "page", test: /portal[\\/]lib[\\/](html|url)\.ts$|[\\/]escape-markup\.ts$/u },
  { name: "errors", test: /[\\/]engine[\\/]errors[\\/]/u },
  { name: "tokens", test: /node_modules[\\/]jose[\\/]/u },
  {
    name: "values",
    test: /rating[\\/](hash|canonical|currency)\.ts$|ledger[\\/](account|book|difference)\.ts$|client[\\/]temporal\.ts$/u,
  },
  { name: "rating", test: /[\\/]sandbox[\\/](rating|ledger)[\\/](?!(documents|issue|prepaid|settle)\.)/u },
  { name: "sandbox", test: /client[\\/]sandbox[\\/]page-sandbox\.ts$|engine[\\/]journey[\\/]index\.ts$/u },
].map((group, at, all) => ({ ...group, priority: all.length - at }));

/** Keeps the scripts of pages light: nothing here changes what they do. */
export function lightPages(): Plugin {
  const ownTemporal = join(packageRoot(), "portal/client/temporal.ts");
  return {
    name: "light-pages",
    enforce: "pre",
    applyToEnvironment: ({ name }) => name === "client",
    // The package takes the browser's own Temporal where there is one; then nobody need fetch it.
    resolveId: (id) => (id === "temporal-polyfill" ? ownTemporal : undefined),
    async load(id) {
      if (!ERRORS.test(id) && !CHECKS.test(id)) return undefined;
      // Pages rate by the documents of this portal, which have been checked by now.
      const checked = ratingOf(await site()) !== undefined;
      if (ERRORS.test(id)) return `export const errorRegistry = ${JSON.stringify(told(checked))};`;
      return checked ? "export const checkDocuments = () => [];" : undefined;
    },
    outputOptions: (options) => ({ ...options, codeSplitting: { groups: GROUPS } }),
  };
}

/** What codes mean stands on their pages; scripts say what happened, and what to do. Of checks that are over they say nothing. */
function told(checked: boolean): Readonly<Record<string, Omit<ErrorDefinition, "description">>> {
  const rows = Object.entries<ErrorDefinition>(errorRegistry);
  const arising = rows.filter(([code]) => !checked || !Object.hasOwn(rateCardErrors, code));
  return Object.fromEntries(arising.map(([code, { description: _, ...row }]) => [code, row]));
}
