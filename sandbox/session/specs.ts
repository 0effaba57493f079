import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/index.ts";

export interface MadeOn {
  readonly catalogDigest: string;
  readonly documents: readonly { readonly path: string; readonly digest: string }[];
}

/** @throws EcoError `ECO_EXPORT_OTHER_SPECS` where a file was made on other documents than these */
export function checkSpecs(
  { digest, documents }: Catalog,
  made: MadeOn,
  {
    what,
    otherSpecs = false,
  }: { readonly what: "session" | "state"; readonly otherSpecs?: boolean | undefined },
): void {
  if (digest === made.catalogDigest || otherSpecs) return;
  const known = new Map(documents.map((document) => [document.path, document.digest]));
  const changed = made.documents.filter((document) => known.get(document.path) !== document.digest);
  const named = changed.slice(0, 5).map(({ path }) => path);
  const names = [...named, ...(changed.length > 5 ? [`${changed.length - 5} more`] : [])].join(", ");
  throw new EcoError(
    "ECO_EXPORT_OTHER_SPECS",
    `The ${what} was made on other specs than these${names === "" ? "" : `; missing or different: ${names}`}.`,
  );
}
