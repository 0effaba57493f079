import { documentsOf } from "./catalog/lookup.ts";
import type { Catalog } from "./catalog/types.ts";

/**
 * Name of the file that holds the types of each OpenAPI and AsyncAPI document, by the document's path: its own name, with
 * its folders before it where two documents have one name.
 */
export function typeFiles(catalog: Catalog): ReadonlyMap<string, string> {
  const paths = [...documentsOf(catalog, "openapi"), ...documentsOf(catalog, "asyncapi")].map(
    ({ path }) => path,
  );
  const short = (path: string): string => withoutExtension(path.slice(path.lastIndexOf("/") + 1));
  return new Map(
    paths.map((path) => {
      const isAlone = paths.every(
        (other) => other === path || short(other).toLowerCase() !== short(path).toLowerCase(),
      );
      return [path, `${isAlone ? short(path) : withoutExtension(path).replaceAll("/", "-")}.ts`];
    }),
  );
}

const withoutExtension = (path: string): string => path.replace(/\.(ya?ml|json)$/i, "");
