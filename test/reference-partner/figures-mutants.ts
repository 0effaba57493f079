import { type FigureRules, healthyFigures } from "./figures.ts";

/** Check id → the one thing about money that its mutant gets wrong. */
export const figureMutants: Readonly<Record<string, Partial<FigureRules>>> = {
  "money.figures.rule": { rush: false },
  "money.figures.tiers": { isAbove: (quantity, upTo) => quantity >= upTo },
  "money.figures.dates": { holdsOn: (day, lastDay) => day < lastDay },
  "money.figures.reversal": {
    reversed: (figures) => ({ ...healthyFigures.reversed(figures), taxMinor: figures.taxMinor }),
  },
};

export const mutatedFigures = (check: string | undefined): FigureRules => ({
  ...healthyFigures,
  ...(check === undefined ? {} : figureMutants[check]),
});
