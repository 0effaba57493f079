import type { Catalog, Operation } from "../../specs/engine/catalog/types.ts";
import { labelOf } from "./words.ts";

/** A document with fewer operations reads well as one list. */
const FEWEST = 12;

/**
 * What each operation is about, by its id, in documents that tag none of theirs: the first segment in which its path
 * differs from others, `/v1/payment_intents/{id}` → `Payment intents`. Without it hundreds of operations were one list.
 */
export function subjectsByPath(catalog: Catalog): ReadonlyMap<string, string> {
  const documents = [...new Set(catalog.operations.map((operation) => operation.document))];
  return new Map(
    documents.flatMap((document) => {
      const own = catalog.operations.filter((operation) => operation.document === document);
      if (own.length < FEWEST || own.some((operation) => operation.tags.length > 0)) return [];
      const shared = sharedSegments(own);
      return own.flatMap((operation): [string, string][] => {
        const name = segmentsOf(operation)[shared] ?? "";
        return name === "" || name.startsWith("{") ? [] : [[operation.id, labelOf(name)]];
      });
    }),
  );
}

function segmentsOf(operation: Operation): readonly string[] {
  return operation.path.split("/").filter(Boolean);
}

/** How many segments all paths begin with alike. */
function sharedSegments(operations: readonly Operation[]): number {
  const paths = operations.map(segmentsOf);
  const [first = []] = paths;
  const differs = first.findIndex((segment, index) => paths.some((path) => path[index] !== segment));
  return differs === -1 ? first.length : differs;
}
