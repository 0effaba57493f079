import { resolvePointer } from "../catalog/pointer.ts";
import { type Direction, levelFor, type Reach, type Subject } from "./change.ts";
import type { Collector } from "./collector.ts";
import { compareSites } from "./compare-site.ts";
import type { Step } from "./fields.ts";
import { type DocumentPair, sitePair, type ValueChange } from "./schema-pair.ts";
import { type Site, siteKey, siteOf } from "./site.ts";

/** Two sites that were compared, and what can be reached from there. */
interface Compared {
  readonly changes: readonly ValueChange[];
  readonly steps: { readonly step: Step; readonly to: Compared }[];
  /** Whether there is a change here or further in. */
  reachesChange: boolean;
}

/** A place of an operation or a message where values of a schema are written or read. */
export interface SchemaUse {
  readonly subject: Subject;
  /** `request body`, `response 200` */
  readonly where: string;
  readonly direction: Direction;
}

/**
 * Compares the schemas of a document, each pair of places once: a schema that a thousand operations share is read once,
 * and its changes are told once, with where they are reached.
 */
export class SchemaGraph {
  readonly #documents: DocumentPair;
  readonly #collector: Collector;
  readonly #known = new Map<string, Compared>();

  constructor(documents: DocumentPair, collector: Collector) {
    this.#documents = documents;
    this.#collector = collector;
  }

  /** Notes what changed in a schema, given by its places in the two documents, for one use of it. */
  compare(oldPointer: string, newPointer: string, use: SchemaUse): void {
    const { old, new: now } = this.#documents;
    const root = this.#compared(
      siteOf(old.content, resolvePointer(old.content, oldPointer), oldPointer),
      siteOf(now.content, resolvePointer(now.content, newPointer), newPointer),
    );
    this.#report(root, use);
  }

  #compared(old: Site, now: Site): Compared {
    const known = this.#known.get(keyOf(old, now));
    if (known !== undefined) return known;
    const found: Compared[] = [];
    const callers = new Map<Compared, Compared[]>();
    const queue: { readonly compared: Compared; readonly steps: readonly Step[] }[] = [];
    const visit = (one: Site, other: Site): Compared => {
      const key = keyOf(one, other);
      const before = this.#known.get(key);
      if (before !== undefined) return before;
      const pair = sitePair(this.#documents, one, other);
      const steps = compareSites(pair);
      const compared: Compared = { changes: pair.changes, steps: [], reachesChange: pair.changes.length > 0 };
      this.#known.set(key, compared);
      found.push(compared);
      queue.push({ compared, steps });
      return compared;
    };
    const root = visit(old, now);
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
      for (const step of item.steps) {
        const to = visit(step.old, step.new);
        item.compared.steps.push({ step, to });
        callers.set(to, [...(callers.get(to) ?? []), item.compared]);
      }
    }
    spread(found, callers);
    return root;
  }

  #report(root: Compared, { subject, where, direction }: SchemaUse): void {
    const seen = new Set<Compared>([root]);
    const queue = [{ at: root, path: "" }];
    for (const { at, path } of queue) {
      for (const { verdict, ...found } of at.changes) {
        const inside = path.replace(/^\./, "");
        const reach: Reach = {
          ...subject,
          where: [where, inside].filter((text) => text !== "").join(" › "),
          level: levelFor(verdict, direction),
        };
        this.#collector.add(found, reach);
      }
      for (const { step, to } of at.steps) {
        const counts = step.only === undefined || direction === "either" || step.only === direction;
        if (!to.reachesChange || seen.has(to) || !counts) continue;
        seen.add(to);
        queue.push({ at: to, path: path + step.path });
      }
    }
  }
}

const keyOf = (old: Site, now: Site): string => `${siteKey(old)} → ${siteKey(now)}`;

/** Lets everything from where a change is reached know of it, circles included. */
function spread(found: readonly Compared[], callers: ReadonlyMap<Compared, readonly Compared[]>): void {
  const reached = new Set(callers.keys());
  const queue = [...found, ...reached].filter(({ reachesChange }) => reachesChange);
  for (let one = queue.pop(); one !== undefined; one = queue.pop()) {
    for (const caller of callers.get(one) ?? []) {
      if (caller.reachesChange) continue;
      caller.reachesChange = true;
      queue.push(caller);
    }
  }
}
