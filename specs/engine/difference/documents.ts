import { isPlainObject } from "../catalog/pointer.ts";
import type { Catalog, SpecDocument } from "../catalog/types.ts";

export interface PairedDocuments {
  readonly pairs: readonly (readonly [SpecDocument, SpecDocument])[];
  readonly removed: readonly SpecDocument[];
  readonly added: readonly SpecDocument[];
}

/** Finds for each document what it was: by its id and version, its path, its id or title, else as the only one of its kind. */
export function pairDocuments(old: Catalog, now: Catalog): PairedDocuments {
  const gone = new Set(old.documents);
  const come = new Set(now.documents);
  const pairs: [SpecDocument, SpecDocument][] = [];
  const match = (keyOf: (document: SpecDocument) => string | undefined): void => {
    for (const one of gone) {
      const key = keyOf(one);
      const other = [...come].find((candidate) => candidate.kind === one.kind && keyOf(candidate) === key);
      if (key === undefined || other === undefined) continue;
      gone.delete(one);
      come.delete(other);
      pairs.push([one, other]);
    }
  };
  match(({ content: { id, version } }) => (typeof id === "string" ? `${id} ${String(version)}` : undefined));
  match(({ path }) => path);
  match(({ content: { id } }) => (typeof id === "string" ? id : undefined));
  match(({ content: { info } }) =>
    isPlainObject(info) && typeof info["title"] === "string" ? info["title"] : undefined,
  );
  const alone = (documents: ReadonlySet<SpecDocument>, { kind }: SpecDocument): boolean =>
    [...documents].filter((document) => document.kind === kind).length === 1;
  match((document) => (alone(gone, document) || alone(come, document) ? document.kind : undefined));
  return { pairs, removed: [...gone], added: [...come] };
}
