import { isPlainObject, resolvePointer } from "../catalog/pointer.ts";
import type { Catalog, SpecDocument } from "../catalog/types.ts";
import { textsOf } from "../catalog/untyped.ts";

/** Notice that an agreement promises before its terms change: `terms.participation.noticeDays`. */
export interface PromisedNotice {
  readonly days: number;
  /** The agreement's id. */
  readonly id: string;
}

/** The longest notice that the agreements promise which a rate card or agreement is part of. */
export function promisedNotice(document: SpecDocument, catalog: Catalog): PromisedNotice | undefined {
  return catalog.documents
    .filter((one) => one.kind === "agreement" && (one.path === document.path || isPartOf(one, document)))
    .flatMap(({ content }) => {
      const days = resolvePointer(content, "/terms/participation/noticeDays");
      return typeof days === "number" && days > 0 ? [{ days, id: String(content["id"]) }] : [];
    })
    .toSorted((one, other) => other.days - one.days)[0];
}

/** Whether an agreement names a rate card among its own. */
export function isPartOf({ content }: Pick<SpecDocument, "content">, card: SpecDocument): boolean {
  const listed = resolvePointer(content, "/terms/commercial/rateCards");
  const { id } = card.content;
  const named = Array.isArray(listed)
    ? listed.map((one) => (isPlainObject(one) ? one["id"] : one)).filter((one) => one === id)
    : textsOf(listed);
  return card.kind === "rate-card" && named.includes(id);
}
