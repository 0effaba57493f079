import { type Found, graver, LEVELS, type Level, type Reach, type SpecChange } from "./change.ts";

/** Gathers what comparisons find: the same change in the same place is one, with everything that it reaches. */
export interface Collector {
  add(found: Found, reach: Reach): void;
  /** The gravest first, then by document and place. */
  changes(): SpecChange[];
}

export function createCollector(): Collector {
  const found = new Map<string, { readonly found: Found; readonly reaches: Map<string, Reach> }>();
  return {
    add(one, reach) {
      const { place, rule, message } = one;
      const key = JSON.stringify([place.side, place.document, place.pointer, rule, message]);
      const entry = found.get(key) ?? { found: one, reaches: new Map<string, Reach>() };
      found.set(key, entry);
      const at = JSON.stringify([reach.kind, reach.id, reach.where]);
      const known = entry.reaches.get(at);
      entry.reaches.set(at, { ...reach, level: graver(reach.level, known?.level ?? "text") });
    },
    changes() {
      const changes = Array.from(found.values(), ({ found: one, reaches }): SpecChange => {
        const list = [...reaches.values()];
        const level = list.reduce<Level>((gravest, reach) => graver(gravest, reach.level), "text");
        return { level, ...one, reaches: list };
      });
      return changes.sort(byGravity);
    },
  };
}

function byGravity(one: SpecChange, other: SpecChange): number {
  return (
    LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level) ||
    one.place.document.localeCompare(other.place.document, "en") ||
    one.place.pointer.localeCompare(other.place.pointer, "en") ||
    one.rule.localeCompare(other.rule, "en")
  );
}
