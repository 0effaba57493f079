import type { AgreementContent, CreditStepContent, ServiceLevelContent } from "../rating/documents.ts";
import type { RatingDocuments } from "../rating/index.ts";
import type { Chance } from "./chance.ts";
import { decimalsOf } from "./draw.ts";
import type { SampleValue } from "./scenario.ts";

/** A promise about a product, as far as made-up deliveries keep or miss it. */
export interface Promised {
  readonly measure: string;
  isMissed(value: SampleValue | undefined): boolean;
  /** A value that misses it, where the scenario says nothing of its own: in one of the steps of its credit. */
  missing(chance: Chance): number;
  /** A value that keeps it. */
  keeping(chance: Chance): number;
}

/** Each measure once, of all agreements that promise something about a product. */
export function promisesOf({ agreements }: RatingDocuments, product: string): readonly Promised[] {
  const levels = agreements.flatMap(
    ({ content }) => (content as unknown as AgreementContent).terms.serviceLevels ?? [],
  );
  const own = new Map<string, Promised>();
  for (const level of levels)
    if (level.products.includes(product) && !own.has(level.measure)) own.set(level.measure, promised(level));
  return [...own.values()];
}

function promised({ measure, target, credit }: ServiceLevelContent): Promised {
  const isMost = target.atMost !== undefined;
  const bound = Number(target.atMost ?? target.atLeast);
  const ranges = (credit?.steps ?? [{}]).map((step) =>
    isMost ? rangeAbove(step, bound) : rangeBelow(step, bound),
  );
  const unit = Number(`1e-${Math.max(...ranges.flat().map(decimalsOf))}`);
  const within = (low: number, high: number, chance: Chance): number => {
    const steps = Math.max(1, Math.round((high - low) / unit));
    return Number((low + (1 + chance.below(steps)) * unit).toFixed(decimalsOf(unit)));
  };
  return {
    measure,
    isMissed: (value) =>
      typeof value !== "object" &&
      value !== undefined &&
      (isMost ? Number(value) > bound : Number(value) < bound),
    missing(chance) {
      const [near, far] = ranges[chance.below(ranges.length)] ?? [bound, bound + 1];
      // Counted from the target on, which itself is kept.
      return isMost ? within(near, far, chance) : -within(-near, -far, chance);
    },
    keeping: (chance) => (isMost && bound > 0 ? within(-unit, bound, chance) : bound),
  };
}

/** From the edge that keeps the promise to the one that ends the step; a step without an end is as long as its distance from zero. */
function rangeAbove({ above, upTo }: CreditStepContent, bound: number): [near: number, far: number] {
  const near = Math.max(bound, Number(above ?? bound));
  return [near, upTo === undefined ? near + (Math.abs(near) || 1) : Number(upTo)];
}

function rangeBelow({ below, downTo }: CreditStepContent, bound: number): [near: number, far: number] {
  const near = Math.min(bound, Number(below ?? bound));
  return [near, downTo === undefined ? near - (Math.abs(near) / 2 || 1) : Number(downTo)];
}
