/**
 * Stands in the pages for the package `temporal-polyfill`, which takes the browser's own Temporal where there is one: so it
 * is fetched only where there is none.
 */
const { Temporal: own } = globalThis as { readonly Temporal?: unknown };

export const Temporal = own ?? (await import("temporal-polyfill/implementation")).Temporal;
