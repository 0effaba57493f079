import { type Chance, compileWeights, exp } from "./chance.ts";
import type { Draw, SampleValue } from "./scenario.ts";

/** Draws a value of a measure. */
export type Drawer = (chance: Chance) => SampleValue;

/** How often a number is drawn anew until it lies within its bounds; then it is the bound. */
const TRIES = 100;

export function compileDraw(draw: Draw): Drawer {
  if (typeof draw !== "object") return () => draw;
  if ("values" in draw) return ({ below }) => draw.values[below(draw.values.length)] ?? 0;
  if ("share" in draw) return (chance) => chance.next() < draw.share;
  if ("choice" in draw) return compileWeights(draw.choice) ?? (() => "");
  if ("list" in draw) {
    const count = compileNumber(draw.list.count);
    const of = compileNumber(draw.list.of);
    return (chance) => Array.from({ length: Math.max(0, Math.round(count(chance))) }, () => of(chance));
  }
  return compileNumber(draw);
}

/** The same for what has to be a number, as a count of deliveries. What is none counts as zero. */
export function compileNumber(draw: Draw, isStepped = true): (chance: Chance) => number {
  if (typeof draw === "number") return () => draw;
  if (typeof draw !== "object") return () => 0;
  const raw = rawOf(draw);
  if (raw === undefined) {
    const drawer = compileDraw(draw);
    return (chance) => Number(drawer(chance)) || 0;
  }
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = draw;
  const step = isStepped ? stepper(draw.step ?? 1) : (value: number) => value;
  return (chance) => {
    for (let left = TRIES; left > 0; left--) {
      const value = step(raw(chance));
      if (value >= min && value <= max) return value;
    }
    return step(Math.min(max, Math.max(min, raw(chance))));
  };
}

function rawOf(draw: Extract<Draw, object>): ((chance: Chance) => number) | undefined {
  if ("uniform" in draw) {
    const { min, max } = draw.uniform;
    const step = draw.step ?? 1;
    // Each multiple of the step is as likely, both ends included.
    const first = Math.ceil(min / step - 1e-9);
    const count = Math.max(1, Math.floor(max / step + 1e-9) - first + 1);
    return ({ below }) => (first + below(count)) * step;
  }
  if ("normal" in draw) {
    const { mean, deviation } = draw.normal;
    return (chance) => mean + deviation * chance.normal();
  }
  if ("lognormal" in draw) {
    const { median, sigma } = draw.lognormal;
    return (chance) => median * exp(sigma * chance.normal());
  }
  return undefined;
}

/** To the nearest multiple, without the digits that binary fractions leave: 3 × 0.1 is 0.3. */
function stepper(step: number): (value: number) => number {
  const decimals = decimalsOf(step);
  return (value) => Number((Math.round(value / step) * step).toFixed(decimals));
}

/** 0.25 has two. At most ten. */
export function decimalsOf(value: number): number {
  for (let decimals = 0; decimals < 10; decimals++)
    if (Number(value.toFixed(decimals)) === value) return decimals;
  return 10;
}
